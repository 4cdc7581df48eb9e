"""One service in its own process on real servers: files for keys and token, its own health, real days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient
from shouwang.clock import SystemClock
from shouwang.errors import ConfigurationError, Forbidden
from shouwang.messaging import BusClient
from shouwang.service import Service
from shouwang.service.keyfiles import issuer_of, ring_of, service_actor, write_service_token
from shouwang.service.process import ServiceProcess, site_of
from shouwang.settings import Settings
from shouwang.testing import actor

from tests.shared.service.toys import Counter, Watcher

VILLAGE = "430426100001"
CADRE, OFFICER = actor("village_cadre"), actor("county_officer")


@pytest.fixture
def settings(tmp_path: Path, amqp_uri: str, mongo_uri: str) -> Iterator[Settings]:
    made = Settings(
        var_dir=tmp_path,
        token_file=tmp_path / "door.token",
        keys_dir=tmp_path / "keys",
        amqp_uri=amqp_uri,
        mongo_uri=mongo_uri,
        metrics_port=0,
    )
    names = ("watcher", "counter")
    for name in names:
        ring_of(made.keys_dir, name)
        write_service_token(made.keys_dir, issuer_of(made.keys_dir), service_actor(name, "430426"), 600)
    yield made
    with MongoClient[Any](mongo_uri) as client:
        for name in names:
            client.drop_database(name)


def started(settings: Settings, service: type[Service], ends: ExitStack) -> ServiceProcess:
    process = ServiceProcess(settings, site_of(settings, service.name), service)
    process.start()
    ends.callback(process.stop)
    return process


def health(process: ServiceProcess) -> Any:
    parts = urlsplit(process.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", "/health")
    return json.loads(connection.getresponse().read())


@pytest.mark.rabbit
def test_two_services_talk_over_the_broker_each_with_its_own_token_and_health(settings: Settings) -> None:
    issuer = issuer_of(settings.keys_dir)
    with ExitStack() as ends:
        watcher, counter = (started(settings, cls, ends) for cls in (Watcher, Counter))
        client = ends.enter_context(BusClient(settings.amqp_uri, token=issuer.issue(CADRE, 60)))
        made = client.carrying(request_id="r1").call("watcher", "report", region=VILLAGE)
        assert made == {"id": "C-r1", "region": VILLAGE, "seen": 0}
        with pytest.raises(Forbidden):
            client.call("watcher", "ask_counter")
        counter._group.runtimes[0].relay.wake()
        officer = client.carrying(token=issuer.issue(OFFICER, 60))
        counted = _until_counted(officer)
        assert counted["days"] == [SystemClock().today().isoformat()]
        for process, name in ((watcher, "watcher"), (counter, "counter")):
            assert list(health(process)["services"]) == [name]
            assert health(process)["status"] == "ok"


def _until_counted(client: Any) -> Any:
    """Ask until the event has come; the relay and the broker need no fixed time."""
    answer: Any = {}
    for _ in range(2000):
        answer = client.call("watcher", "ask_counter")
        if answer["count"] and answer["days"]:
            break
    return answer


@pytest.mark.rabbit
def test_keys_and_token_must_be_there(settings: Settings) -> None:
    (settings.keys_dir / "watcher" / "token").unlink()
    with pytest.raises(ConfigurationError) as no_token:
        ServiceProcess(settings, site_of(settings, "watcher"), Watcher)
    assert "door.token" in no_token.value.where
    elsewhere = replace(settings, keys_dir=settings.var_dir / "nothing")
    with pytest.raises(ConfigurationError):
        ServiceProcess(elsewhere, site_of(elsewhere, "watcher"), Watcher)
