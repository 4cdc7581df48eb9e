"""The year turns and figures pass their review: what goes on and what waits (K-05, decision 0275)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.errors import Refused, UnknownValue
from shouwang.service.loading import load_engine
from shouwang.testing import actor, service_actor

from services.monitoring.service import Monitoring
from tests.services.monitoring import county as counties
from tests.services.monitoring import sheet, steps
from tests.services.monitoring.county import POLICY, VILLAGE, County
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

OF_2026 = {"monitoring_line": 700000, "removal_floor": 500000, "identification_notice_days": 7}
OF_2026 |= {"removal_notice_days": 7, "special_review_people": 2}
MEETING = {"appraisal_quorum": "0.66", "appraisal_majority": "0.5"}
POOR = steps.POOR | {"collected_on": "2025-12-12"}


def in_force(monkeypatch: pytest.MonkeyPatch, **figures: Any) -> None:
    """Let these figures hold on any day; every other one ends with 2025."""
    policy = POLICY.overlay(figures)
    monkeypatch.setattr(counties, "POLICY", policy)
    monkeypatch.setattr(counties, "ENGINE", load_engine(Monitoring, policy))


@pytest.fixture
def december(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """A county on 10 December 2025 that has renewed what judges a household, and nothing else."""
    in_force(monkeypatch, **OF_2026)
    county.clock.advance_to(date(2025, 12, 10))
    county.import_rows(sheet.household(1, 2), as_of="2025-12-05")
    return county


def decided(county: County, case: str, *, held_on: date) -> dict[str, Any]:
    """Take a case from its check to the county's inclusion on 9 January 2026."""
    steps.check(county, case, POOR)
    steps.appraise(county, case, meeting=steps.meeting(held_on))
    steps.post_notice(county, case)
    county.clock.advance_to(max(date(2026, 1, 9), county.clock.today()))
    return ended(county, case)


def ended(county: County, case: str) -> dict[str, Any]:
    steps.review(county, case)
    steps.answer_comparison(county)
    county.call(COUNTY, "request_comparison", case=case)
    return steps.take(county, COUNTY, case, "county_decision", "include")


def owed(county: County) -> dict[str, Any]:
    (found,) = county.call(COUNTY, "national_outstanding", region="430426")
    return dict(found)


@pytest.mark.rule("K-05", "M-12", "I-05")
def test_a_case_of_december_is_decided_in_january(december: County) -> None:
    case = steps.apply(december)["case"]
    december.clock.advance_to(date(2025, 12, 15))
    assert decided(december, case, held_on=date(2025, 12, 15))["status"] == "included"
    assert owed(december)["due_on"] == "2026-01-19"


