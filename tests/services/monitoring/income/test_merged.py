"""The income of people who were merged into another household is theirs there too (M-05, D-01, 0284)."""

import pytest
from shouwang.periods import Quarter

from services.monitoring.handlers.income.windows import known_figures
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import CADRE, collect, figures, one
from tests.services.monitoring.registry.village import HEAD, HOME, OTHER, SECOND, THIRD, move
from tests.services.monitoring.sheet import household

PAID = {"payment": "t-p1", "household": HOME, "region": VILLAGE, "case": "c", "department": "civil_affairs"}
PAID |= {"measure": "A48-03", "kind": "transfer", "fen": 600_00, "on": "2021-05-10"}
YEAR = ("2020Q3", "2020Q4", "2021Q1", "2021Q2")


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def merge(county):
    move(
        county, "merge", to=OTHER, relations={HEAD: "other", SECOND: "other", THIRD: "other"}, on="2021-07-02"
    )


def paid(county, **more):
    county.hear("assistance", "measure.paid", "income_paid", PAID | more)


def taken_back(county, **more):
    told = PAID | {"reason": "not_paid", "withdrawn_on": "2021-07-05"} | more
    county.hear("assistance", "measure.payment_withdrawn", "income_withdrawn", told)


def payments(county, home):
    book = county.store.income_books.get_or_none(f"{home}-B2021")
    return {id: "withdrawn" in one for id, one in (book.state["payments"] if book else {}).items()}


def income(county, home=OTHER):
    return county.call(CADRE, "income", household=home, before="2021-07-01")


@pytest.mark.rule("K-02", "D-01")
def test_a_payment_told_to_a_number_that_is_gone_reaches_the_household_that_lives(village):
    merge(village)
    paid(village)
    assert (payments(village, HOME), payments(village, OTHER)) == ({}, {"t-p1": False})
    paid(village)
    taken_back(village)
    assert payments(village, OTHER) == {"t-p1": True}


@pytest.mark.rule("K-02", "D-01")
def test_what_was_noted_before_the_merger_is_withdrawn_where_it_stands(village):
    paid(village)
    merge(village)
    paid(village)
    taken_back(village)
    assert (payments(village, HOME), payments(village, OTHER)) == ({"t-p1": True}, {})


@pytest.mark.rule("K-02", "D-01")
def test_a_withdrawal_heard_before_the_merger_and_the_payment_after_it_meet(village):
    taken_back(village)
    merge(village)
    paid(village)
    assert (payments(village, HOME), payments(village, OTHER)) == ({"t-p1": True}, {})


@pytest.mark.rule("M-05", "M-06", "D-01")
def test_the_twelve_months_of_the_household_are_those_of_both(village):
    for quarter in YEAR:
        collect(village, one(quarter, figures=figures(wages=1_000_00, transfers=10_00), apart=True))
        collect(village, one(quarter, figures=figures(wages=2_000_00)), home=OTHER)
    paid(village)
    assert income(village)["figures"]["wages"]["fen"] == 8_000_00
    merge(village)
    seen = income(village)
    assert seen["figures"]["wages"]["fen"] == 12_000_00
    assert seen["figures"]["transfers"]["fen"] == 4 * 10_00 + 600_00
    assert seen["per_head"] == round((12_000_00 + 640_00) / 6)
    assert [each["payment"] for each in seen["payments"]] == ["t-p1"]
    window = Quarter(2021, 2).window
    assert known_figures(village.context(CADRE), OTHER, window)["transfers"]["fen"] == 610_00
    taken_back(village)
    assert income(village)["figures"]["transfers"]["fen"] == 40_00


@pytest.mark.rule("M-05", "D-01")
def test_where_one_of_both_was_not_collected_the_sum_is_not_known(village):
    for quarter in YEAR:
        collect(village, one(quarter, figures=figures(wages=2_000_00)), home=OTHER)
    merge(village)
    assert (income(village)["figures"], income(village)["per_head"]) == ({}, None)


@pytest.mark.rule("M-05", "D-01")
def test_who_moves_alone_takes_no_book_along(village):
    for quarter in YEAR:
        collect(village, one(quarter, figures=figures(wages=2_000_00)), home=OTHER)
    move(village, "move", refs=[THIRD], to=OTHER, relations={THIRD: "other"}, on="2021-07-02")
    assert income(village)["figures"]["wages"]["fen"] == 8_000_00


@pytest.mark.rule("D-01")
def test_the_registry_tells_who_took_them_in(village):
    merge(village)
    told = {
        data["household"]: data["moved_to"] for kind, data in village.events() if kind == "household.changed"
    }
    assert told == {OTHER: None, HOME: OTHER}
