"""What may happen now, by whom, what is missing; and which deadlines run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from shouwang.procedure import Engine, Possibility

from tests.shared.procedure.kit import (
    DAY,
    FACTS,
    Walk,
    actor,
    applied,
    appraise,
    checked,
    engine,
    included,
    noticed,
    reviewed,
)


@pytest.fixture(scope="module")
def run() -> Engine:
    return engine()


def asked(
    walk: Walk, role: str | None, facts: dict[str, object] = FACTS, id: str = ""
) -> dict[str, Possibility]:
    who = actor(role, id or "p-9") if role else None
    found = walk.engine.possibilities(walk.case, who, facts, walk.day)
    return {one.action: one for one in found}


def reasons(one: Possibility) -> list[str]:
    return [reason.code.removeprefix("procedure.") for reason in one.reasons]


def test_the_right_actor_may_and_is_told_what_to_bring(run: Engine) -> None:
    check = asked(applied(run), "town_officer")["pass"]
    assert check.allowed and check.reasons == ()
    assert (check.step, check.title) == ("household_check", "入户核实：通过")
    assert (check.level, check.roles, check.people) == ("town", ("town_officer",), 2)
    assert check.people_from == ("town_officer", "village_team", "village_cadre")
    assert check.papers == ("information_record",) and not check.needs_reason
    back = asked(applied(run), "town_officer")["send_back"]
    assert back.allowed and back.needs_reason and back.papers == () and back.people == 0


def test_what_is_asked_and_what_is_taken_agree(run: Engine) -> None:
    for role in ("household", "village_cadre", "village_committee", "town_officer", "county_officer"):
        walk = noticed(run).later(8)
        for (step, action), allowed in walk.may(actor(role, "p-9"), **FACTS).items():
            assert allowed == (step == "town_review" and role == "town_officer") or action in (
                "withdraw",
                "abort",
            )


def test_without_an_actor_only_the_case_speaks(run: Engine) -> None:
    assert asked(applied(run), None)["pass"].allowed
    review = asked(noticed(run).later(3).object(), None)["pass"]
    assert reasons(review) == ["gate_shut", "open_objection"]
    assert review.signatures == ("town_party_secretary", "town_head")


def test_the_wrong_actor_is_told_why(run: Engine) -> None:
    assert reasons(asked(applied(run), "village_team")["pass"]) == ["wrong_level", "wrong_role"]
    own = asked(applied(run), "town_officer", id="village_cadre-1")
    assert reasons(own["pass"]) == ["own_submission"]


def test_missing_facts_and_guards_are_told_before_anything_is_tried(run: Engine) -> None:
    walk = reviewed(run)
    assert reasons(asked(walk, "county_officer", {})["include"]) == ["missing_fact", "guard_unknown"]
    found = asked(walk, "county_officer")
    assert found["include"].allowed and reasons(found["refuse"]) == ["guard_refused"]
    assert found["refuse"].reasons[0].source == "衡办〔2021〕7号"


@pytest.mark.rule("S-07")
def test_the_green_channel_is_announced(run: Engine) -> None:
    urgent = asked(applied(run), "town_officer", {**FACTS, "emergency": True})["pass"]
    assert urgent.allowed and urgent.owed == ("information_record",)
    assert asked(applied(run), "town_officer")["pass"].owed == ()


def test_leaving_is_offered_with_its_own_people(run: Engine) -> None:
    found = asked(checked(run), "household")
    assert found["withdraw"].allowed and found["withdraw"].roles == ("household", "village_cadre")
    assert not found["abort"].allowed and found["abort"].needs_reason


def test_possibilities_travel_as_json(run: Engine) -> None:
    told = asked(applied(run), "village_team")["pass"].to_dict()
    assert told["reasons"][0]["code"] == "procedure.wrong_level" and told["papers"] == ["information_record"]


def deadlines(walk: Walk) -> list[tuple[str, str, date | None, bool]]:
    found = walk.engine.due(walk.case, walk.day)
    return [(due.step, due.kind, due.due_on, due.overdue) for due in found]


def test_a_step_is_due_some_days_after_it_could_be_taken(run: Engine) -> None:
    walk, due = applied(run), DAY + timedelta(days=5)
    assert deadlines(walk) == [("household_check", "step", due, False)]
    assert deadlines(walk.later(5))[0][3] is False
    assert deadlines(walk.later(1))[0][3] is True
    told = run.due(walk.case, walk.day)[0].to_dict()
    assert (told["level"], told["roles"], told["due_on"]) == ("town", ["town_officer"], due.isoformat())


def test_the_posting_of_a_notice_is_due_too(run: Engine) -> None:
    walk = appraise(checked(run))
    assert deadlines(walk) == [("village_notice", "posting", DAY + timedelta(days=2), False)]
    assert deadlines(walk.post()) == []


def test_behind_a_notice_the_days_count_from_the_open_gate(run: Engine) -> None:
    assert deadlines(noticed(run).later(7)) == []
    walk = noticed(run).later(8)
    assert deadlines(walk) == [("town_review", "step", DAY + timedelta(days=13), False)]
    late = noticed(run).later(7).object().later(3)
    assert deadlines(late) == []
    assert deadlines(late.answer(upheld=False)) == [("town_review", "step", DAY + timedelta(days=15), False)]


def test_a_closed_case_has_no_deadline(run: Engine) -> None:
    assert deadlines(included(run)) == []
