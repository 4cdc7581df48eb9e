"""Points of supply: their newest test, and who draws from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _

from ._days import months_before
from .tables import SupplyPoints, WaterTests, WaterUsers


def newest_tests(water_tests: WaterTests) -> Any:
    """Return the newest test of each point."""
    tests = water_tests.latest().group_by("point")
    return tests.agg(passed=_.passed.argmax(_.tested_on), tested_on=_.tested_on.max())


def overdue(supply_points: SupplyPoints, water_tests: WaterTests, policy: Any, on: date) -> Any:
    """Return village and scattered points without a test in time; works test what leaves them every day."""
    since = months_before(on, policy.water_test_months)
    points = supply_points.latest().filter(_.kind != "works").drop("village")
    tested = newest_tests(water_tests).select("point", "tested_on")
    return points.left_join(tested, "point").filter(_.tested_on.fill_null(_.opened_on) < since)


def users_of(water_users: WaterUsers, points: Any) -> Any:
    """Return the users of points, with the village of the user as region."""
    users = water_users.latest().select("person", "point", region=_.village)
    return users.inner_join(points, "point")
