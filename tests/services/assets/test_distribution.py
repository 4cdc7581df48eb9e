"""Which uses a distribution may have, and who comes first (X-07)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.decision import NO, UNKNOWN, YES
from shouwang.errors import BadRequest
from shouwang.policy import Policy

from services.assets.domain import distribution, guards

VIEW = Policy({}).at(date(2021, 12, 1), "430426")
RELIEF = {"use": "relief", "amount_fen": 60_000, "text": "帮困", "household": "h1"}
WORKS = {"use": "public_works", "amount_fen": 100_000, "text": "修渠", "household": None}
FUND = {"use": "reserve_fund", "amount_fen": 40_000, "text": "公积公益金", "household": None}


def facts(**changes):
    return {
        "uses": [RELIEF, WORKS, FUND],
        "available_fen": 200_000,
        "at_risk": ["h1"],
        "households": 120,
    } | changes


@pytest.mark.rule("X-07")
def test_a_sound_plan_passes_every_guard():
    for guard in guards.GUARDS:
        assert guard(facts(), VIEW).verdict is YES


@pytest.mark.rule("X-07")
@pytest.mark.parametrize("use", sorted(distribution.FORBIDDEN))
def test_a_forbidden_use_is_refused_and_named(use):
    bad = {"use": use, "amount_fen": 1, "text": "", "household": None}
    decision = guards.uses_allowed(facts(uses=[RELIEF, bad]), VIEW)
    assert decision.verdict is NO
    assert distribution.FORBIDDEN[use] in decision.sentence()


@pytest.mark.rule("X-07")
def test_relief_that_gives_everybody_the_same_is_an_equal_split():
    everybody = [{**RELIEF, "household": f"h{number}"} for number in range(120)]
    assert guards.uses_allowed(facts(uses=everybody), VIEW).verdict is NO


@pytest.mark.rule("X-07")
@pytest.mark.parametrize(("available", "verdict"), [(200_000, YES), (199_999, NO)])
def test_no_more_is_given_than_came_in(available, verdict):
    assert guards.within_income(facts(available_fen=available), VIEW).verdict is verdict


@pytest.mark.rule("X-07")
def test_a_household_at_risk_that_is_left_out_stops_the_plan():
    assert guards.at_risk_first(facts(at_risk=["h1", "h2"]), VIEW).verdict is NO


@pytest.mark.rule("X-07")
def test_not_knowing_who_is_at_risk_is_unknown_never_nobody():
    assert guards.at_risk_first(facts(at_risk=None), VIEW).verdict is UNKNOWN


@pytest.mark.rule("X-07")
@given(total=st.integers(0, 10**9), needs=st.lists(st.integers(1, 10**7), min_size=1, max_size=40))
def test_relief_by_need_sums_exactly(total, needs):
    shares = distribution.by_need(total, [(f"h{number}", need) for number, need in enumerate(needs)])
    assert sum(shares.values()) == total


@pytest.mark.parametrize(
    "use",
    [
        {**WORKS, "use": "party"},
        {**WORKS, "amount_fen": 0},
        {**RELIEF, "household": None},
        {**WORKS, "household": "h1"},
    ],
)
def test_a_use_that_cannot_be_is_refused(use):
    with pytest.raises(BadRequest):
        distribution.check_known([use])
