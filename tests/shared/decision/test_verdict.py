"""Kleene's three-valued logic: its tables by hand, its laws by property."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Verdict,
    above,
    all_of,
    any_of,
    at_least,
    at_most,
    below,
    not_,
    verdict_of,
)

VERDICTS = st.sampled_from(Verdict)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, YES, NO, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, YES, UNKNOWN, YES),
        (UNKNOWN, NO, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_the_tables(left, right, both, either):
    assert all_of(left, right) is both
    assert any_of(left, right) is either


def test_not_leaves_unknown_alone():
    assert [not_(verdict) for verdict in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]


def test_of_nothing():
    assert all_of() is YES
    assert any_of() is NO


@given(st.lists(VERDICTS))
def test_de_morgan(verdicts):
    assert not_(any_of(*verdicts)) is all_of(*map(not_, verdicts))


@given(st.lists(VERDICTS), VERDICTS)
def test_learning_what_was_unknown_never_turns_a_settled_answer(others, learnt):
    before, after = all_of(UNKNOWN, *others), all_of(learnt, *others)
    assert before in (UNKNOWN, after)


@given(VERDICTS, VERDICTS, VERDICTS)
def test_order_and_nesting_do_not_matter(a, b, c):
    assert all_of(a, b, c) is all_of(c, all_of(b, a))
    assert any_of(a, b, c) is any_of(any_of(c, a), b)


def test_anything_with_an_answer_takes_part():
    assert [verdict_of(answer) for answer in (True, False, None, YES, Decision("M-08", 1, NO))] == [
        *(YES, NO, UNKNOWN, YES, NO)
    ]


@pytest.mark.parametrize("compare", [below, at_most, above, at_least])
def test_a_comparison_with_what_is_not_known_is_unknown(compare):
    assert compare(None, 1) is compare(1, None) is compare(None, None) is UNKNOWN


@given(st.integers(), st.integers() | st.decimals(allow_nan=False, allow_infinity=False))
def test_comparisons_mean_what_they_say(left, right):
    assert below(left, right) is verdict_of(left < right)
    assert at_most(left, right) is verdict_of(left <= right)
    assert above(left, right) is verdict_of(left > right)
    assert at_least(left, right) is verdict_of(left >= right)


def test_exactly_at_the_line():
    assert at_most(650000, Decimal(650000)) is YES
    assert below(650000, 650000) is NO


@pytest.mark.parametrize("three_valued", [NO, UNKNOWN, Decision("M-08", 1, NO)])
def test_nobody_can_take_no_for_yes_in_an_if(three_valued):
    with pytest.raises(TypeError):
        bool(three_valued)
