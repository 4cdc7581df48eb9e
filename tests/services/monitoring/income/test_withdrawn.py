"""A payment that turned out not to be made counts nowhere, whichever word comes first (K-02, 0282)."""

from datetime import date

import pytest
from shouwang.errors import BadRequest

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import CADRE, COUNTY, collect, figures, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import HOME

QUARTER, DAY = "2021Q2", "2021-05-10"
PAID = {"payment": "t-p1", "household": HOME, "region": VILLAGE, "case": "c", "department": "civil_affairs"}
PAID |= {"measure": "A48-03", "kind": "transfer", "fen": 600_00, "on": DAY}
TAKEN_BACK = PAID | {"reason": "not_received", "withdrawn_on": "2021-07-02"}


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def paid(county, **more):
    county.hear("assistance", "measure.paid", "income_paid", PAID | more)


def taken_back(county, **more):
    county.hear("assistance", "measure.payment_withdrawn", "income_withdrawn", TAKEN_BACK | more)


def seen(county, home=HOME):
    return county.call(CADRE, "income", household=home, before="2021-07-01")


def transfers(county):
    from shouwang.periods import Quarter

    from services.monitoring.handlers.income.windows import known_figures

    window = Quarter.parse(QUARTER).window
    return known_figures(county.context(CADRE), HOME, window)["transfers"]["fen"]


def open_flags(county):
    return [one["check"] for one in county.call(COUNTY, "income_flags", region=VILLAGE)]


@pytest.mark.rule("K-02", "D-05")
@pytest.mark.parametrize(
    "order", [(paid, taken_back), (taken_back, paid), (paid, taken_back, taken_back, paid)]
)
def test_in_whatever_order_it_stands_as_withdrawn_and_is_in_no_figure(village, order):
    for tell in order:
        tell(village)
    collect(village, one(QUARTER, figures=figures(transfers=100_00), apart=True))
    (shown,) = seen(village)["payments"]
    assert shown["withdrawn"] == {"on": "2021-07-02", "reason": "not_received"}
    assert transfers(village) == 100_00


@pytest.mark.rule("D-05")
def test_the_flag_that_a_false_payment_raised_is_cleared_at_the_next_review(village):
    collect(village, one(QUARTER, figures=figures(transfers=100_00)))
    paid(village)
    village.day()
    assert "paid" in open_flags(village)
    village.clock.advance_to(date(2021, 7, 6))
    taken_back(village)
    (marked,) = village.store.income_villages.find({"state.year": 2021}, region=VILLAGE)
    assert marked.state["status"] == "stale" and QUARTER in marked.state["touched"]
    village.day()
    assert "paid" not in open_flags(village)


@pytest.mark.rule("D-04", "K-02")
def test_of_two_sums_the_other_still_counts(village):
    paid(village)
    paid(village, payment="t-p2", fen=50_00)
    collect(village, one(QUARTER, figures=figures(transfers=100_00), apart=True))
    assert transfers(village) == 750_00
    taken_back(village)
    assert transfers(village) == 150_00


@pytest.mark.rule("R-05")
def test_on_a_day_before_it_was_withdrawn_it_counted(village):
    from shouwang.periods import Month

    from services.monitoring.domain.income.book import as_of
    from services.monitoring.domain.income.book import paid as counted

    paid(village)
    taken_back(village)
    book = village.store.income_books.get(f"{HOME}-B2021").state
    then = [counted(as_of(book, date(2021, 7, day)), "transfers", (Month(2021, 5),)) for day in (1, 2)]
    assert [[one["fen"] for one in each] for each in then] == [[600_00], []]


@pytest.mark.rule("K-02")
def test_a_withdrawal_of_another_sum_under_the_same_id_is_refused(village):
    paid(village)
    with pytest.raises(BadRequest) as refused:
        taken_back(village, fen=1)
    assert refused.value.code == "income.payment_differs"


@pytest.mark.rule("K-02")
def test_what_is_no_income_is_left_alone(village):
    taken_back(village, kind="reimbursement")
    assert village.store.income_books.find(region=VILLAGE) == []