@pytest.mark.rule("K-05", "M-12", "I-05")
def test_terms_that_nobody_set_hold_up_no_inclusion(
    december: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    december.clock.advance_to(date(2026, 1, 20))
    in_force(monkeypatch, **OF_2026, **MEETING)
    case = steps.apply(december)["case"]
    steps.check(december, case, POOR | {"collected_on": "2026-01-20"})
    steps.appraise(december, case)
    december.clock.advance_to(steps.post_notice(december, case))
    december.clock.advance_to(date(2026, 2, 2))
    steps.review(december, case)
    assert "申请至今已过 1 个月" in december.call(COUNTY, "case", case=case)["warnings"][0]
    steps.answer_comparison(december)
    december.call(COUNTY, "request_comparison", case=case)
    assert steps.take(december, COUNTY, case, "county_decision", "include")["status"] == "included"
    assert (owed(december)["due_on"], owed(december)["overdue"]) == (None, False)
    in_force(monkeypatch, **OF_2026, national_entry_days=10)
    december.clock.advance_to(date(2026, 2, 20))
    steps.proceedings_day(december)
    assert (owed(december)["due_on"], owed(december)["overdue"]) == ("2026-02-12", True)
    steps.proceedings_day(december)
    late = [data for type, data in december.events() if data.get("title") == "国家系统录入逾期"]
    assert [one["role"] for one in late] == [roles.TOWN_OFFICER, roles.COUNTY_OFFICER]


@pytest.mark.rule("K-05", "I-03")
def test_a_meeting_of_december_is_measured_by_decembers_figures(december: County) -> None:
    case = steps.apply(december)["case"]
    steps.check(december, case, POOR)
    december.clock.advance_to(date(2026, 1, 2))
    passed = steps.appraise(december, case, meeting=steps.meeting(date(2025, 12, 30)))
    assert passed["step"] == "village_notice"


@pytest.mark.rule("K-05", "I-03")
def test_a_meeting_of_january_waits_for_its_figures(december: County) -> None:
    case = steps.apply(december)["case"]
    steps.check(december, case, POOR)
    december.clock.advance_to(date(2026, 1, 2))
    with pytest.raises(Refused, match="应于 2025-12-31 前复核"):
        steps.appraise(december, case)


@pytest.mark.rule("K-05", "R-04")
def test_nobody_is_removed_whom_nobody_would_visit(december: County, monkeypatch: pytest.MonkeyPatch) -> None:
    include = steps.apply(december)["case"]
    decided(december, include, held_on=december.clock.today())
    in_force(monkeypatch, **OF_2026, **MEETING)
    better = steps.BETTER | {"collected_on": "2026-01-09"}
    proposal = {"household": HOME, "way": "helped", "record": better}
    case = december.call(CADRE, "propose_removal", **proposal)["case"]
    signed = [*steps.CHECKERS, steps.person(steps.HEAD, "household")]
    papers = steps.papers("measures_record", "removal_assessment")
    steps.take(december, TOWN, case, "household_check", "pass", papers=papers, people=signed, record=better)
    steps.appraise(december, case)
    december.clock.advance_to(steps.post_notice(december, case, "n-2"))
    steps.review(december, case, "removal_assessment")
    steps.answer_comparison(december)
    with pytest.raises(UnknownValue, match="follow_up_interval_months"):
        steps.take(december, COUNTY, case, "county_decision", "remove")
    assert december.call(COUNTY, "case", case=case)["status"] == "open"
    assert december.call(COUNTY, "household", household=HOME)["status"] == "monitored"


@pytest.mark.rule("K-05", "S-02")
def test_the_report_of_a_year_asks_what_that_year_wanted(december: County) -> None:
    december.bus.answer("assistance", "figures", None)
    december.bus.answer("assistance", "departments", [])
    december.clock.advance_to(date(2026, 1, 1))
    closed = december.call(COUNTY, "close_period", kind="yearly", region="430426", period="2025")
    assert "集中排查开展 0 轮，少于规定的 2 轮" in str(closed["document"])
    missing = december.call(COUNTY, "inspections", region="430426", year=2025)["rounds_missing"]
    assert missing == 2


@pytest.mark.rule("K-05", "S-02")
def test_a_year_without_a_rule_is_not_called_in_order(december: County) -> None:
    december.bus.answer("assistance", "figures", None)
    december.bus.answer("assistance", "departments", [])
    december.clock.advance_to(date(2027, 1, 1))
    assert december.call(COUNTY, "inspections", region="430426", year=2026)["rounds_missing"] is None


@pytest.mark.rule("K-05")
def test_what_ran_out_keeps_no_names_on_a_sheet(december: County) -> None:
    reader = december.keys.sealing.public_text
    cadre = actor(roles.VILLAGE_CADRE)
    made = december.call(cadre, "make_sheet", village=VILLAGE, kinds=["visit"], key=reader)
    december.clock.advance_to(date(2026, 3, 1))
    service = Monitoring(december.context(service_actor("monitoring")))
    with pytest.raises(UnknownValue):
        service.reviews_of_the_day(december.clock.today())
    service.sheets_of_the_day(december.clock.today())
    kept = december.store.worksheets.get(made["sheet"]).state
    assert (kept["status"], kept["rows"]) == ("expired", None)
