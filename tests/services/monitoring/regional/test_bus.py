"""Over the bus: a department sends clues and signals in batches, twice; monitoring and notify for real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import pytest
from marshmallow import Schema, fields
from shouwang.access import roles
from shouwang.department.report_schemas import Signal
from shouwang.department.signalling import signals_found
from shouwang.sealing import seal
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.store import Database
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring.regional.county import COUNTY, TOWN, signal
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import CADRE

OFFICER = actor(roles.DEPARTMENT_OFFICER, org="emergency")


class Send(Schema):
    """What to send: persons by number, signals; as which batch."""

    batch = fields.String(required=True)
    numbers = fields.List(fields.String(), required=True)
    signals = fields.List(fields.Nested(Signal), required=True)


class Sent(Schema):
    """How much left."""

    events = fields.Integer(required=True)


class Sendings:
    """Keeps what was sent."""

    def __init__(self, db: Database) -> None:
        self.sent = db.repository("sent", kind="sent")


class Emergency(Service):
    """A department as the bus sees it."""

    name = "emergency"
    store: ClassVar[Any] = Sendings

    @call(Send, returns=Sent, who=[roles.DEPARTMENT_OFFICER], where=COUNTY_WIDE)
    def send(self, request: dict[str, Any]) -> dict[str, Any]:
        ctx = self.ctx
        key = ctx.bus.call("monitoring", "public_key")["key"]
        clues = [self._clue(number, key) for number in request["numbers"]]
        told = {"batch": request["batch"], "department": self.name, "period": "2021-07"}
        events = [
            ctx.event("clues.found", {**told, "rule": "S-05", "clues": clues}),
            signals_found(ctx, self.name, request["batch"], "2021-07", request["signals"]),
        ]
        agg = ctx.store.sent.new(ctx.request_id, region="430426", state={"batch": request["batch"]})
        ctx.save(ctx.store.sent, agg, "sent", events=events)
        return {"events": len(events)}

    def _clue(self, number: str, key: str) -> dict[str, Any]:
        sealed = seal(key, {"id_number": number})
        told = {"key": f"d-{number[-4:]}", "rule": "S-05", "risk": "disaster"}
        return {**told, "region": VILLAGE, "sealed": sealed, "grounds": {"rule": "S-05"}}


@pytest.fixture
def suite(tmp_path: Any) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path, [Monitoring, Notify, Emergency], day=date(2021, 7, 5)) as running:
        yield running


def roster(suite: EmbeddedSuite) -> None:
    key = suite.call(CADRE, "monitoring", "public_key")["key"]
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    rows = household(1, 2) + household(2, 5)
    suite.call(CADRE, "monitoring", "import_roster", as_of="2021-07-05", sealed=seal(key, rows), **given)


def send(suite: EmbeddedSuite) -> None:
    numbers = [id_number(10), id_number(12), id_number(31)]  # two of one household, one whom nobody knows
    told = {"numbers": numbers, "signals": [signal("f1", 12), signal("f2", 1, "430426100")]}
    suite.call(OFFICER, "emergency", "send", batch="2021-07/1", **told)
    suite.settle()


@pytest.mark.e2e
@pytest.mark.rule("S-03", "S-08")
def test_a_department_sends_twice_and_the_county_hears_once(suite: EmbeddedSuite) -> None:
    roster(suite)
    send(suite)
    first = suite.call(COUNTY, "notify", "messages", region="430426")
    send(suite)
    assert suite.call(COUNTY, "notify", "messages", region="430426") == first

    clues = suite.call(COUNTY, "monitoring", "clues", region="430426")
    assert sorted(len(one["sources"]) for one in clues) == [1, 2]
    (handed,) = suite.call(TOWN, "monitoring", "handovers", region="430426100", status="waiting")
    assert (handed["total"], handed["unmatched"]) == (3, 1)
    suite.call(TOWN, "monitoring", "take_over", handover=handed["handover"])

    (warning,) = suite.call(COUNTY, "monitoring", "warnings", region="430426")
    assert (warning["place"], warning["concerned"], warning["step"]) == (VILLAGE, 2, "verification")
    step = {"warning": warning["warning"], "step": "verification", "action": "confirm"}
    suite.call(COUNTY, "monitoring", "take_warning_step", **step)
    suite.call(COUNTY, "monitoring", "open_warning_clues", warning=warning["warning"])
    suite.settle()
    clues = suite.call(COUNTY, "monitoring", "clues", region=VILLAGE, status="open")
    assert [[source["channel"] for source in one["sources"]] for one in clues] == [
        ["department", "department", "regional"],
        ["regional"],
    ]
    told = suite.call(COUNTY, "notify", "messages", region="430426")
    assert {"部门线索集中交办", "村级苗头返贫风险预警"} <= {one["title"] for one in told}
    assert id_number(10) not in str(told) and "测试甲" not in str(told)
