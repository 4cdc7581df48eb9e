"""Nobody has set by when a clue is answered: it is taken in, its term follows (K-05, S-01, decision 0294)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.service import entry_points
from shouwang.testing import actor, service_actor

from services.monitoring.service import Monitoring
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.finding.test_clues import found, report
from tests.services.monitoring.finding.test_following import messages
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN
from tests.services.monitoring.test_turn_of_year import in_force

HERSELF = actor(roles.HOUSEHOLD, org=HOME)
TERMS = {"clue_response_days": 0, "clue_close_days": 30, "handover_receipt_days": 1}
PERIOD = {"region": "430426", "since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def january(county: County) -> County:
    """A county in January 2026 whose figures all ended with 2025."""
    county.clock.advance_to(date(2025, 12, 10))
    county.import_rows(household(1, 2) + household(2, 5), as_of="2025-12-05")
    county.clock.advance_to(date(2026, 1, 10))
    return county


def lived(county: County, name: str, on: date) -> None:
    county.clock.advance_to(on)
    getattr(Monitoring(county.context(service_actor("monitoring"))), name)(on)


def clue_of(county: County) -> dict[str, Any]:
    (found,) = county.call(COUNTY, "clues", region="430426")
    return dict(found)


@pytest.mark.rule("K-05", "S-01")
def test_a_household_reports_itself_though_no_term_is_set(january: County) -> None:
    report(january, HERSELF)
    clue = clue_of(january)
    assert (clue["household"], clue["status"], clue["overdue"]) == (HOME, "open", False)
    assert (clue["due_on"], clue["due_label"], clue["close_label"]) == (None, "期限待定", "期限待定")
    (told,) = messages(january, "新线索待响应")
    assert "期限待定" in told["text"] and told["due"] is None


@pytest.mark.rule("K-05", "S-06")
def test_its_term_is_filled_in_when_the_figure_is_in_force(
    january: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(january, HERSELF)
    lived(january, "clue_terms_of_the_day", date(2026, 1, 11))
    assert clue_of(january)["due_on"] is None
    in_force(monkeypatch, **TERMS)
    lived(january, "clue_terms_of_the_day", date(2026, 2, 1))
    clue = clue_of(january)
    assert (clue["due_on"], clue["close_by"], clue["overdue"]) == ("2026-01-10", "2026-02-09", True)
    assert [one["due"] for one in messages(january, "新线索待响应")] == [None, "2026-01-10"]
    lived(january, "clues_of_the_day", date(2026, 2, 1))
    assert [one["role"] for one in messages(january, "线索逾期未响应")] == ["town_officer"]


@pytest.mark.rule("K-05", "S-06")
def test_terms_are_filled_in_before_anybody_looks_who_is_behind() -> None:
    """The day's methods run in the order of their names: what has passed is told of the same day."""
    days = [entry.name for entry in entry_points(Monitoring) if entry.kind == "daily"]
    first = days.index("clue_terms_of_the_day")
    assert first < min(days.index(name) for name in ("clues_of_the_day", "handovers_of_the_day"))


@pytest.mark.rule("K-05", "S-06")
def test_who_answered_before_the_term_was_set_is_not_late(
    january: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clue = report(january)["clue"]
    january.clock.advance_to(date(2026, 1, 12))
    january.call(CADRE, "respond_clue", clue=clue, visit_on="2026-01-13")
    in_force(monkeypatch, **TERMS)
    lived(january, "clue_terms_of_the_day", date(2026, 2, 1))
    assert (clue_of(january)["due_on"], clue_of(january)["close_by"]) == (None, "2026-02-09")
    speed = january.call(COUNTY, "response_speed", **PERIOD)["total"]
    assert (speed["clues"], speed["unset"], speed["late"], speed["share"]) == (1, 1, 0, None)


@pytest.mark.rule("K-05", "S-03")
def test_a_departments_list_waits_for_no_figure(january: County, monkeypatch: pytest.MonkeyPatch) -> None:
    found(january, "k1")
    (handed,) = january.call(TOWN, "handovers", region="430426100")
    assert (handed["total"], handed["due_label"], handed["overdue"]) == (1, "期限待定", False)
    in_force(monkeypatch, **TERMS)
    lived(january, "clue_terms_of_the_day", date(2026, 1, 20))
    (handed,) = january.call(TOWN, "handovers", region="430426100", status="overdue")
    assert handed["due_on"] == "2026-01-11"
    assert "期限待定" in messages(january, "部门线索集中交办")[0]["text"]


@pytest.mark.rule("K-05", "S-03")
def test_a_clue_finds_its_household_whatever_has_run_out(
    january: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(january, "k1", number=id_number(31))
    in_force(monkeypatch, held_rows_days=30)
    january.import_rows(household(3, 31), as_of="2025-12-05")
    in_force(monkeypatch)
    lived(january, "matches_of_the_day", date(2026, 1, 13))
    open_ones = january.call(COUNTY, "clues", region="430426", status="open")
    assert [one["household"] for one in open_ones] == [f"{VILLAGE}-0003"]


@pytest.mark.rule("K-05", "S-06")
def test_the_first_reminder_needs_no_interval(january: County, monkeypatch: pytest.MonkeyPatch) -> None:
    in_force(monkeypatch, **TERMS)
    report(january)
    for day in (11, 12, 25):
        lived(january, "clues_of_the_day", date(2026, 1, day))
    assert len(messages(january, "线索逾期未响应")) == 1
    in_force(monkeypatch, **TERMS, clue_escalation_days=7)
    lived(january, "clues_of_the_day", date(2026, 1, 26))
    assert len(messages(january, "线索逾期未响应")) == 2
