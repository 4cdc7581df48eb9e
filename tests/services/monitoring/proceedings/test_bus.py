"""Proceedings over the bus: objections with investigation in notify, a change of members, measures (R-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import pytest
from marshmallow import Schema, fields
from shouwang.access import roles
from shouwang.errors import BadRequest, Refused
from shouwang.service import COUNTY_WIDE, call
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring import steps, test_slice
from tests.services.monitoring.sheet import VILLAGE
from tests.services.monitoring.steps import BETTER, COMMITTEE, COUNTY, HEAD, HOME, POOR, TOWN, papers
from tests.services.monitoring.test_slice import CivilAffairs, roster, take

NEIGHBOUR = actor(roles.HOUSEHOLD, org=f"{VILLAGE}-0099")
TWO = [steps.person("committee-1", roles.VILLAGE_COMMITTEE), steps.person("team-1", roles.VILLAGE_TEAM)]


class Assistance(test_slice.Assistance):
    """Knows one department, and a plan of two measures of which some are confirmed."""

    confirmed: ClassVar[int] = 1

    class OfHousehold(Schema):
        household = fields.String(required=True)

    @call(OfHousehold, callers=["*"], where=COUNTY_WIDE)
    def plan(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        states = ["confirmed"] * type(self).confirmed + ["delivered"] * (2 - type(self).confirmed)
        return [{"status": "running", "tasks": [{"status": state} for state in states]}]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services = [Monitoring, Notify, Assistance, CivilAffairs]
    with EmbeddedSuite(tmp_path_factory.mktemp("bus"), services, day=date(2021, 7, 5)) as running:
        roster(running)
        yield running


def today(suite: EmbeddedSuite) -> date:
    day: date = suite.suite.clock.today()
    return day


def appraise(suite: EmbeddedSuite, case: str) -> None:
    given = {"papers": papers("meeting_record"), "people": steps.ASSEMBLY}
    given |= {"meeting": steps.meeting(today(suite))}
    take(suite, COMMITTEE, case, "village_appraisal", "pass", **given)


def seen(suite: EmbeddedSuite, case: str) -> dict[str, Any]:
    found: dict[str, Any] = suite.call(COUNTY, "monitoring", "case", case=case)
    return found


def object_to(suite: EmbeddedSuite, case: str, by: str = "anonymous") -> dict[str, str]:
    notice = seen(suite, case)["notice"]["id"]
    told = {"notice": notice, "ground": "家中另有收入", "by": by}
    raised = suite.call(NEIGHBOUR, "notify", "raise_objection", **told)
    suite.settle()
    return {"notice": notice, "objection": raised["objections"][-1]["id"]}


def look_into(suite: EmbeddedSuite, named: dict[str, str], upheld: bool, people: Any = TWO) -> Any:
    looked = {"people": people, "on": today(suite).isoformat(), "found": "入户核对收入", "upheld": upheld}
    return suite.call(COMMITTEE, "notify", "investigate_objection", **named, **looked)


def close(suite: EmbeddedSuite, named: dict[str, str], upheld: bool) -> Any:
    answer = {"upheld": upheld, "answer": "经两人入户核对"}
    closed = suite.call(COMMITTEE, "notify", "close_objection", **named, **answer)
    suite.settle()
    return closed


def opened(suite: EmbeddedSuite) -> str:
    paper = {"reference": "附件1/0001", "on": "2021-07-05", "signed_by": HEAD}
    given = {"household": HOME, "risks": ["illness"], "paper": paper}
    case: str = suite.call(steps.CADRE, "monitoring", "apply", **given)["case"]
    checked = {"papers": papers("information_record"), "people": steps.CHECKERS, "record": POOR}
    take(suite, TOWN, case, "household_check", "pass", **checked)
    return case


@pytest.mark.e2e
@pytest.mark.rule("I-03", "N-01", "N-03", "D-01", "R-01", "R-03")
def test_objections_a_death_and_measures_over_the_bus(suite, monkeypatch):
    case = opened(suite)
    appraise(suite, case)
    objections_hold_until_they_are_looked_into(suite, case)
    a_death_is_noted(suite, case)
    include(suite, case)
    an_open_task_keeps_the_risk(suite, monkeypatch)


def objections_hold_until_they_are_looked_into(suite: EmbeddedSuite, case: str) -> None:
    named = object_to(suite, case)
    with pytest.raises(Refused) as refused:
        close(suite, named, True)
    assert refused.value.code == "objection.not_investigated"
    with pytest.raises(BadRequest):
        look_into(suite, named, True, TWO[:1])
    look_into(suite, named, True)
    close(suite, named, True)
    assert seen(suite, case)["step"] == "village_appraisal"  # upheld: the meeting looks again
    appraise(suite, case)
    named = object_to(suite, case, "myself")
    suite.pass_days(date(2021, 7, 13))  # the answer was due on the 12th
    titles = [one["title"] for one in suite.call(TOWN, "notify", "messages", region="430426100")]
    assert titles.count("公示异议逾期未办结") == 2
    look_into(suite, named, False)
    close(suite, named, False)
    messages = suite.call(TOWN, "notify", "messages", region="430426100")
    answers = [one for one in messages if one["title"] == "异议答复"]
    assert [one["role"] for one in answers] == [roles.HOUSEHOLD]
    assert "经两人入户核对" in answers[0]["text"]


def a_death_is_noted(suite: EmbeddedSuite, case: str) -> None:
    told = {"household": HOME, "kind": "death", "on": "2021-07-13", "ref": f"{HOME}-03"}
    told |= {"reason": "病故", "paper": "死亡证明"}
    suite.call(steps.CADRE, "monitoring", "change_members", **told)
    suite.settle()
    assert "死亡" in seen(suite, case)["warnings"][0]


def include(suite: EmbeddedSuite, case: str) -> None:
    review = {"papers": papers("identification_approval"), "people": steps.LEADERS}
    take(suite, TOWN, case, "town_review", "pass", **review)
    suite.call(COUNTY, "monitoring", "request_comparison", case=case)
    hard = suite.call(COUNTY, "monitoring", "explain", case=case)
    assert "9,000 元" in hard["sentence"]  # 18,000 yuan for the two who are left
    back = {"reason": "人口变动", "reason_code": "members_wrong", "to": "household_check"}
    take(suite, COUNTY, case, "county_decision", "send_back", **back)
    record = POOR | {"collected_on": "2021-07-13", "figures": POOR["figures"] | {"wages": 600_000}}
    checked = {"papers": papers("information_record"), "people": steps.CHECKERS, "record": record}
    take(suite, TOWN, case, "household_check", "pass", **checked)
    appraise(suite, case)
    suite.pass_days(date(2021, 7, 21))
    take(suite, TOWN, case, "town_review", "pass", **review)
    assert take(suite, COUNTY, case, "county_decision", "include")["status"] == "included"


def an_open_task_keeps_the_risk(suite: EmbeddedSuite, monkey: pytest.MonkeyPatch) -> None:
    suite.pass_days(date(2021, 8, 2))
    judged = {"collected_on": "2021-08-02", "income_stable": True, "spending_controlled": True}
    given = {"household": HOME, "way": "helped", "record": judged}
    case = suite.call(COMMITTEE, "monitoring", "propose_removal", **given)["case"]
    signed = [*steps.CHECKERS, steps.person(HEAD, roles.HOUSEHOLD)]
    checked = {
        "papers": papers("measures_record", "removal_assessment"),
        "people": signed,
        "record": BETTER | {"collected_on": "2021-08-02"},
    }
    with pytest.raises(Refused) as refused:
        take(suite, TOWN, case, "household_check", "pass", **checked)
    assert [one["about"] for one in refused.value.reasons] == ["measures_confirmed"]
    monkey.setattr(Assistance, "confirmed", 2)
    assert take(suite, TOWN, case, "household_check", "pass", **checked)["step"] == "village_appraisal"
