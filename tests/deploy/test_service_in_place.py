"""A service of the compose file does its work with the secrets of `make secrets`, under its own account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kombu import Queue, binding
from shouwang.access import Actor, load_issuer
from shouwang.access.keys import PRIVATE
from shouwang.access.roles import AUDITOR
from shouwang.messaging import BusClient, envelope, topology
from shouwang.messaging.connection import connect
from shouwang.messaging.publisher import Outgoing, Publisher
from shouwang.store import EmbeddedMongo

from tests.deploy.county_broker import CountyBroker
from tests.deploy.in_place import InPlace
from tests.deploy.prometheus_server import prometheus

pytestmark = pytest.mark.rabbit
VILLAGE = "430426100200"
NOTICE = {
    "subject": {"service": "projects", "kind": "project", "id": "P1"},
    "step": "village_notice",
    "place": "village",
    "region": VILLAGE,
    "title": "村级项目申报公示",
    "content": {"项目": "黄花菜冷库"},
    "days": 10,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedMongo(tmp_path_factory.mktemp("store")) as server:
        yield server.uri


@pytest.fixture(scope="module")
def notify(
    county_broker: CountyBroker, county_secrets: Path, store: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InPlace]:
    folder = tmp_path_factory.mktemp("notify") / "box"
    place = InPlace("notify", folder, county_secrets, county_broker.uri_of("notify"), store)
    with place.running():
        yield place


@pytest.fixture(scope="module")
def operator(
    county_broker: CountyBroker, county_secrets: Path, store: str, tmp_path_factory: pytest.TempPathFactory
) -> InPlace:
    folder = tmp_path_factory.mktemp("operator") / "box"
    return InPlace("operator", folder, county_secrets, county_broker.uri_of("operator"), store)


@pytest.fixture
def auditor(county_broker: CountyBroker, county_secrets: Path) -> Iterator[BusClient]:
    """A client of the operator's account with a token of an auditor."""
    issuer = load_issuer(county_secrets / "issuer" / PRIVATE)
    token = issuer.issue(Actor("auditor-1", "430426", "county", "430426", (AUDITOR,)), 600)
    with BusClient(county_broker.uri_of("operator"), token=token) as client:
        yield client


def test_it_is_well_and_says_so(notify: InPlace) -> None:
    health: dict[str, Any] = notify.health()
    assert health["services"]["notify"]["checks"] == {"store": "ok", "broker": "ok"}


def test_an_event_of_another_service_becomes_its_own(
    notify: InPlace, county_broker: CountyBroker, auditor: BusClient
) -> None:
    with _hearing(county_broker, "notify.notice.posted") as heard:
        _publish(county_broker, "projects", "notice.requested", NOTICE)
        posted = heard()
    assert posted["data"]["subject"] == NOTICE["subject"]
    notices = auditor.call("notify", "notices", region=VILLAGE)
    assert [notice["title"] for notice in notices] == [NOTICE["title"]]


def test_what_it_did_is_counted(notify: InPlace, auditor: BusClient) -> None:
    auditor.call("notify", "figures", region="430426")
    wanted = 'shouwang_entrypoint_total{entrypoint="figures",kind="rpc",outcome="ok",service="notify"}'
    assert wanted in notify.get("/metrics")


def test_prometheus_finds_it_under_its_name_and_renames_nothing(
    notify: InPlace, auditor: BusClient, tmp_path: Path
) -> None:
    auditor.call("notify", "figures", region="430426")
    address = notify.url.removeprefix("http://")
    with prometheus(tmp_path, {"notify": address}) as server:
        called = 'shouwang_entrypoint_total{service="notify", entrypoint="figures", kind="rpc", outcome="ok"}'
        (counted,) = server.until(called)
        present = server.until('up{job="presence"} == 1')
        (daily,) = server.until('shouwang_entrypoint_total{kind="daily", entrypoint="day_passed"}')
    of_target = {"job": "shouwang", "unit": "notify", "unit_kind": "service", "instance": f"notify/{address}"}
    assert of_target.items() <= counted["metric"].items()
    assert daily["metric"]["unit"] == "notify"
    assert len(present) == 1


def test_the_operator_issues_a_token_and_calls_with_it(notify: InPlace, operator: InPlace) -> None:
    who = ["--actor", "county-007", "--level", "county", "--region", "430426", "--roles", "county_officer"]
    issued = operator.run("token", "issue", *who, "--save")
    assert issued.returncode == 0, issued.stderr
    called = operator.run("call", "notify.figures", "region=430426")
    assert called.returncode == 0, called.stderr
    assert isinstance(json.loads(called.stdout), dict)


def test_the_operator_looks_for_dead_letters(
    notify: InPlace, operator: InPlace, county_broker: CountyBroker
) -> None:
    listed = operator.run("deadletters", "list", MANAGEMENT_URL=county_broker.management_url)
    assert (listed.returncode, listed.stdout.strip()) == (0, "没有死信。"), listed.stderr


def test_a_service_verifies_its_own_history(notify: InPlace) -> None:
    verified = notify.run("verify", "notify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "未发现改动" in verified.stdout


def _publish(broker: CountyBroker, service: str, event: str, data: dict[str, Any]) -> None:
    built = envelope.build(service, event, "P1", data, sequence=1, businessdate=date(2021, 8, 2))
    publisher = Publisher(broker.uri_of(service))
    try:
        key = envelope.routing_key(built)
        assert publisher.publish(Outgoing(topology.EVENTS, key, envelope.encode(built), mandatory=True))
    finally:
        publisher.close()


class _hearing:
    """Hear the events of a routing key, as the operator; calling it waits for the next one."""

    def __init__(self, broker: CountyBroker, key: str) -> None:
        bindings = [binding(topology.events_exchange(), key)]
        self.queue = Queue("operator.hearing", bindings=bindings, exclusive=True, durable=False)
        self.connection = connect(broker.uri_of("operator"))
        self.bodies: list[bytes] = []

    def __enter__(self) -> _hearing:
        channel: Any = self.connection.channel()
        bound = self.queue(channel)
        bound.declare()
        channel.basic_consume(bound.name, no_ack=True, callback=self._take, consumer_tag="hearing")
        return self

    def __call__(self) -> dict[str, Any]:
        while not self.bodies:
            self.connection.drain_events(timeout=30)
        return dict(json.loads(self.bodies.pop()))

    def __exit__(self, *_: object) -> None:
        self.connection.release()

    def _take(self, message: Any) -> None:
        self.bodies.append(message.body)
