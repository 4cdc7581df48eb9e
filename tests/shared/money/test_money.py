"""Whole fen: what comes in is exact, one rounding, and nothing is lost in dividing."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shouwang.errors import BadRequest
from shouwang.money import allocate, format_yuan, round_half_up, share, yuan

AMOUNTS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(
    st.one_of(st.integers(0, 10**6), st.decimals(0, 1000, places=4)), min_size=1, max_size=30
).filter(lambda weights: sum(weights) > 0)


@pytest.mark.parametrize(
    ("given_", "fen"),
    [
        ("6500", 650000),
        ("6,250.50", 625050),
        (" 0.5 ", 50),
        ("-0.50", -50),
        (3, 300),
        (Decimal("6250.500"), 625050),
        (Decimal("1E+3"), 100000),
        ("99999999999999999999999999999999.99", 9999999999999999999999999999999999),
    ],
)
def test_yuan_becomes_fen(given_, fen):
    assert yuan(given_) == fen


@pytest.mark.parametrize(
    "text", ["", "abc", "6.505", "1,00", "6500元", "1e5", "NaN", "６５００", ".5", "--1"]
)
def test_what_is_no_exact_amount_is_refused_without_repeating_it(text):
    with pytest.raises(BadRequest) as refused:
        yuan(text)
    assert refused.value.code == "money.form"
    assert len(text) < 3 or text not in refused.value.message


@pytest.mark.parametrize("call", [yuan, round_half_up, lambda x: share(x, 1), lambda x: share(1, x)])
@pytest.mark.parametrize("wrong", [0.1, 6500.0, True, None])
def test_a_float_never_gets_in(call, wrong):
    with pytest.raises(BadRequest) as refused:
        call(wrong)
    assert refused.value.code == "money.type"


def test_nan_and_infinity_are_refused():
    for wrong in (Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(BadRequest):
            yuan(wrong)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(650000, "6,500 元"), (625050, "6,250.50 元"), (5, "0.05 元"), (-625050, "-6,250.50 元"), (0, "0 元")],
)
def test_amounts_for_people(fen, text):
    assert format_yuan(fen) == text


@given(AMOUNTS)
def test_what_is_shown_reads_back(fen):
    assert yuan(format_yuan(fen).removesuffix(" 元")) == fen


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("0.49", 0), ("-0.5", -1), ("-2.5", -3)]
)
def test_a_half_goes_away_from_zero(amount, rounded):
    assert round_half_up(Decimal(amount)) == rounded


def test_a_share_is_rounded_once():
    assert share(650000, Decimal("0.60")) == 390000
    assert share(1, Decimal("0.5")) == 1
    assert share(10**30 + 1, Decimal("0.5")) == (10**30 + 2) // 2, "wider than the default precision"


@given(AMOUNTS, st.decimals(0, 2, places=6))
def test_a_share_lies_within_half_a_fen_and_undoes_itself(total, ratio):
    assert abs(Fraction(share(total, ratio)) - total * Fraction(ratio)) <= Fraction(1, 2)
    assert share(-total, ratio) == -share(total, ratio)


@pytest.mark.rule("X-07")
def test_a_hundred_among_three_equal_households():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(100, [Decimal("0.5"), 0, Decimal("0.5")]) == [50, 0, 50]
    assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]


@given(AMOUNTS, WEIGHTS)
@example(10, [Decimal("0.3333"), 1, Decimal("0.6667")])
def test_parts_sum_exactly_and_lie_within_a_fen(total, weights):
    parts = allocate(total, weights)
    whole = sum(map(Fraction, weights))
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * Fraction(weight) / whole) < 1
        assert weight or part == 0


@given(st.integers(0, 10**12), WEIGHTS)
def test_who_weighs_more_never_gets_less(total, weights):
    parts = sorted(zip(map(Fraction, weights), allocate(total, weights), strict=True))
    for (lighter, less), (heavier, more) in pairwise(parts):
        assert less <= more or lighter == heavier


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1), st.integers(2, 50))
def test_only_the_proportion_of_weights_counts(total, weights, factor):
    assert allocate(total, weights) == allocate(total, [weight * factor for weight in weights])


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [-1, 3]])
def test_weights_that_divide_nothing_are_refused(weights):
    with pytest.raises(BadRequest) as refused:
        allocate(100, weights)
    assert refused.value.code == "money.weights"


def test_float_weights_are_refused():
    with pytest.raises(BadRequest):
        allocate(100, [0.5, 0.5])
