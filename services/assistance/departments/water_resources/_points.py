"""Points of supply: their newest test, and who draws from them."""

from __future__ import annotations

from typing import Any

from ibis import _

from .tables import WaterTests, WaterUsers


def newest_tests(water_tests: WaterTests) -> Any:
    """Return the newest test of each point."""
    tests = water_tests.latest().group_by("point")
    return tests.agg(passed=_.passed.argmax(_.tested_on), tested_on=_.tested_on.max())


def users_of(water_users: WaterUsers, points: Any) -> Any:
    """Return the users of points, with the village of the user as region."""
    users = water_users.latest().select("person", "point", region=_.village)
    return users.inner_join(points, "point")
