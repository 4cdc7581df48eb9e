"""From a roster to a removed risk over the bus: monitoring and notify for real, one department as a toy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from marshmallow import Schema, fields
from shouwang.access import roles
from shouwang.department import authorisation
from shouwang.errors import Refused
from shouwang.sealing import KeyPair, open_sealed, seal
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring import steps
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import BETTER, CADRE, COMMITTEE, COUNTY, HEAD, HOME, POOR, TOWN, papers

PAIR = KeyPair.generate()
DEPARTMENT = {"code": "civil_affairs", "title": "县民政局", "public_key": PAIR.public_text}
PLATFORM = actor(roles.PLATFORM)


class Compare(Schema):
    """A signed authorisation and sealed persons."""

    authorisation = fields.String(required=True)
    persons = fields.String(required=True)


class Assistance(Service):
    """Knows one department."""

    name = "assistance"
    store: ClassVar[Any] = None

    class Offering(Schema):
        offering = fields.String(required=True)

    @call(Offering, callers=["*"], where=COUNTY_WIDE)
    def departments(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return [DEPARTMENT | {"comparisons": [{"name": "vehicles"}], "measures": []}]

    class OfHousehold(Schema):
        household = fields.String(required=True)

    @call(OfHousehold, callers=["*"], where=COUNTY_WIDE)
    def plan(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"status": "delivered", "tasks": [{"status": "confirmed"}]}]


class CivilAffairs(Service):
    """Checks the authorisation itself and answers sealed."""

    name = "civil_affairs"
    store: ClassVar[Any] = None

    @call(Compare, callers=["*"], where=COUNTY_WIDE)
    def compare(self, request: dict[str, Any]) -> dict[str, Any]:
        keys = self.ctx.bus.call("monitoring", "public_key")
        persons = open_sealed(PAIR.private, request["persons"])
        asked = {"department": self.name, "persons": persons, "today": self.ctx.today}
        granted = authorisation.verify(request["authorisation"], keys["authorisation_key"], **asked)
        facts = [{"fact": "vehicles", "persons": {ref: {"count": 0} for ref in granted.persons}}]
        answer = {"case": granted.case, "department": self.name, "on": "2021-08-01", "facts": facts}
        return {"case": granted.case, "sealed": seal(keys["key"], answer)}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services = [Monitoring, Notify, Assistance, CivilAffairs]
    folder = tmp_path_factory.mktemp("slice")
    with EmbeddedSuite(folder, services, day=date(2021, 7, 5)) as running:
        yield running


def take(suite: EmbeddedSuite, who: Any, case: str, step: str, action: str, **more: Any) -> dict[str, Any]:
    given = {"case": case, "step": step, "action": action} | more
    answer: dict[str, Any] = suite.call(who, "monitoring", "take_step", **given)
    suite.settle()
    return answer


def wait_for_the_gate(suite: EmbeddedSuite, case: str) -> None:
    """The notice hangs; before its days are over the town is refused, on the day it opens it is not."""
    shown = suite.call(COUNTY, "monitoring", "case", case=case)["notice"]
    assert shown["id"] is not None
    opens = date.fromisoformat(shown["opens_on"])
    suite.pass_days(opens - timedelta(days=1))
    with pytest.raises(Refused):
        suite.call(
            TOWN, "monitoring", "take_step", case=case, step="town_review", action="send_back", reason="急"
        )
    suite.pass_days(opens)


def roster(suite: EmbeddedSuite) -> dict[str, Any]:
    key = suite.call(CADRE, "monitoring", "public_key")["key"]
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    given |= {"as_of": "2021-07-05", "sealed": seal(key, household(1, 2))}
    report: dict[str, Any] = suite.call(CADRE, "monitoring", "import_roster", **given)
    return report


def identify(suite: EmbeddedSuite) -> dict[str, Any]:
    paper = {"reference": "附件1/0001", "on": "2021-07-05", "signed_by": HEAD}
    opened = suite.call(CADRE, "monitoring", "apply", household=HOME, risks=["illness"], paper=paper)
    case = opened["case"]
    given = {"papers": papers("information_record"), "people": steps.CHECKERS, "record": POOR}
    take(suite, TOWN, case, "household_check", "pass", **given)
    meeting = {"papers": papers("meeting_record"), "people": steps.ASSEMBLY}
    meeting |= {"meeting": steps.meeting(suite.suite.clock.today())}
    take(suite, COMMITTEE, case, "village_appraisal", "pass", **meeting)
    wait_for_the_gate(suite, case)
    review = {"papers": papers("identification_approval"), "people": steps.LEADERS}
    take(suite, TOWN, case, "town_review", "pass", **review)
    assert suite.call(COUNTY, "monitoring", "request_comparison", case=case)["complete"] is True
    return take(suite, COUNTY, case, "county_decision", "include")


def remove(suite: EmbeddedSuite) -> dict[str, Any]:
    judged = {"collected_on": "2022-03-02", "income_stable": True, "spending_controlled": True}
    given = {"household": HOME, "way": "helped", "record": judged}
    case = suite.call(COMMITTEE, "monitoring", "propose_removal", **given)["case"]
    signed = [*steps.CHECKERS, steps.person(HEAD, roles.HOUSEHOLD)]
    given = {"papers": papers("measures_record", "removal_assessment"), "people": signed, "record": BETTER}
    take(suite, TOWN, case, "household_check", "pass", **given)
    meeting = {"papers": papers("meeting_record"), "people": steps.ASSEMBLY}
    meeting |= {"meeting": steps.meeting(suite.suite.clock.today())}
    take(suite, COMMITTEE, case, "village_appraisal", "pass", **meeting)
    wait_for_the_gate(suite, case)
    review = {"papers": papers("removal_assessment"), "people": steps.LEADERS}
    take(suite, TOWN, case, "town_review", "pass", **review)
    return take(suite, COUNTY, case, "county_decision", "remove")


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.rule("I-05", "R-03", "N-01")
def test_a_household_comes_in_is_found_included_helped_and_removed(suite):
    assert roster(suite)["households"] == 1
    found = {"region": VILLAGE, "channel": "self_report", "household": HOME, "risks": ["illness"]}
    clue = suite.call(CADRE, "monitoring", "report_clue", found_on="2021-07-05", **found)["clue"]
    suite.call(CADRE, "monitoring", "respond_clue", clue=clue, visit_on="2021-07-05")
    included = identify(suite)
    assert (included["status"], included["category"]) == ("included", "unstable_ex_poor")
    assert suite.call(COUNTY, "monitoring", "clue", clue=clue)["outcome"] == "included"
    suite.pass_days(date(2022, 3, 2))
    assert remove(suite)["status"] == "removed"
    assert suite.call(COUNTY, "monitoring", "household", household=HOME)["status"] == "removed"
    figures = suite.call(COUNTY, "notify", "figures", region="430426")
    assert (figures["notices_published"], figures["notices_open"]) == (2, 0)
    assert (
        "故为脱贫不稳定户" in suite.call(COUNTY, "monitoring", "explain", case=included["case"])["sentence"]
    )


@pytest.mark.e2e
@pytest.mark.rule("N-02")
def test_nothing_published_or_sent_shows_a_person(suite):
    notices = suite.call(COUNTY, "notify", "notices", region="430426")
    messages = suite.call(COUNTY, "notify", "messages", region="430426")
    shown = str(notices) + str(messages)
    assert "测试甲" not in shown
    assert id_number(10) not in shown
    assert "illness" not in shown
