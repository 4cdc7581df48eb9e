"""How an identification ends: refused, sent back, withdrawn, closed."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.errors import Refused
from shouwang.procedure import Engine

from tests.shared.procedure.identifying import refused
from tests.shared.procedure.kit import (
    CHECKERS,
    DAY,
    FACTS,
    LEADERS,
    actor,
    applied,
    appraise,
    checked,
    codes,
    included,
    noticed,
    papers,
    review,
    reviewed,
)


@pytest.mark.rule("M-12")
def test_under_the_line_nobody_may_refuse(run: Engine) -> None:
    walk, county = reviewed(run), actor("county_officer")
    assert refused(walk.take, "refuse", "county_decision", county, facts=FACTS, reason="名额已满") == [
        "guard_refused"
    ]
    walk.take("refuse", "county_decision", county, facts={"income": 660000}, reason="超过基准线")
    assert walk.case.status == "refused"
    assert [effect.kind for effect in walk.outcome.effects] == ["step_taken", "ended"]


@pytest.mark.rule("I-05")
@pytest.mark.parametrize("reason", [None, "", "  "])
@pytest.mark.parametrize("action", ["send_back", "refuse"])
def test_sending_back_and_refusing_need_a_reason(run: Engine, action: str, reason: str | None) -> None:
    walk, given = applied(run), {"people": CHECKERS, "reason": reason}
    assert refused(walk.take, action, "household_check", actor("town_officer"), **given) == ["missing_reason"]


def test_a_refusal_needs_the_same_people_and_signatures(run: Engine) -> None:
    town, given = actor("town_officer", "town-7"), {"reason": "不符合条件", "facts": {"income": 660000}}
    assert refused(applied(run).take, "refuse", "household_check", town, **given) == ["too_few_people"]
    walk = noticed(run).later(8)
    assert refused(walk.take, "refuse", "town_review", town, **given) == ["missing_signature"] * 2
    assert walk.take("refuse", "town_review", town, people=LEADERS, **given).case.status == "refused"


def test_what_was_sent_back_is_done_anew(run: Engine) -> None:
    walk = noticed(run).later(8)
    town = actor("town_officer", "town-7")
    walk.take("send_back", "town_review", town, reason="评议记录不全")
    assert walk.case.step == "village_appraisal" and walk.case.notice is None
    assert refused(review, walk) == ["wrong_step"]
    old = papers("meeting_record", on=DAY)
    village = actor("village_committee")
    assert refused(walk.take, "pass", "village_appraisal", village, papers=old) == ["missing_paper"]
    assert refused(walk.take, "pass", "village_appraisal", village) == ["missing_paper"]
    appraise(walk)
    assert refused(review, walk.later(30)) == ["gate_shut"]


def test_one_may_choose_where_to_send_back(run: Engine) -> None:
    town = actor("town_officer", "town-7")
    walk = noticed(run).later(8).take("send_back", "town_review", town, reason="重核", to="household_check")
    assert walk.case.step == "household_check"
    again = noticed(run).later(8)
    assert refused(again.take, "send_back", "town_review", town, reason="重核", to="application") == [
        "wrong_step"
    ]


@pytest.mark.parametrize("who", [actor("household", "h-7"), actor("village_cadre", "v-5")])
def test_withdrawing_is_possible_at_any_step(run: Engine, who: Any) -> None:
    for walk in (applied(run), noticed(run).later(2).object(), reviewed(run)):
        assert walk.take("withdraw", None, who).case.status == "withdrawn"
    assert refused(applied(run).take, "withdraw", None, actor("town_officer")) == ["wrong_role"]


def test_who_submitted_may_withdraw_it(run: Engine) -> None:
    assert applied(run).take("withdraw", None, actor("village_cadre")).case.status == "withdrawn"


def test_a_case_ends_when_the_household_is_gone(run: Engine) -> None:
    town = actor("town_officer")
    assert refused(applied(run).take, "abort", None, town) == ["missing_reason"]
    assert refused(applied(run).take, "abort", None, town, reason="deceasd") == ["missing_reason"]
    walk = applied(run).take("abort", None, town, reason="deceased")
    assert walk.case.status == "aborted" and walk.case.entries[-1].reason == "deceased"


def test_nothing_happens_in_a_closed_case(run: Engine) -> None:
    walk = included(run)
    for action, who in (("include", actor("county_officer")), ("withdraw", actor("household", "h-7"))):
        assert refused(walk.take, action, "county_decision", who, facts=FACTS) == ["closed_case"]
    assert run.possibilities(walk.case, None, {}, walk.day) == []
    assert run.due(walk.case, walk.day) == []


def test_days_never_go_backwards(run: Engine) -> None:
    walk = checked(run).later(-1)
    with pytest.raises(Refused) as caught:
        appraise(walk)
    assert codes(caught.value) == ["backdated"]
