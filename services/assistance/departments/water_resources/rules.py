"""Whose drinking water is not safe, as far as the water bureau can see (S-05, A-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import State, rule

from ._points import newest_tests, overdue, users_of
from .tables import Repairs, Shortages, SupplyPoints, WaterTests, WaterUsers


@rule("S-05", risk=State.WATER, version=1, shows={"tested_on": "最近一次采样", "result": "检测结果"})
def unsafe_water(water_users: WaterUsers, water_tests: WaterTests) -> Any:
    """供水点最近一次水质检测不合格，提示核实并整改."""
    failed = newest_tests(water_tests).filter(~_.passed).mutate(result=_.passed.ifelse("合格", "不合格"))
    return users_of(water_users, failed).select("person", "region", "tested_on", "result")


@rule("S-05", risk=State.WATER, version=1, shows={"since": "缺水起始日期", "supply": "应急供水"})
def seasonal_shortage(water_users: WaterUsers, shortages: Shortages, policy: Any, on: date) -> Any:
    """供水点季节性缺水达到提示天数，提示核实应急供水是否到户."""
    since = on - timedelta(days=policy.shortage_warning_days)
    lasting = shortages.latest().filter(_.shortage != "over", _.since <= since)
    told = lasting.mutate(supply=_.shortage.cases(("short", "没有"), ("emergency", "已启动")))
    return users_of(water_users, told).select("person", "region", "since", "supply")


@rule("S-05", risk=State.WATER, version=1, shows={"reported_on": "报修日期"})
def long_repair(water_users: WaterUsers, repairs: Repairs, policy: Any, on: date) -> Any:
    """供水故障报修后超过期限没有修复，提示核实是否断水."""
    since = on - timedelta(days=policy.repair_days)
    waiting = repairs.latest().filter(_.repair != "done", _.reported_on < since)
    return users_of(water_users, waiting).select("person", "region", "reported_on")


@rule("S-05", risk=State.WATER, version=1, shows={"tested_on": "最近一次采样", "opened_on": "投用日期"})
def test_overdue(
    water_users: WaterUsers, supply_points: SupplyPoints, water_tests: WaterTests, policy: Any, on: date
) -> Any:
    """单村和分散供水点半年没有水质检测，水质不详，提示补检并核实（水厂出厂水另有日检）."""
    late = overdue(supply_points, water_tests, policy, on)
    return users_of(water_users, late).select("person", "region", "tested_on", "opened_on")
