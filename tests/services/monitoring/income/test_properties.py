"""What holds for every book: quarters make the window, order does not matter, a correction twice is one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.decision import Verdict, replay
from shouwang.periods import twelve_months_before

from services.monitoring.domain.income import book, collecting, growth, windows
from services.monitoring.domain.income.figures import REFERENCE
from services.monitoring.domain.income.watch import income_watch
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.income import reading

ON = date(2021, 7, 10)
QUARTERS = ("2020Q3", "2020Q4", "2021Q1", "2021Q2")
MONTHS = ("2021-04", "2021-05", "2021-06")
fen = st.integers(0, 10_000_000)
by = reading.collector(reading.ON)


def row(period, figures, **more):
    return reading.row(period, figures=figures, **more)


def taken(rows):
    books = {}
    for one in rows:
        year = int(one["period"][:4])
        before = books.get(year) or book.opened(reading.HOME, year)
        books[year], _ = collecting.collected(before, [one], 3, by)
    return books


figures = st.fixed_dictionaries(dict.fromkeys(REFERENCE, fen))


@pytest.mark.rule("M-05", "M-06", "D-02")
@settings(deadline=None, max_examples=40)
@given(st.lists(figures, min_size=4, max_size=4), st.permutations(range(4)))
def test_the_sum_of_quarters_is_the_window_in_any_order(given, order):
    rows = [row(quarter, one) for quarter, one in zip(QUARTERS, given, strict=True)]
    window = twelve_months_before(ON)
    found = windows.figures(taken([rows[place] for place in order]), window)
    assert {kind: one["fen"] for kind, one in found.items()} == {
        kind: sum(one[kind] for one in given) for kind in REFERENCE
    }
    assert found == windows.figures(taken(rows), window)
    assert all((one["from"], one["to"]) == ("2020-07-01", "2021-06-30") for one in found.values())


@pytest.mark.rule("M-06")
@settings(deadline=None, max_examples=40)
@given(st.lists(fen, min_size=3, max_size=3), st.permutations(range(4)))
def test_months_and_their_quarter_agree_in_any_order(amounts, order):
    rows = [row(month, {"wages": one}) for month, one in zip(MONTHS, amounts, strict=True)]
    rows.append(row("2021Q2", {"wages": sum(amounts)}))
    books = taken([rows[place] for place in order])
    found = windows.known(books, "wages", reading.QUARTER.window)
    assert found.fen == sum(amounts)
    assert {one["period"] for one in books[2021]["entries"]} == {*MONTHS, "2021Q2"}


@pytest.mark.rule("M-06", "M-05")
@settings(deadline=None, max_examples=40)
@given(st.sets(st.sampled_from(QUARTERS), max_size=3), fen)
def test_a_window_with_a_gap_is_unknown_never_less(there, amount):
    books = taken([row(quarter, {"wages": amount}) for quarter in sorted(there)])
    assert windows.figures(books, twelve_months_before(ON)) == {}


@pytest.mark.rule("D-02")
@settings(deadline=None, max_examples=40)
@given(fen, fen)
def test_a_correction_twice_is_one_and_the_old_figure_stays(first, second):
    before = taken([row("2021Q2", {"wages": first})])[2021]
    right = row("2021Q2", {"wages": second}, reason="更正")
    once, counted = collecting.collected(before, [right], 3, by)
    twice, again = collecting.collected(once, [right], 3, by)
    assert (twice, again["unchanged"]) == (once, 1)
    assert once["entries"][0]["fen"] == first
    assert counted["corrected"] == (first != second)
    assert book.standing(once, "wages")["2021Q2"]["fen"] == second


@pytest.mark.rule("D-07")
@settings(deadline=None, max_examples=40)
@given(st.lists(fen, min_size=6, max_size=6), st.integers(0, 5))
def test_what_is_missing_makes_unknown_or_changes_nothing(amounts, hidden):
    keys = ("本季", "上年同季", "近四季", "此前四季", "本季支出", "上年同季支出")
    known = {key: f"{one // 100}.{one % 100:02d}" for key, one in zip(keys, amounts, strict=True)}
    view = POLICY.at(ON, "430426100001")
    before = income_watch(reading.course(known), reading.groups({}), view)
    after = income_watch(reading.course(known | {keys[hidden]: "不详"}), reading.groups({}), view)
    assert before.verdict is not Verdict.UNKNOWN
    assert after.verdict in (before.verdict, Verdict.UNKNOWN)
    assert replay(after.to_dict(), POLICY) == after


@pytest.mark.rule("D-04")
@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), max_size=8), st.integers(0, 8))
def test_villages_add_up_to_the_town_wherever_they_are_parted(pairs, cut):
    households = [reading.compared(list(pair)) for pair in pairs]
    parts = (growth.summary(households[:cut]), growth.summary(households[cut:]))
    whole = growth.summary(households)
    assert growth.added(parts) == whole
    assert sum(whole["bands"]) == whole["compared"] == len(pairs)
