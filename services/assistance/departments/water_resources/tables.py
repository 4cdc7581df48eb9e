"""The tables of the water bureau: points of supply, who uses which, tests, shortages, repairs.

Points are places; only the list of users names people (户主). What is not declared (户主姓名, 水表号, 电话)
is left at the door and never kept. All tables are ledgers that hold everything each time.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, monthly, place, quarterly, text, yes_no

LEDGER = monthly(stale_after_days=45)
POINT = "供水点编号"
POINT_ALIASES = ["供水工程编号", "水源点编号"]
VILLAGE = "村居代码"


class SupplyPoints(Table):
    """农村供水工程台账: one row per works or scattered source."""

    title = "供水工程"
    feed = quarterly(stale_after_days=100)
    unique = ("point",)

    point = text(POINT, aliases=POINT_ALIASES)
    village = place(VILLAGE)
    kind = code(
        "供水类型",
        {"规范化水厂": "works", "城乡一体化": "works", "单村供水": "village", "分散供水": "scattered"},
        aliases=["工程类型"],
    )
    opened_on = date("投用日期", aliases=["通水日期"])


class WaterUsers(Table):
    """用水户台账: one row per household, by its head."""

    title = "用水户"
    feed = quarterly(stale_after_days=100)
    unique = ("person",)

    person = id_number("户主身份证号", aliases=["身份证号", "公民身份号码"])
    village = place(VILLAGE)
    point = text(POINT, aliases=POINT_ALIASES)


class WaterTests(Table):
    """水质检测台账: one row per point and day of sampling, of the last two years."""

    title = "水质检测"
    feed = LEDGER
    unique = ("point", "tested_on")

    point = text(POINT, aliases=POINT_ALIASES)
    village = place(VILLAGE)
    tested_on = date("采样日期", aliases=["检测日期"])
    passed = yes_no("是否合格", aliases=["综合判定合格"])


class Shortages(Table):
    """季节性缺水台账: one row per point that was short this year or the last, as it stands now."""

    title = "季节性缺水"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("point",)

    point = text(POINT, aliases=POINT_ALIASES)
    village = place(VILLAGE)
    since = date("缺水起始日期")
    shortage = code("缺水状况", {"正在缺水": "short", "应急供水": "emergency", "已恢复": "over"})


class Repairs(Table):
    """供水故障维修台账: one row per point, its newest report."""

    title = "供水维修"
    feed = LEDGER
    unique = ("point",)

    point = text(POINT, aliases=POINT_ALIASES)
    village = place(VILLAGE)
    reported_on = date("报修日期")
    repair = code("维修状态", {"待修": "waiting", "维修中": "under_way", "已修复": "done"})
