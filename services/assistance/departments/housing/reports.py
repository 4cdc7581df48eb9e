"""What the housing bureau reports (K-01, D-02): sewage of towns, unsafe houses of the monitored."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import indicator

from .rules import UNSAFE
from .tables import Appraisals, KeyGroups, TownSewage

COUNTY_DIGITS = 6
PERCENT = 100


@indicator("town_sewage_coverage", unit="%")
def town_sewage_coverage(town_sewage: TownSewage) -> Any:
    """乡镇污水处理设施覆盖率，建成运行的乡镇占全部乡镇."""
    county = town_sewage.latest().group_by(region=_.region.substr(0, COUNTY_DIGITS))
    share = _.covered.sum().cast("decimal(18, 6)") * PERCENT / _.count()
    return county.agg(value=share.round(2).cast("decimal(18, 2)"))


@indicator("monitored_housing_unsafe", unit="户")
def monitored_housing_unsafe(key_groups: KeyGroups, appraisals: Appraisals) -> Any:
    """监测户中有鉴定为 C、D 级且有人居住的住房的（居住情况没有登记的按有人居住），按鉴定册的村合计到县."""
    unsafe = appraisals.latest().filter(_.grade.isin(UNSAFE), _.occupied.fill_null(True))
    monitored = key_groups.latest().filter(_.group == "monitored")
    listed = appraisals.latest().mutate(unsafe=_.house.isin(unsafe.house)).semi_join(monitored, "person")
    county = listed.group_by(region=_.village.substr(0, COUNTY_DIGITS))
    return county.agg(value=_.person.nunique(where=_.unsafe))
