"""Which periods answer a question: the newest fresh one, the months wanted, the gaps."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest
from shouwang.department import Table, id_number, monthly, quarterly, yearly
from shouwang.department.lake import Lake
from shouwang.errors import BadRequest, UnknownValue
from shouwang.periods import Month


class Claims(Table):
    """A monthly table."""

    feed = monthly(stale_after_days=45)
    person = id_number("身份证号")


class Registry(Table):
    """A yearly table."""

    feed = yearly(stale_after_days=60)
    person = id_number("身份证号")


class Property(Table):
    """A quarterly table."""

    feed = quarterly(stale_after_days=30)
    person = id_number("身份证号")


def fill(lake: Lake, table: type[Table], *periods: str) -> None:
    for period in periods:
        staged = lake.staging() / f"{period}.parquet"
        staged.write_bytes(b"rows")
        lake.publish(table, table.feed.parse(period), staged)


def test_periods_come_oldest_first(lake: Lake) -> None:
    fill(lake, Claims, "2021-05", "2020-12", "2021-01")
    assert [str(period) for period in lake.periods(Claims)] == ["2020-12", "2021-01", "2021-05"]


def test_publishing_says_whether_it_replaced(lake: Lake, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    june = Claims.feed.parse("2021-06")
    lake.root.mkdir()
    assert lake.publish(Claims, june, first) is False
    assert lake.publish(Claims, june, second) is True
    assert lake.file(Claims, june).read_bytes() == b"two"


@pytest.mark.rule("S-05")
def test_nothing_imported_is_unknown(lake: Lake) -> None:
    with pytest.raises(UnknownValue) as refused:
        lake.latest(Claims, date(2021, 6, 30))
    assert refused.value.code == "department.no_data"


@pytest.mark.rule("S-05")
@pytest.mark.parametrize(("on", "stale"), [(date(2021, 7, 15), False), (date(2021, 7, 16), True)])
def test_a_feed_is_stale_after_its_days(lake: Lake, on: date, stale: bool) -> None:
    fill(lake, Claims, "2021-05")
    if stale:
        with pytest.raises(UnknownValue, match="超过 45 天") as refused:
            lake.latest(Claims, on)
        assert refused.value.code == "department.stale"
    else:
        assert [str(one) for one in lake.latest(Claims, on).periods] == ["2021-05"]


def test_what_came_later_does_not_answer_an_earlier_day(lake: Lake) -> None:
    fill(lake, Claims, "2021-05", "2021-07")
    assert str(lake.newest(Claims, date(2021, 6, 30))) == "2021-05"


def test_twelve_months_with_their_gap(lake: Lake) -> None:
    fill(lake, Claims, "2020-06", "2020-07", "2021-04", "2021-05", "2021-06", "2021-07")
    found = lake.within(Claims, Month(2021, 6), 12, date(2021, 6, 30))
    assert [str(one) for one in found.periods] == ["2020-07", "2021-04", "2021-05", "2021-06"]
    assert [str(one) for one in found.missing] == [f"20{month}" for month in (
        "20-08", "20-09", "20-10", "20-11", "20-12", "21-01", "21-02", "21-03"
    )]  # fmt: skip


def test_a_month_that_is_not_due_yet_is_no_gap(lake: Lake) -> None:
    fill(lake, Claims, "2021-04", "2021-05")
    found = lake.within(Claims, Month(2021, 6), 3, date(2021, 6, 30))
    assert [str(one) for one in found.missing] == []


def test_years_and_quarters_cover_the_months(lake: Lake) -> None:
    fill(lake, Registry, "2020", "2021")
    fill(lake, Property, "2020Q4", "2021Q2")
    assert [str(one) for one in lake.within(Registry, Month(2021, 6), 12, date(2021, 6, 30)).periods] == [
        "2020",
        "2021",
    ]
    found = lake.within(Property, Month(2021, 6), 9, date(2021, 6, 30))
    assert ([str(one) for one in found.periods], [str(one) for one in found.missing]) == (
        ["2020Q4", "2021Q2"],
        ["2021Q1"],
    )


def test_the_period_before(lake: Lake) -> None:
    fill(lake, Claims, "2021-03", "2021-05", "2021-06")
    assert str(lake.previous(Claims, date(2021, 6, 1)).periods[0]) == "2021-05"
    with pytest.raises(UnknownValue, match="2021-02"):
        lake.previous(Claims, date(2021, 4, 1))


@pytest.mark.rule("K-01")
def test_an_older_period_is_not_taken_for_the_one_before(lake: Lake) -> None:
    fill(lake, Claims, "2021-03", "2021-05")
    fill(lake, Registry, "2019", "2021")
    fill(lake, Property, "2020Q4", "2021Q2")
    for table, missing in ((Claims, "2021-04"), (Registry, "2020"), (Property, "2021Q1")):
        with pytest.raises(UnknownValue, match=missing) as refused:
            lake.previous(table, date(2021, 6, 1))
        assert refused.value.code == "department.missing_period"


@pytest.mark.parametrize(("feed", "text"), [(Claims, "2021"), (Registry, "2021-05"), (Property, "2021-05")])
def test_a_period_of_another_feed_is_refused(feed: type[Table], text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        feed.feed.parse(text)
    assert refused.value.code == "periods.form"


def test_only_old_unfinished_imports_are_cleared(lake: Lake) -> None:
    old, young = lake.staging() / "old.parquet", lake.staging() / "young.parquet"
    old.write_bytes(b"")
    young.write_bytes(b"")
    os.utime(old, (time.time() - 100_000,) * 2)
    assert lake.clear_staging() == 1
    assert [path.name for path in lake.staging().iterdir()] == ["young.parquet"]
