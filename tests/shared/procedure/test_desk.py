"""The shared use cases: one call from request to stored case, with its events, once per request."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.errors import Refused
from shouwang.procedure import Case, desk

from tests.shared.procedure.kit import (
    CHECKERS,
    DAY,
    FACTS,
    VILLAGE,
)
from tests.shared.procedure.office import DESK, EIGHTH, Office, sheets


def test_a_step_is_stored_with_history_and_events(office: Office) -> None:
    office.to_notice()
    assert office.case.step == "village_notice"
    assert [entry["action"] for entry in office.agg.history] == ["case.open", "case.pass", "case.pass"]
    assert [event["type"] for event in office.repo.events][-2:] == ["case.step_taken", "notice.requested"]
    assert office.repo.events[-1]["data"] == {
        "subject": {"service": "sample", "kind": "case", "id": "c1"},
        "step": "village_notice",
        "place": "village",
        "region": VILLAGE,
        "title": "村内公示",
        "days": 7,
        "content": {"title": "拟纳入名单", "household": "张**"},
    }


def test_the_same_request_twice_changes_nothing(office: Office) -> None:
    given: dict[str, Any] = {
        "people": [one.to_dict() for one in CHECKERS],
        "papers": sheets("information_record"),
    }
    ctx = office.on(DAY, "town_officer", request="same")
    first = office.take(ctx, "household_check", **given)
    before = office.agg
    assert office.take(ctx, "household_check", **given) == first
    assert (office.agg.version, office.agg.state) == (before.version, before.state)
    assert office.agg.state["seen"] == 2


def test_a_refusal_stores_nothing(office: Office) -> None:
    before = office.agg
    with pytest.raises(Refused):
        office.take(office.on(DAY, "town_officer"), "household_check")
    assert (office.agg.version, len(office.repo.events)) == (before.version, len(office.repo.events))


def test_what_next_answers_for_the_actor(office: Office) -> None:
    found = desk.what_next(office.on(DAY, "town_officer"), office.repo, "c1", lambda agg: {"income": 1})
    allowed = {(one["step"], one["action"]): one["allowed"] for one in found}
    assert allowed["household_check", "pass"] and not allowed["household_check", "withdraw"]


def test_a_correction_keeps_the_old_case_whole(office: Office) -> None:
    office.take(office.on(DAY, "village_cadre"), "household_check", "withdraw")
    withdrawn = office.case
    request = {"reason": "误撤", "step": "application"}
    result = desk.correct(
        office.on(EIGHTH, "village_cadre", request="k"), office.repo, "c1", request, desk=DESK
    )
    assert result["status"] == "open" and office.case.id == "c1~2" and office.case.supersedes == "c1"
    kept = Case.from_dict(office.agg.state["earlier_cases"][0])
    assert kept.entries[: len(withdrawn.entries)] == withdrawn.entries and kept.superseded_by == "c1~2"
    again = desk.correct(
        office.on(EIGHTH, "village_cadre", request="k"), office.repo, "c1", request, desk=DESK
    )
    assert again == result and len(office.agg.state["earlier_cases"]) == 1


def test_an_owed_paper_comes_in(office: Office) -> None:
    request = {"step": "household_check", "action": "pass", "people": [one.to_dict() for one in CHECKERS]}
    ctx = office.on(DAY, "town_officer")
    desk.take_step(ctx, office.repo, "c1", request, lambda agg: {**FACTS, "emergency": True}, desk=DESK)
    assert "case.debt_owed" in [event["type"] for event in office.repo.events]
    paper = {"name": "information_record", "reference": "f", "on": DAY}
    desk.settle_debt(office.on(DAY, "town_officer", request="s"), office.repo, "c1", paper, desk=DESK)
    assert [debt.name for debt in office.ctx.engine.debts(office.case, DAY)] == ["county_decision"]
