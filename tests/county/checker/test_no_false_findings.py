"""What looks odd but is right is not reported: corrections, late objections, a registry that moved on."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.county.checker.pen import Pen
from tests.county.checker.plantings import CASES, HOUSEHOLDS, NOTICES, PLANS, notice_of, plan_of
from tests.county.checker.story import home
from tests.county.checker.test_plantings import found

Json = dict[str, Any]


def corrected(state: Json) -> None:
    """The county's decision was found wrong, is taken back to its step and taken again: included still."""
    case = state["case"]
    state["earlier_cases"] = [deepcopy(case) | {"superseded_by": f"{case['id']}~2"}]
    decision = case["entries"][-1]
    taken_back = decision | {"action": "correct", "decisions": [], "on": "2021-11-06"}
    taken_back["detail"] = {"corrects": case["id"], "redone": ["county_decision"]}
    case["entries"] += [taken_back, decision | {"on": "2021-11-06"}]
    case |= {"id": f"{case['id']}~2", "supersedes": case["id"]}


def test_a_corrected_decision(stored: str, pen: Pen) -> None:
    pen.change(CASES, pen.told.stays, corrected)
    assert found(stored, pen) == []


def test_a_correction_that_is_still_open_keeps_its_plan(stored: str, pen: Pen) -> None:
    """Whether the household is monitored meanwhile is another matter: that much is said."""

    def reopened(state: Json) -> None:
        corrected(state)
        state["case"]["entries"].pop()
        state["case"]["status"] = "open"

    pen.change(CASES, pen.told.stays, reopened)
    assert {kind for kind, _, _ in found(stored, pen)} == {"status_mismatch"}


def test_an_objection_of_the_day_on_which_the_step_had_been_taken(stored: str, pen: Pen) -> None:
    late = {"id": "late", "raised_on": "2021-09-28", "closed_on": None, "upheld": None}
    pen.change(NOTICES, notice_of(pen, pen.told.stays), lambda state: state["objections"].append(late))
    seen = found(stored, pen)
    assert [(kind, what) for kind, _, what in seen] == [("event_lost", "1 条异议案件不知道")]


def test_an_objection_that_came_too_late_stands_in_the_history(stored: str, pen: Pen) -> None:
    late = {"id": "late", "raised_on": "2021-09-28", "closed_on": None, "upheld": None}
    notice = notice_of(pen, pen.told.stays)
    pen.change(NOTICES, notice, lambda state: state["objections"].append(late))
    told = {"notice": notice, "objection": "late", "code": "procedure.notice_closed"}
    pen.change(CASES, pen.told.stays, lambda state: None, action="notice.too_late", detail=told)
    assert found(stored, pen) == []


def test_a_household_that_grew_after_it_was_included(stored: str, pen: Pen) -> None:
    def grow(state: Json) -> None:
        state["members"].append(state["members"][-1] | {"ref": f"{home(1)}-04", "id_number": None})

    pen.change(HOUSEHOLDS, home(1), grow, action="household.changed")
    assert found(stored, pen) == []


@pytest.mark.rule("M-08")
def test_exactly_the_line_is_within_it(stored: str, pen: Pen) -> None:
    """1,950,000 fen for three persons: 6,500 yuan a head."""

    def at_the_line(state: Json) -> None:
        state["record"]["figures"]["wages"]["fen"] += 150_000
        for ground in state["case"]["entries"][-1]["decisions"][0]["grounds"]:
            ground["value"] = {"A34": 650_000}.get(ground["name"], ground["value"])

    pen.change(CASES, pen.told.stays, at_the_line)
    assert found(stored, pen) == []


@pytest.mark.rule("M-08")
def test_over_the_line_with_grave_difficulty_is_sudden_hardship(stored: str, pen: Pen) -> None:
    def hard(state: Json) -> None:
        state["record"]["figures"]["wages"]["fen"] = 5_100_000
        hardship = {"value": True, "by": "入户核实组", "on": "2021-09-20"}
        state["record"]["answers"]["difficulty"] = hardship
        state["case"]["entries"][-1]["decisions"] = []
        state["category"] = "sudden_hardship"

    pen.change(CASES, pen.told.stays, hard)
    pen.change(HOUSEHOLDS, home(1), lambda state: state.update(category="sudden_hardship"))
    assert found(stored, pen) == []


@pytest.mark.rule("A-09")
def test_an_inclusion_whose_plan_is_gone(stored: str, pen: Pen) -> None:
    """A deleted document shows twice: in what it should have brought, and against the root of its day."""
    pen.behind_the_store(PLANS, plan_of(pen, home(3)), None)
    seen = {(kind, what) for kind, _, what in found(stored, pen)}
    assert seen == {("event_lost", "没有帮扶计划"), ("history_altered", "document.deleted")}
