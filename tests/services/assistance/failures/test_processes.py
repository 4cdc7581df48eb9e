"""What happens to real processes: a department killed, stopped, back, talking nonsense, twice, gone (A-09).

RabbitMQ, a store, and three processes: assistance with a monitoring of one household, and the civil affairs
plugin as it is installed, which these tests kill, freeze and start again.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import eventlet
import pytest
from eventlet.green import subprocess
from shouwang.access import load_issuer
from shouwang.access.keys import PRIVATE
from shouwang.messaging import BusClient, envelope, topology
from shouwang.messaging.publisher import Outgoing, Publisher
from shouwang.service.keyfiles import issuer_of

from services.assistance.domain.registry.announcement import KEPT
from tests.services.assistance.county import COUNTY, HOME, VILLAGE, announcement
from tests.shared.messaging.kit import Witness, wait_until

pytestmark = pytest.mark.rabbit
SECONDS = 60.0
DAY = date(2021, 8, 20)


class Process:
    """One process of worker.py; told lines are kept."""

    def __init__(self, names: str, options: dict[str, Any]) -> None:
        words = [sys.executable, "-W", "ignore", "-m", "tests.services.assistance.failures.worker", names]
        self.log = Path(options["home"], f"{names}.log")
        with self.log.open("ab") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log}
            self.process = subprocess.Popen([*words, json.dumps(options)], **pipes)
        self.told = Witness()
        self._listener = eventlet.spawn(self._listen)

    def wait(self, what: str, count: int = 1) -> None:
        self.told.wait_for(lambda seen: sum(one["what"] == what for one in seen) >= count, SECONDS)

    def live(self, day: date) -> None:
        lived = sum(one["what"] == "lived" for one in self.told.seen)
        self.process.stdin.write(f"day {day}\n".encode())
        self.process.stdin.flush()
        self.wait("lived", lived + 1)

    def send(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def end(self) -> None:
        if self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGKILL)
        self._listener.wait()
        self.process.wait(SECONDS)

    def _listen(self) -> None:
        for line in self.process.stdout:
            if line.startswith(b'{"what"'):  # the others are the service's own log
                self.told.note(json.loads(line))
            else:
                self.log.write_bytes(self.log.read_bytes() + line)


class Installation:
    """The processes, and a client that speaks as a county officer and, where a test must, as a department."""

    def __init__(self, amqp: str, mongo: str, home: Path) -> None:
        self.options = {"amqp": amqp, "mongo": mongo, "home": str(home), "day": DAY.isoformat()}
        issuer_of(home / "keys")
        self.amqp = amqp
        self.running: dict[str, Process] = {}
        token = load_issuer(home / "keys" / PRIVATE).issue(COUNTY, 600)
        self.client = BusClient(amqp, token=token)

    def begin(self, *groups: str) -> None:
        for names in groups:
            self.running[names] = Process(names, self.options)
        for names in groups:
            self.running[names].wait("ready")

    def end(self) -> None:
        self.client.close()
        for process in self.running.values():
            process.end()

    def call(self, method: str, **args: Any) -> Any:
        return self.client.call("assistance", method, **args)

    def department(self) -> dict[str, Any]:
        found = self.call("departments")
        return next((one for one in found if one["code"] == "civil_affairs"), {"presence": None})

    def plans(self, household: str = HOME) -> list[dict[str, Any]]:
        everyone = self.call("plans", region=VILLAGE)
        return [one for one in everyone if one["household"] == household]

    def wait_plan(self, household: str, condition: Any) -> dict[str, Any]:
        found: list[dict[str, Any]] = []

        def seen() -> bool:
            found[:] = [one for one in self.plans(household) if condition(one)]
            return bool(found)

        wait_until(seen, SECONDS)
        return found[0]

    def publish(self, source: str, event: str, data: dict[str, Any], times: int = 1) -> None:
        """Say an event as a service; `times`: the very same one again."""
        built = envelope.build(source, event, uuid.uuid4().hex, data, sequence=1, businessdate=DAY)
        built |= {"region": "430426"}
        publisher = Publisher(self.amqp)
        for _ in range(times):
            key, body = envelope.routing_key(built), envelope.encode(built)
            assert publisher.publish(Outgoing(topology.EVENTS, key, body, mandatory=True))
        publisher.close()

    def include(self, household: str, *risks: str) -> None:
        included = {"household": household, "case": f"{household}-I1", "region": VILLAGE}
        included |= {"category": "marginal", "risks": list(risks), "able_to_work": True}
        self.publish("monitoring", "household.included", included)


@pytest.fixture(scope="module")
def county(amqp_uri: str, mongo_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("county")
    made = Installation(amqp_uri, mongo_uri, home)
    try:
        made.begin("assistance,monitoring", "civil_affairs")
        wait_until(lambda: made.department()["presence"] == "present", SECONDS)
        yield made
    finally:
        made.end()


def house(number: int) -> str:
    return f"{VILLAGE}-{number:04d}"


@pytest.mark.rule("A-01")
def test_it_answers_and_the_plan_has_its_measure(county: Installation) -> None:
    county.include(house(1), "accident")
    plan = county.wait_plan(house(1), lambda one: True)
    assert [(one["department"], one["measure"]) for one in plan["tasks"]] == [("civil_affairs", "A48-03")]
    assert plan["answers"]["civil_affairs"]["state"] == "answered"


@pytest.mark.rule("A-01")
def test_frozen_it_is_silent_and_back_it_completes_the_plan(county: Installation) -> None:
    department = county.running["civil_affairs"]
    department.send(signal.SIGSTOP)
    county.include(house(2), "accident")
    plan = county.wait_plan(house(2), lambda one: True)
    assert (plan["silent"], plan["tasks"], plan["uncovered"]) == (["civil_affairs"], [], ["accident"])
    department.send(signal.SIGCONT)
    department.live(date(2021, 8, 21))
    plan = county.wait_plan(house(2), lambda one: not one["silent"])
    assert len(plan["tasks"]) == 1


@pytest.mark.rule("A-02")
def test_nonsense_is_refused_shown_and_what_it_offered_stands(county: Installation) -> None:
    wrong = announcement("civil_affairs") | {"measures": [{"code": "A99", "risks": "全部"}]}
    county.publish("civil_affairs", "announced", wrong)
    wait_until(lambda: county.department()["refused"], SECONDS)
    department = county.department()
    assert any("measures[0].code" in one for one in department["refused"]["problems"])
    assert {"A48-03"} <= {one["code"] for one in department["measures"]}


@pytest.mark.rule("A-01")
def test_what_it_announces_later_reaches_the_plan_that_it_answered_once(county: Installation) -> None:
    full = {name: county.department()[name] for name in KEPT}
    few = full | {"measures": [one for one in full["measures"] if one["code"] == "A48-01"]}
    county.publish("civil_affairs", "announced", few)
    wait_until(lambda: len(county.department()["measures"]) == 1, SECONDS)
    county.include(house(6), "accident")
    plan = county.wait_plan(house(6), lambda one: True)
    assert (plan["tasks"], plan["answers"]["civil_affairs"]["measures"]) == ([], [])
    assert [one["measure"] for one in plan["unknown"]] == ["A48-01"], "the income of this home is not known"
    county.publish("civil_affairs", "announced", full, times=2)
    plan = county.wait_plan(house(6), lambda one: one["tasks"])
    assert [one["measure"] for one in plan["tasks"]] == ["A48-03"]
    assert "A48-03" in plan["answers"]["civil_affairs"]["measures"]


@pytest.mark.rule("A-09")
def test_what_it_says_twice_counts_once_and_the_money_is_told_once(county: Installation) -> None:
    task = county.wait_plan(house(1), lambda one: True)["tasks"][0]
    fen = task["amount_fen"]
    told = {"task": task["id"], "household": house(1), "measure": task["measure"], "amount_fen": fen}
    told |= {"on": DAY.isoformat(), "evidence": task["evidence"]}
    county.publish("civil_affairs", "measure.delivered", told, times=2)
    county.publish("civil_affairs", "measure.delivered", told)
    plan = county.wait_plan(house(1), lambda one: one["tasks"][0]["delivered"])
    county.include(house(4), "accident")
    county.wait_plan(house(4), lambda one: True)
    assert plan["tasks"][0]["delivered"]["amount_fen"] == fen > 0
    assert county.call("figures", region=VILLAGE)["delivered_fen"] == fen
    rows = county.call("measures_record", household=house(1))
    assert [(one["amount_fen"], one["state"]) for one in rows] == [(fen, "已落实待确认")]


@pytest.mark.rule("A-09", "K-02")
def test_a_sum_that_came_back_is_taken_back_and_the_same_telling_pays_nothing_again(
    county: Installation,
) -> None:
    task = county.wait_plan(house(1), lambda one: True)["tasks"][0]
    county.call("withdraw_payment", task=task["id"], reason="returned", note="银行退票")
    told = {"task": task["id"], "household": house(1), "measure": task["measure"]}
    told |= {"amount_fen": task["amount_fen"], "on": DAY.isoformat(), "evidence": task["evidence"]}
    county.publish("civil_affairs", "measure.delivered", told)
    county.include(house(7), "accident")
    county.wait_plan(house(7), lambda one: True)
    assert county.call("figures", region=VILLAGE)["delivered_fen"] == 0
    rows = county.call("measures_record", household=house(1))
    assert [(one["amount_fen"], one["state"]) for one in rows] == [(None, "待落实")]


@pytest.mark.rule("A-09")
def test_assistance_itself_killed_half_way_goes_on_where_it_was(county: Installation) -> None:
    assistance = county.running["assistance,monitoring"]
    county.include(house(5), "accident")
    assistance.end()
    county.begin("assistance,monitoring")
    plan = county.wait_plan(house(5), lambda one: True)
    assert len(county.plans(house(5))) == 1
    assert {one["state"] for one in plan["answers"].values()} <= {"answered", "silent"}


@pytest.mark.rule("A-01")
def test_killed_while_it_answers_nothing_is_lost(county: Installation) -> None:
    department = county.running["civil_affairs"]
    department.send(signal.SIGSTOP)
    county.include(house(3), "accident")
    department.end()
    plan = county.wait_plan(house(3), lambda one: True)
    assert (plan["silent"], plan["tasks"]) == (["civil_affairs"], [])


@pytest.mark.rule("A-09")
def test_it_stays_away_and_its_tasks_are_orphaned(county: Installation) -> None:
    county.running["assistance,monitoring"].live(date(2021, 9, 5))
    assert county.department()["presence"] == "gone"
    plan = county.wait_plan(house(2), lambda one: one["tasks"][0]["orphaned_on"])
    assert plan["tasks"][0]["orphaned_on"] == "2021-09-05"
    assert plan["progress"]["orphaned"] == 1


@pytest.mark.rule("A-01", "A-09")
def test_started_again_it_answers_what_it_owes_and_its_tasks_are_its_own(county: Installation) -> None:
    county.begin("civil_affairs")
    plan = county.wait_plan(house(2), lambda one: one["tasks"][0]["orphaned_on"] is None)
    assert plan["tasks"][0]["status"] == "assigned"
    plan = county.wait_plan(house(3), lambda one: not one["silent"])
    assert [one["measure"] for one in plan["tasks"]] == ["A48-03"]
    assert len(county.plans(house(3))) == 1
