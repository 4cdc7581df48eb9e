"""Identification behind its notices: full days, objections, who sends back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shouwang.errors import Refused
from shouwang.procedure import Engine

from tests.shared.procedure.identifying import refused
from tests.shared.procedure.kit import (
    DAY,
    FACTS,
    LEADERS,
    VILLAGE,
    actor,
    appraise,
    checked,
    codes,
    included,
    noticed,
    review,
)


@pytest.mark.rule("N-01")
@pytest.mark.parametrize(("days", "shut"), [(0, True), (6, True), (7, True), (8, False), (30, False)])
def test_the_gate_opens_on_the_eighth_day(run: Engine, days: int, shut: bool) -> None:
    walk = noticed(run).later(days)
    if shut:
        assert refused(review, walk) == ["gate_shut"]
    else:
        assert review(walk).case.step == "county_decision"


@pytest.mark.rule("N-01")
def test_a_notice_not_yet_posted_keeps_the_gate_shut(run: Engine) -> None:
    walk = appraise(checked(run)).later(60)
    assert refused(review, walk) == ["gate_shut"]


@pytest.mark.rule("R-03")
def test_behind_the_notice_every_level_waits(run: Engine) -> None:
    walk = noticed(run).later(7)
    assert refused(
        walk.take, "refuse", "town_review", actor("town_officer", "t"), people=LEADERS, reason="不"
    ) == ["gate_shut"]
    found = refused(walk.take, "include", "county_decision", actor("county_officer"), facts=FACTS)
    assert found == ["wrong_step", "gate_shut"]


def test_the_notice_itself_is_passed_by_nobody(run: Engine) -> None:
    walk = noticed(run).later(8)
    assert refused(walk.take, "pass", "village_notice", actor("village_committee")) == ["wrong_step"]


@pytest.mark.rule("N-01")
def test_an_open_objection_holds_the_gate_after_the_days(run: Engine) -> None:
    walk = noticed(run).later(3).object().later(20)
    assert refused(review, walk) == ["open_objection"]
    walk.answer(upheld=False)
    assert review(walk).case.step == "county_decision"


def test_days_and_objections_are_both_told(run: Engine) -> None:
    assert refused(review, noticed(run).later(3).object()) == ["gate_shut", "open_objection"]


@pytest.mark.rule("I-03")
def test_an_upheld_objection_sends_back_and_a_new_notice_starts_anew(run: Engine) -> None:
    walk = noticed(run).later(5).object().later(1).answer(upheld=True)
    assert walk.case.step == "village_appraisal" and walk.case.notice is None
    assert [effect.kind for effect in walk.outcome.effects] == ["sent_back"]
    appraise(walk.later(1))
    assert walk.outcome.effects[-1].kind == "notice_requested"
    assert refused(review, walk.later(30)) == ["gate_shut"]
    walk.post("n2").later(7)
    assert refused(review, walk) == ["gate_shut"]
    assert review(walk.later(1)).case.step == "county_decision"


def test_the_same_notice_fact_twice_changes_nothing(run: Engine) -> None:
    walk = noticed(run).later(1).object()
    once = walk.case
    assert walk.object().case is once
    assert run.notice_posted(once, "n1", DAY).case is once
    answered = walk.answer(upheld=False).case
    assert walk.answer(upheld=False).case is answered


def test_an_objection_after_the_gate_stood_open_is_refused(run: Engine) -> None:
    walk = noticed(run).later(8)
    assert refused(walk.object) == ["notice_closed"]
    assert refused(review(walk).object) == ["notice_closed"]
    assert refused(included(run).object) == ["closed_case"]


def test_an_objection_that_arrives_late_counts_from_its_own_day(run: Engine) -> None:
    walk = noticed(run).later(5).object("o1")
    walk.outcome = run.objection_raised(walk.case, "o2", DAY + timedelta(days=3))
    assert [one.id for one in walk.case.notice.objections] == ["o1", "o2"]  # type: ignore[union-attr]
    assert walk.case.entries[-1].on == DAY + timedelta(days=5)
    assert walk.case.notice.objections[1].raised_on == DAY + timedelta(days=3)  # type: ignore[union-attr]


def test_an_objection_before_the_posting_or_to_another_notice_is_refused(run: Engine) -> None:
    waiting = appraise(checked(run))
    assert refused(waiting.object) == ["gate_shut"]
    walk = waiting.later(2).post()
    with pytest.raises(Refused) as caught:
        run.objection_raised(walk.case, "o1", DAY)
    assert codes(caught.value) == ["backdated"]
    with pytest.raises(Refused) as caught:
        run.objection_raised(walk.case, "o1", walk.day, notice_id="n0")
    assert codes(caught.value) == ["notice_closed"]
    with pytest.raises(Refused):
        run.objection_closed(walk.case, "never", walk.day, upheld=True)


def test_an_objection_open_when_another_was_upheld_is_still_answered_on_record(run: Engine) -> None:
    walk = noticed(run).later(2).object("o1").object("o2").answer(upheld=True, objection="o1")
    walk.later(1).answer(upheld=True, objection="o2")
    assert walk.case.step == "village_appraisal"
    assert walk.case.entries[-1].detail["earlier_notice"] is True


def test_asking_for_a_notice(run: Engine) -> None:
    data = appraise(checked(run)).outcome.effects[-1].data
    asked = {"case": "c1", "step": "village_notice", "place": "village", "days": 7, "region": VILLAGE}
    assert asked.items() <= data.items()
