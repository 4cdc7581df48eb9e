"""Help first, papers afterwards (S-07): what is owed is listed, shown when overdue, and blocks the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import Refused
from shouwang.procedure import Case, Engine, Paper

from tests.shared.procedure.kit import (
    CHECKERS,
    DAY,
    FACTS,
    Walk,
    actor,
    applied,
    appraise,
    codes,
    engine,
    papers,
    review,
)

URGENT = {**FACTS, "emergency": True}


@pytest.fixture(scope="module")
def run() -> Engine:
    return engine()


def check(walk: Walk, facts: dict[str, Any], *names: str) -> Walk:
    return walk.take(
        "pass",
        "household_check",
        actor("town_officer"),
        people=CHECKERS,
        facts=facts,
        papers=papers(*names),
    )


def refused(call: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return codes(caught.value)


def at_the_county(run: Engine) -> Walk:
    walk = appraise(check(applied(run), URGENT)).post().later(8)
    return review(walk)


@pytest.mark.rule("S-07")
def test_an_emergency_passes_without_the_paper_and_owes_it(run: Engine) -> None:
    walk = check(applied(run), URGENT)
    assert walk.case.step == "village_appraisal"
    owed = {(debt.kind, debt.name): debt.due_on for debt in run.debts(walk.case, DAY)}
    due = DAY + timedelta(days=20)
    assert owed == {("paper", "information_record"): due, ("step", "county_decision"): due}
    effects = [effect.data for effect in walk.outcome.effects if effect.kind == "debt_owed"]
    assert [(data["owed"], data["due_on"]) for data in effects] == [
        ("information_record", due.isoformat()),
        ("county_decision", due.isoformat()),
    ]
    assert walk.case.entries[-1].decisions[0]["verdict"] == "yes"


@pytest.mark.rule("S-07")
def test_without_an_emergency_nothing_is_owed_and_nothing_let_off(run: Engine) -> None:
    assert refused(check, applied(run), FACTS) == ["missing_paper"]
    assert check(applied(run), FACTS, "information_record").case.debts == ()


@pytest.mark.rule("S-07")
def test_an_unknown_emergency_is_no_emergency_and_says_so(run: Engine) -> None:
    for facts in ({**FACTS, "emergency": None}, {"income": 1}):
        assert refused(check, applied(run), facts) == ["missing_paper", "guard_unknown"]


def test_an_emergency_lets_nothing_else_off(run: Engine) -> None:
    town = actor("town_officer")
    assert refused(applied(run).take, "pass", "household_check", town, facts=URGENT) == ["too_few_people"]


@pytest.mark.rule("S-07")
def test_an_open_debt_blocks_the_end_before_and_after_its_day(run: Engine) -> None:
    walk, county = at_the_county(run), actor("county_officer")
    assert refused(walk.take, "include", "county_decision", county, facts=FACTS) == ["debt_open"]
    with pytest.raises(Refused, match="已逾期"):
        walk.later(30).take("include", "county_decision", county, facts=FACTS)
    assert run.debts(walk.case, walk.day)[0].overdue(walk.day)
    assert [due.overdue for due in run.due(walk.case, walk.day) if due.kind == "debt"] == [True, True]


@pytest.mark.rule("S-07")
def test_settling_frees_the_end_even_late(run: Engine) -> None:
    walk, county = at_the_county(run).later(30), actor("county_officer")
    paper = Paper("information_record", "f2", walk.day)
    walk.outcome = run.settle_debt(walk.case, paper=paper, actor=actor("town_officer"), on=walk.day)
    assert walk.case.entries[-1].detail == {"settled": "information_record", "overdue": True}
    walk.take("include", "county_decision", county, facts=FACTS)
    assert walk.case.status == "included"
    assert {debt.state for debt in walk.case.debts} == {"settled"}


def test_an_owed_paper_may_come_with_a_later_step(run: Engine) -> None:
    walk = at_the_county(run)
    given = papers("information_record")
    walk.take("include", "county_decision", actor("county_officer"), facts=FACTS, papers=given)
    assert walk.case.status == "included"


def test_settling_asks_for_the_right_hands_the_right_day_and_a_debt(run: Engine) -> None:
    walk = at_the_county(run)

    def settle(name: str, who: Any, on: date, made: date | None = None) -> Any:
        return run.settle_debt(walk.case, paper=Paper(name, "", made), actor=who, on=on)

    town, day = actor("town_officer"), walk.day
    assert refused(settle, "information_record", actor("village_cadre"), day) == ["wrong_level", "wrong_role"]
    assert refused(settle, "information_record", actor("town_officer", region="430426200"), day) == [
        "wrong_region"
    ]
    assert refused(settle, "information_record", town, DAY) == ["backdated"]
    assert refused(settle, "information_record", town, day, day + timedelta(days=1)) == ["missing_paper"]
    assert refused(settle, "meeting_record", town, day) == ["no_such_debt"]
    walk.take("refuse", "county_decision", actor("county_officer"), reason="x", facts={"income": 660000})
    assert refused(settle, "information_record", town, day) == ["closed_case"]


def test_a_return_makes_the_debt_anew_with_its_first_deadline(run: Engine) -> None:
    walk = check(applied(run), URGENT).later(5)
    walk.take("send_back", "village_appraisal", actor("village_committee"), reason="重核")
    assert walk.case.step == "household_check"
    assert {debt.state for debt in walk.case.debts} == {"lapsed"} and run.debts(walk.case, walk.day) == []
    check(walk.later(5), URGENT)
    assert {debt.due_on for debt in run.debts(walk.case, walk.day)} == {DAY + timedelta(days=20)}


def test_debts_survive_json(run: Engine) -> None:
    case = at_the_county(run).case
    assert Case.from_dict(case.to_dict()).debts == case.debts
