from ibis import _
from shouwang.department import State, rule

from .tables import WaterTests


@rule("S-05", risk=State.WATER, version=1, shows={"turbidity": "浑浊度"})
def unsafe_water(water_tests: WaterTests, policy):
    """饮水检测不合格，提示核实."""
    worst = water_tests.within(months=2).group_by("person").agg(turbidity=_.turbidity.max())
    return worst.filter(_.turbidity > policy.turbidity_line)
