"""Where households have no safe water, village by village (S-08: sectors report their own regional risks)."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _
from shouwang.department import signal

from ._points import newest_tests
from .tables import Repairs, Shortages, WaterTests, WaterUsers


@signal("sector", unit="households", version=1, shows={"points": ("供水点", "items")}, standing=True)
def without_safe_water(
    water_users: WaterUsers, water_tests: WaterTests, shortages: Shortages, repairs: Repairs
) -> Any:
    """没有安全饮水的农户：水质不合格、正在缺水且没有应急供水、故障没有修复的供水点的用水户."""
    failed = newest_tests(water_tests).filter(~_.passed).select("point")
    short = shortages.latest().filter(_.shortage == "short").select("point")
    broken = repairs.latest().filter(_.repair != "done").select("point")
    points = ibis.union(failed, short, broken, distinct=True)
    users = water_users.latest().select("person", "point", region=_.village).semi_join(points, "point")
    return users.group_by("region").agg(amount=_.person.nunique(), points=_.point.nunique())
