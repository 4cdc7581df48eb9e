"""Months, quarters, windows, and the two counts of days that the rules make."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import BadRequest
from shouwang.periods import Month, Quarter, Window, notice_opens_on, twelve_months_before

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
MONTHS = DAYS.map(Month.of)


@pytest.mark.rule("M-06")
def test_included_in_may_2021_looks_at_may_2020_to_april_2021():
    assert twelve_months_before(date(2021, 5, 20)) == Window(date(2020, 5, 1), date(2021, 4, 30))


@pytest.mark.rule("M-06")
@given(DAYS)
def test_the_income_window_is_twelve_whole_months_ending_before_the_month(day):
    window = twelve_months_before(day)
    months = list(window.months())
    assert len(months) == 12
    assert (window.start, window.end) == (months[0].first, months[-1].last)
    assert window.end + timedelta(days=1) == Month.of(day).first


@pytest.mark.rule("N-01")
@pytest.mark.rule("I-03")
def test_posted_on_the_first_of_march_for_seven_days_opens_on_the_ninth():
    opens = notice_opens_on(date(2021, 3, 1), 7)
    assert opens == date(2021, 3, 9)
    full_days = [date(2021, 3, 1) + timedelta(days=n) for n in range(1, 8)]
    assert full_days == [date(2021, 3, day) for day in range(2, 9)], "the day of posting is not counted"
    assert opens == full_days[-1] + timedelta(days=1)


@pytest.mark.rule("P-02")
def test_ten_days_across_the_end_of_a_leap_february():
    assert notice_opens_on(date(2024, 2, 25), 10) == date(2024, 3, 7)


@pytest.mark.parametrize("days", [0, -1, True])
def test_a_notice_has_at_least_one_day(days):
    with pytest.raises(BadRequest) as refused:
        notice_opens_on(date(2021, 3, 1), days)
    assert refused.value.code == "periods.notice_days"


@given(MONTHS, st.integers(-500, 500))
def test_shifting_a_month_there_and_back(month, by):
    assert month.shift(by).shift(-by) == month
    assert month.months_until(month.shift(by)) == by


@given(MONTHS)
def test_a_month_reads_back_and_covers_its_days(month):
    assert Month.parse(str(month)) == month
    assert month.last + timedelta(days=1) == month.shift(1).first
    assert month.window.days in (28, 29, 30, 31)


def test_a_month_knows_its_days_by_name():
    assert str(Month(2021, 5)) == "2021-05"
    assert (Month(2021, 2).first, Month(2021, 2).last) == (date(2021, 2, 1), date(2021, 2, 28))
    assert Month(2020, 2).last == date(2020, 2, 29)
    assert Month(2021, 12) < Month(2022, 1)


@pytest.mark.parametrize("text", ["2021-13", "2021-5", "2021", "", "2021-05-01", "二〇二一", None])
def test_another_form_of_month_is_refused(text):
    with pytest.raises(BadRequest) as refused:
        Month.parse(text)
    assert refused.value.code == "periods.form"


@given(DAYS)
def test_a_quarter_holds_its_day_and_reads_back(day):
    quarter = Quarter.of(day)
    assert day in quarter.window
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.shift(1).first == quarter.last + timedelta(days=1)
    assert quarter.shift(-4).year == quarter.year - 1


def test_a_quarter_by_hand():
    assert str(Quarter.of(date(2021, 6, 30))) == "2021Q2"
    assert Quarter(2021, 4).months == (Month(2021, 10), Month(2021, 11), Month(2021, 12))


@pytest.mark.parametrize("text", ["2021Q5", "2021Q0", "21Q1", "2021q1", "2021", "2021Q", "２０２１Q1"])
def test_another_form_of_quarter_is_refused(text):
    with pytest.raises(BadRequest):
        Quarter.parse(text)


def test_a_window_counts_both_ends():
    window = Window(date(2021, 5, 1), date(2021, 5, 31))
    assert window.days == 31
    assert date(2021, 5, 1) in window
    assert date(2021, 5, 31) in window
    assert date(2021, 6, 1) not in window
    assert str(window) == "2021-05-01 至 2021-05-31"
    assert Window.from_dict(window.to_dict()) == window


def test_a_window_that_runs_backwards_is_refused():
    with pytest.raises(BadRequest) as refused:
        Window(date(2021, 5, 2), date(2021, 5, 1))
    assert refused.value.code == "periods.backwards"
