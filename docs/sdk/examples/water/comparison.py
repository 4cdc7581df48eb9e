from ibis import _
from shouwang.department import fact


@fact("供水", shows={"tests": ("检测次数", "times")}, absent=0)
def supply(water_tests):
    """Tests on record."""
    return water_tests.latest().group_by("person").agg(tests=_.count())
