"""Which families live under a geological hazard (S-05: 因自然灾害)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import Risk, of_newest, rule

from .tables import LEVELS, HazardHouseholds

LABELS = [(value, label) for label, value in LEVELS.items()]


@rule("S-05", risk=Risk.DISASTER, version=1, shows={"level": "风险等级", "listed_on": "认定日期"})
def under_hazard(hazard_households: HazardHouseholds, policy: Any) -> Any:
    """受地质灾害高风险隐患点威胁而没有搬迁避让（没有登记的按没有搬迁提示），提示核实并安排避险."""
    threatened = hazard_households.latest().filter(
        _.level.isin(list(policy.hazard_levels)), ~_.moved.fill_null(False)
    )
    return threatened.group_by("person").agg(
        level=of_newest(_.level, _.listed_on).cases(*LABELS),
        listed_on=_.listed_on.max(),
        region=_.village.max(),
    )
