"""The embedded suite for real: calls, events, days, the door, a second instance, an orderly end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from shouwang.cli.session import DoorSession
from shouwang.errors import ConfigurationError, Forbidden, NotFound, Refused, ShouwangError, Unauthenticated
from shouwang.service.suite import DOOR, Suite
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.service.toys import Counter, Watcher

VILLAGE = "430426100001"
CADRE, OFFICER, PLATFORM = actor("village_cadre"), actor("county_officer"), actor("platform")


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path_factory.mktemp("suite"), [Watcher, Counter]) as running:
        yield running


def door(suite: EmbeddedSuite, who: Any = OFFICER) -> DoorSession:
    return DoorSession(suite.url, suite.token(who), 30)


def raw(suite: EmbeddedSuite, verb: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, Any]:
    parts = urlsplit(suite.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request(verb, path, body, headers)
    response = connection.getresponse()
    text = response.read().decode()
    kind = response.headers["Content-Type"]
    connection.close()
    return response.status, kind, json.loads(text) if "json" in kind else text


def test_a_call_an_event_and_a_nested_call(suite: EmbeddedSuite) -> None:
    answer = suite.call(CADRE, "watcher", "report", request_id="one", region=VILLAGE)
    assert answer == {"id": "C-one", "region": VILLAGE, "seen": 0}
    suite.settle()
    counted = suite.call(OFFICER, "watcher", "ask_counter")
    assert counted["count"] == 1 and counted["actors"] == [CADRE.id]


def test_errors_keep_their_class_over_the_bus_and_the_door(suite: EmbeddedSuite) -> None:
    with pytest.raises(Refused) as by_bus:
        suite.call(OFFICER, "watcher", "refuse")
    with pytest.raises(Refused) as by_door:
        door(suite).call("watcher", "refuse")
    assert by_bus.value.to_dict() == by_door.value.to_dict()
    assert by_door.value.reasons[0]["source"] == "附件1"
    with pytest.raises(Forbidden):
        door(suite).call("watcher", "report", region=VILLAGE)
    with pytest.raises(ShouwangError) as internal:
        door(suite).call("watcher", "break_down")
    assert internal.value.code == "internal"


def test_the_door_opens_only_with_a_token(suite: EmbeddedSuite) -> None:
    body = json.dumps({"service": "counter", "method": "count"})
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        status, kind, problem = raw(suite, "POST", "/call", body, **headers)
        assert (status, kind) == (401, "application/problem+json")
        assert problem["type"].startswith("urn:shouwang:error:access.") and problem["remedy"]
    with pytest.raises(Unauthenticated):
        DoorSession(suite.url, "", 5).send("GET", "/services")


def test_the_door_answers_only_to_this_machine(suite: EmbeddedSuite) -> None:
    status, _, problem = raw(suite, "GET", "/health", None, Host="evil.example:80")
    assert (status, problem["code"]) == (400, "door.host")
    assert urlsplit(suite.url).hostname == "127.0.0.1"


def test_what_the_door_does_not_know_is_named(suite: EmbeddedSuite) -> None:
    with pytest.raises(NotFound) as service:
        door(suite).call("wacher", "look")
    assert "watcher" in service.value.remedy
    with pytest.raises(NotFound):
        door(suite).call("watcher", "count_clue")
    headers = {"Authorization": f"Bearer {suite.token(OFFICER)}"}
    for body in ("[]", "no", '{"servce": "x"}', '{"service": "counter", "args": []}'):
        assert raw(suite, "POST", "/call", body, **headers)[0] == 400
    assert raw(suite, "GET", "/nothing")[0] == 404
    assert raw(suite, "GET", "/call")[0] == 405


def test_services_lists_the_table_of_contents(suite: EmbeddedSuite) -> None:
    listed = {one["name"]: one for one in door(suite).send("GET", "/services")["services"]}
    assert list(listed) == ["watcher", "counter"] and listed["watcher"]["title"] == "守望者"
    report = next(one for one in listed["watcher"]["calls"] if one["name"] == "report")
    assert report["who"] == ["村干部", "乡镇干部"]
    assert report["arguments"][0] == {"name": "region", "required": True}


def test_health_and_metrics_need_no_token_and_show_no_secret(suite: EmbeddedSuite) -> None:
    status, _, health = raw(suite, "GET", "/health")
    assert status == 200 and health["services"]["counter"]["checks"] == {"store": "ok", "broker": "ok"}
    assert raw(suite, "GET", "/health/watcher")[2]["status"] == "ok"
    assert raw(suite, "GET", "/health/nobody")[0] == 404
    status, kind, metrics = raw(suite, "GET", "/metrics")
    assert status == 200 and kind.startswith("text/plain")
    assert 'shouwang_entrypoint_total{entrypoint="report"' in metrics


def test_a_service_whose_store_is_gone_says_so(suite: EmbeddedSuite, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise ShouwangError("x", code="store.unreachable")

    monkeypatch.setattr(suite.runtime("counter").db, "ping", gone)
    status, _, health = raw(suite, "GET", "/health/counter")
    assert (status, health["checks"]["store"]) == (503, "store.unreachable")
    assert raw(suite, "GET", "/health")[0] == 503


def test_only_the_platform_moves_the_clock_and_every_day_is_lived(suite: EmbeddedSuite) -> None:
    with pytest.raises(Forbidden):
        door(suite).send("POST", "/clock", {"to": "2021-06-04"})
    lived = door(suite, PLATFORM).send("POST", "/clock", {"to": "2021-06-04"})
    assert lived == {"today": "2021-06-04", "days": ["2021-06-02", "2021-06-03", "2021-06-04"]}
    assert suite.call(OFFICER, "counter", "count")["days"][-3:] == lived["days"]
    with pytest.raises(ShouwangError) as back:
        door(suite, PLATFORM).send("POST", "/clock", {"to": "2021-06-01"})
    assert back.value.code == "clock.backwards"
    with pytest.raises(ShouwangError) as nonsense:
        door(suite, PLATFORM).send("POST", "/clock", {"to": "tomorrow"})
    assert nonsense.value.code == "door.body"


def test_a_second_instance_on_the_same_folder_is_refused(suite: EmbeddedSuite) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Suite(suite.settings, [Counter]).start()
    assert caught.value.code == "suite.running"
    assert suite.call(OFFICER, "counter", "count")["count"] >= 0


def test_the_door_tells_where_it_is_to_its_owner_only(suite: EmbeddedSuite) -> None:
    path = suite.settings.var_dir / DOOR
    assert json.loads(path.read_text())["url"] == suite.url
    assert path.stat().st_mode & 0o077 == 0


def test_dead_letters_can_be_seen_and_sent_back(
    suite: EmbeddedSuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Forbidden):
        door(suite).send("POST", "/deadletters", {"action": "list"})
    watched = door(suite, PLATFORM)
    assert watched.send("POST", "/deadletters", {"action": "list"})["result"] == []
    with pytest.raises(ShouwangError):
        watched.send("POST", "/deadletters", {"action": "burn"})


def test_a_suite_that_was_stopped_goes_on_with_its_day_and_its_data(tmp_path: Path) -> None:
    with EmbeddedSuite(tmp_path, [Watcher, Counter]) as first:
        first.call(CADRE, "watcher", "report", request_id="kept", region=VILLAGE)
        first.pass_days(date(2021, 6, 3))
    assert not (tmp_path / DOOR).exists()
    with EmbeddedSuite(tmp_path, [Watcher, Counter]) as second:
        assert second.suite.clock.today() == date(2021, 6, 3)
        assert second.call(CADRE, "watcher", "look", id="C-kept")["id"] == "C-kept"
        assert second.pass_days(date(2021, 6, 4)) == [date(2021, 6, 4)]
        assert second.call(OFFICER, "counter", "count")["days"] == ["2021-06-02", "2021-06-03", "2021-06-04"]


class Broken(Counter):
    name = "broken"

    def started(self) -> None:
        raise ConfigurationError("插件不合契约", where="department.yaml:3")


def test_a_service_that_refuses_to_start_stops_the_others_and_frees_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught, EmbeddedSuite(tmp_path, [Watcher, Broken]):
        pass
    assert caught.value.where == "department.yaml:3"
    with EmbeddedSuite(tmp_path, [Watcher]) as again:
        assert again.url
