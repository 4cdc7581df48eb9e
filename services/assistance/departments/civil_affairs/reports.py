"""The figure that civil affairs reports for the county (K-01, 专栏1-2 第6项)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import indicator

from .tables import LivingStandards

COUNTY_DIGITS = 6
PERCENT = 100


@indicator("minimum_living_standard_rise", unit="%")
def minimum_living_standard_rise(living_standards: LivingStandards) -> Any:
    """农村低保标准比上年的调幅；没有上年的标准，不详."""
    now, before = _by_county(living_standards.latest()), _by_county(living_standards.previous())
    both = now.inner_join(before.rename(before="rural"), "region")
    rise = (_.rural - _.before).cast("decimal(18, 6)") * PERCENT / _.before
    return both.select("region", value=rise.round(2).cast("decimal(18, 2)"))


def _by_county(standards: Any) -> Any:
    """Return the standard of the county; unknown where its towns have not the same."""
    county = standards.group_by(region=_.region.substr(0, COUNTY_DIGITS))
    same = _.rural.min() == _.rural.max()
    return county.agg(rural=same.ifelse(_.rural.max(), None))
