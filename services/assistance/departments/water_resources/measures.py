"""What the water bureau can do (A-07): repair and treat, or bring water while it is short (A44, yes or no).

Sources: 湘委乡振组发〔2021〕1号 三(二)7 (L2354), 湘振局发〔2021〕18号 第二章第二节四 (L1347).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
from shouwang.department import (
    Entitlement,
    Household,
    State,
    entitled,
    measure,
    not_entitled,
    unknown,
    view,
)

from ._points import newest_tests, overdue, users_of
from .tables import Repairs, Shortages, SupplyPoints, WaterTests, WaterUsers

NONE = "none"


@view(shows={"point": "供水点"}, absent=NONE)
def used(water_users: WaterUsers) -> Any:
    """The point that a household draws from, by its head."""
    return water_users.latest().select("person", "point")


@view(shows={"shortage": "缺水状况", "repair": "维修状态"}, absent=NONE)
def running(water_users: WaterUsers, shortages: Shortages, repairs: Repairs) -> Any:
    """How the point stands; no entry in a ledger means neither short nor broken."""
    users = water_users.latest().select("person", "point")
    short = shortages.latest().select("point", "shortage")
    broken = repairs.latest().select("point", "repair")
    both = users.left_join(short, "point").drop("point_right").left_join(broken, "point")
    return both.select("person", "shortage", "repair").fill_null({"shortage": NONE, "repair": NONE})


@view(shows={"passed": ("最近一次水质检测合格", "yes_no")})
def tested(water_users: WaterUsers, water_tests: WaterTests) -> Any:
    """Whether the newest test of the point was passed; a point without any test is unknown."""
    users = water_users.latest().select("person", "point")
    return users.inner_join(newest_tests(water_tests), "point").select("person", "passed")


@view(shows={"overdue": ("水质检测逾期", "yes_no")}, absent=False)
def late(
    water_users: WaterUsers, supply_points: SupplyPoints, water_tests: WaterTests, policy: Any, on: date
) -> Any:
    """Whether a test of the point is overdue: a pass holds until the next is due (decision 0270)."""
    points = overdue(supply_points, water_tests, policy, on)
    return users_of(water_users, points).select("person", overdue=ibis.literal(True))


@measure(
    code="A44",
    title="饮水安全保障",
    risks=[State.WATER],
    evidence=["维修或供水记录", "复检报告", "农户确认单"],
    rule="A-07",
)
def safe_water(household: Household, used: Any, running: Any, tested: Any, late: Any) -> Entitlement:
    """缺水的落实应急供水，故障的维修更换管道，水质不合格的整改或改换水源；不发钱."""
    heads = [ref for ref, one in used.items() if one.point != NONE]
    if not heads:
        return unknown("用水户台账中没有该户，请先核实水源")
    states = {running[ref].shortage for ref in heads}
    if "short" in states:
        return entitled(reason="落实应急供水预案，送水到户")
    if {running[ref].repair for ref in heads} & {"waiting", "under_way"}:
        return entitled(reason="及时维修更换管道")
    if "emergency" in states:
        return not_entitled("已在应急供水", receiving=True)
    return _by_tests([tested[ref] for ref in heads], [late[ref] for ref in heads])


def _by_tests(tests: list[Any], times: list[Any]) -> Entitlement:
    if not all(one.passed for one in tests):
        return entitled(reason="水质不合格，整改净化或改换水源，并复检")
    if any(one.overdue for one in times):
        return unknown("水质检测逾期，上次合格不能说明现在，请先补检")
    return not_entitled("供水正常，最近一次水质检测合格")
