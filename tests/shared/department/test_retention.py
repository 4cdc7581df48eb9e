"""How long a table is kept: whose figure, which periods go, what stays whatever its age."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.department.retention import describe_kept, expired

from tests.shared.department.water import write_plugin

JULY, COUNTY = date(2021, 7, 5), "430426"
OWN = """\
retention:
  {name}:
    title: 各期的保存月数
    unit: months
    origin: county
    note: 县与水利局商定
    values:
      - {{region: "430426", from: 2021-01-01, review_by: 2021-12-31, value: 14, source: 县定}}
"""


def fill(lake: Lake, plugin: Plugin, *periods: str) -> None:
    table = plugin.tables["water_tests"]
    for period in periods:
        staged = lake.staging() / f"{period}.parquet"
        pq.write_table(pa.table({"row": [1, 2]}), staged)
        lake.publish(table, table.feed.parse(period), staged)


@pytest.mark.parametrize(("months", "gone"), [(12, ["2020-05", "2020-06"]), (13, ["2020-05"]), (14, [])])
def test_periods_that_ended_before_the_months_kept_go(
    plugin: Plugin, lake: Lake, months: int, gone: list[str]
) -> None:
    fill(lake, plugin, "2020-05", "2020-06", "2020-07", "2021-05", "2021-06")
    assert [str(one) for one in expired(plugin.tables["water_tests"], lake, months, JULY)] == gone


def test_the_two_newest_stay_whatever_their_age(plugin: Plugin, lake: Lake) -> None:
    fill(lake, plugin, "2015-01", "2015-02", "2015-03")
    assert [str(one) for one in expired(plugin.tables["water_tests"], lake, 12, JULY)] == ["2015-01"]


def test_periods_that_have_not_begun_are_none_of_the_two_newest(plugin: Plugin, lake: Lake) -> None:
    fill(lake, plugin, "2015-01", "2015-02", "2030-01", "2030-02")
    assert expired(plugin.tables["water_tests"], lake, 12, JULY) == []


@pytest.mark.parametrize("name", ["months", "water_tests"])
def test_a_plugin_says_its_own_term(tmp_path: Path, name: str) -> None:
    policy = ("policy/retention.yaml", "", OWN.format(name=name))
    plugin = Plugin.load(write_plugin(tmp_path / "water", policy))
    (kept,) = describe_kept(plugin, JULY, COUNTY)
    assert kept == {
        "table": "water_tests",
        "months": 14,
        "parameter": f"retention.{name}",
        "source": "县定",
    }
    (past,) = describe_kept(plugin, date(2022, 1, 1), COUNTY)
    assert (past["months"], "复核" in past["reason"]) == (None, True), "past its review nothing is removed"


def test_without_a_term_of_its_own_the_common_one_holds(plugin: Plugin) -> None:
    (kept,) = describe_kept(plugin, JULY, COUNTY)
    assert (kept["months"], kept["parameter"]) == (36, "retention.months")


def test_a_period_removed_twice_is_removed_once(plugin: Plugin, lake: Lake) -> None:
    fill(lake, plugin, "2020-05")
    table = plugin.tables["water_tests"]
    period = table.feed.parse("2020-05")
    assert lake.rows(table, period) == 2
    lake.remove(table, period)
    lake.remove(table, period)
    assert lake.periods(table) == []
