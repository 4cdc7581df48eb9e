"""A village lives a year over the bus: monitoring, assistance, notify and civil affairs for real.

Found by a round, decided in five steps, looked after, evaluated every quarter, its income collected, the risk
gone, the household visited again; and what the county reads at the end of it all agrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from shouwang.access import Actor, roles
from shouwang.department import service_class
from shouwang.errors import Refused
from shouwang.sealing import seal
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.departments import civil_affairs
from services.assistance.service import Assistance
from services.monitoring.domain.proceedings.follow_up import LOOKED_AT
from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring import sheet, steps
from tests.services.monitoring.steps import CADRE, COMMITTEE, COUNTY, HOME, TOWN, papers
from tests.shared.cli.kit import shouwang

VILLAGE = sheet.VILLAGE
CONTACT = actor(roles.CONTACT_PERSON, id="contact-1")
HOUSEHOLDS = 4
pytestmark = pytest.mark.timeout(900)
QUARTER = {"wages": 900000, "business": 100000, "property": 0, "transfers": 50000, "business_costs": 50000}
QUARTER |= {"claims": 0, "own_payments": 0}
SURE = dict.fromkeys(("measures_delivered", "fed_and_clothed", "income_stable", "spending_controlled"), True)


class Year:
    """The suite, and what people of the county do in it."""

    def __init__(self, suite: EmbeddedSuite) -> None:
        self.suite = suite

    @property
    def today(self) -> date:
        """The business date."""
        today: date = self.suite.runtime("monitoring").clock.today()
        return today

    def call(self, who: Actor, method: str, service: str = "monitoring", **args: Any) -> Any:
        answer = self.suite.call(who, service, method, **args)
        self.suite.settle()
        return answer

    def take(self, who: Actor, case: str, step: str, action: str, **more: Any) -> dict[str, Any]:
        taken: dict[str, Any] = self.call(who, "take_step", case=case, step=step, action=action, **more)
        return taken

    def to(self, *day: int) -> None:
        self.suite.pass_days(date(*day))

    def pass_the_notice(self, case: str) -> None:
        opens = date.fromisoformat(self.call(COUNTY, "case", case=case)["notice"]["opens_on"])
        self.suite.pass_days(opens - timedelta(days=1))
        with pytest.raises(Refused):
            self.take(TOWN, case, "town_review", "send_back", reason="急")
        self.suite.pass_days(opens)

    def village_and_town(self, case: str, paper: str) -> None:
        meeting = {"papers": papers("meeting_record"), "people": steps.ASSEMBLY}
        held = steps.meeting(self.today)
        self.take(COMMITTEE, case, "village_appraisal", "pass", meeting=held, **meeting)
        self.pass_the_notice(case)
        self.take(TOWN, case, "town_review", "pass", papers=papers(paper), people=steps.LEADERS)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    services = [Monitoring, Assistance, Notify, service_class(civil_affairs)]
    with EmbeddedSuite(tmp_path_factory.mktemp("year"), services, day=date(2021, 7, 5)) as suite:
        lived = Year(suite)
        live(lived)
        yield lived


def live(year: Year) -> None:
    """July 2021 to June 2022."""
    register(year)
    found = find(year)
    included = identify(year, found)
    look_after(year, included)
    help_out(year)
    collect_and_evaluate(year)
    remove(year)
    year.to(2022, 7, 1)


def register(year: Year) -> None:
    key = year.call(CADRE, "public_key")["key"]
    rows = [one for number in range(1, HOUSEHOLDS + 1) for one in sheet.household(number, number * 3 - 1)]
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    report = year.call(CADRE, "import_roster", as_of="2021-07-05", sealed=seal(key, rows), **given)
    assert (report["households"], report["held_households"]) == (HOUSEHOLDS, 0)


def find(year: Year) -> str:
    """A round of inspection sees everybody but one, and one of them at risk."""
    period = {"year": 2021, "half": 2, "opens_on": "2021-07-05", "closes_on": "2021-08-31"}
    (ledger,) = year.call(COUNTY, "inspection_round", region=VILLAGE, **period)
    everything = ["income", "housing", "school", "water", "insurance", "risks"]
    visits = [
        {"household": f"{VILLAGE}-{number:04d}", "on": "2021-07-05", "checked": everything}
        for number in (1, 2, 3)
    ]
    visits[0]["risks"] = ["illness"]
    found = year.call(CADRE, "record_finding", ledger=ledger["ledger"], visits=visits)
    (clue,) = found["clues"]
    assert year.call(COUNTY, "inspection", ledger=ledger["ledger"])["not_visited"] == [f"{VILLAGE}-0004"]
    year.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-05")
    return str(clue)


def identify(year: Year, clue: str) -> str:
    paper = {"reference": "附件1/0001", "on": "2021-07-05", "signed_by": f"{HOME}-01"}
    case = year.call(CADRE, "apply", household=HOME, risks=["illness"], paper=paper, clue=clue)["case"]
    record = {"papers": papers("information_record"), "people": steps.CHECKERS, "record": steps.POOR}
    year.take(TOWN, case, "household_check", "pass", **record)
    year.village_and_town(case, "identification_approval")
    assert year.call(COUNTY, "request_comparison", case=case)["complete"]
    ended = year.take(COUNTY, case, "county_decision", "include")
    assert (ended["status"], ended["category"]) == ("included", "unstable_ex_poor")
    return str(case)


def look_after(year: Year, case: str) -> None:
    assert [one["household"] for one in year.call(TOWN, "contacts", region=VILLAGE, status="missing")] == [
        HOME
    ]
    named = {"household": HOME, "person": "contact-1", "org": "县民政局", "level": "county"}
    year.call(TOWN, "assign_contact", **named)
    year.call(TOWN, "confirm_national_entry", case=case, number="430426-2021-000001", on=str(year.today))


def help_out(year: Year) -> None:
    """Civil affairs hands over what the plan owes, and the household says that it has it (A-09)."""
    officer = actor(roles.DEPARTMENT_OFFICER, org="civil_affairs")
    owed = {"region": VILLAGE, "department": "civil_affairs"}
    for task in year.call(officer, "open_tasks", "assistance", **owed):
        kept = {name: task[name] for name in ("measure", "household", "amount_fen", "persons", "evidence")}
        year.call(officer, "deliver_measure", "civil_affairs", task=task["id"], **kept)
        year.call(CADRE, "confirm_measure", "assistance", task=task["id"])


def collect_and_evaluate(year: Year) -> None:
    """The end of each quarter: what was earned goes into the books, and somebody says what the help does."""
    for at, (quarter, day) in enumerate(
        (("2021Q3", (2021, 10, 8)), ("2021Q4", (2022, 1, 8)), ("2022Q1", (2022, 4, 8)))
    ):
        if at:
            evaluate(year, quarter)
        year.to(*day)
        period = {"period": quarter, "on": str(year.today), "figures": QUARTER, "sold": {}, "area": {}}
        row = {"row": 1, "household": HOME, **period}
        help_out(year)  # what was found due since
        given = year.call(CADRE, "collect_village_income", village=VILLAGE, rows=[row])
        assert given["rejected"] == [], given
        visit = {"household": HOME, "on": str(year.today), "looked": ["income"], "change": "better"}
        year.call(CONTACT, "record_contact_visit", **visit)


def evaluate(year: Year, quarter: str) -> None:
    judged = {
        "risk_stands": True,
        "secured": True,
        "income_stable": True,
        "measures_work": True,
        "new_risks": [],
    }
    asked = {"household": HOME, "quarter": quarter, **judged}
    suggested = year.call(CADRE, "suggest_evaluation", **asked)["suggested"]
    year.call(CADRE, "evaluate", conclusion=suggested or "effective", reason="逐项核对", **asked)


def remove(year: Year) -> None:
    judged = {"collected_on": str(year.today), **SURE}
    case = year.call(COMMITTEE, "propose_removal", household=HOME, way="helped", record=judged)["case"]
    signed = [*steps.CHECKERS, steps.person(f"{HOME}-01", roles.HOUSEHOLD)]
    better = steps.BETTER | {"collected_on": str(year.today)}
    given = {"papers": papers("measures_record", "removal_assessment"), "people": signed, "record": better}
    year.take(TOWN, case, "household_check", "pass", **given)
    year.village_and_town(case, "removal_assessment")
    assert year.take(COUNTY, case, "county_decision", "remove")["status"] == "removed"


@pytest.mark.e2e
@pytest.mark.rule("R-04", "D-03", "S-02")
def test_after_the_year_the_household_is_removed_and_followed(year: Year) -> None:
    assert year.call(COUNTY, "household", household=HOME)["status"] == "removed"
    (following,) = year.call(COUNTY, "follow_ups", region=VILLAGE)
    assert following["status"] == "running"
    seen = {"household": HOME, "on": str(year.today), "looked_at": sorted(LOOKED_AT), "risks": []}
    people = [steps.person("contact-1", roles.CONTACT_PERSON), steps.person("team-1", roles.VILLAGE_TEAM)]
    year.call(CADRE, "follow_up_visit", people=people, findings="稳定", **seen)
    assert year.call(COUNTY, "contact", household=HOME)["person"] == "contact-1"


@pytest.mark.e2e
@pytest.mark.rule("M-11", "R-05", "D-04", "M-06")
def test_its_page_knows_the_year(year: Year) -> None:
    page = year.call(COUNTY, "portrait", household=HOME)
    told = json.dumps(page, ensure_ascii=False)
    assert "测试甲" not in told and sheet.id_number(10) not in told
    assert [one["status"] for one in page["cases"]] == ["included", "removed"]
    books = year.call(CADRE, "income", household=HOME, before="2022-04-08")
    assert books["missing"] != [] or books["per_head"] is not None
    why = year.call(COUNTY, "explain", household=HOME, as_of="2021-12-31")
    assert "故为脱贫不稳定户" in why["sentence"]


@pytest.mark.e2e
@pytest.mark.rule("K-01", "D-02", "K-05")
def test_the_reports_of_the_year_agree_with_what_happened(year: Year) -> None:
    yearly = year.call(COUNTY, "report", kind="yearly", region="430426", period="2021")
    quarter = year.call(COUNTY, "report", kind="quarterly", region="430426", period="2021Q3")
    assert (yearly["closed_on"], quarter["closed_on"]) == ("2022-01-01", "2021-10-01")
    figures = {one["id"]: one["value"] for one in quarter["data"]["figures"]}
    assert figures["identified"] == 1, sorted(figures)


@pytest.mark.e2e
@pytest.mark.rule("K-02", "K-04")
def test_its_papers_are_printed_from_what_is_known(
    year: Year, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "附件3.pdf"
    acting = ("--as", f"village_cadre@{VILLAGE}")
    ran = shouwang(capsys, "documents", "form", "附件3", "--household", HOME, "--out", str(out), *acting)
    assert ran.code == 0, ran.err
    assert out.read_bytes().startswith(b"%PDF") and out.stat().st_mode & 0o777 == 0o600


@pytest.mark.e2e
@pytest.mark.rule("N-02", "N-03")
def test_what_was_published_and_told_names_nobody(year: Year) -> None:
    said = [year.call(COUNTY, what, "notify", region="430426") for what in ("notices", "messages")]
    shown = json.dumps(said, ensure_ascii=False)
    assert "测试甲" not in shown and sheet.id_number(10) not in shown and "因病" not in shown
