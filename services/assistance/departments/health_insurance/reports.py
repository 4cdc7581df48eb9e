"""What the health insurance bureau reports of the ex-poor and the monitored (K-01, D-02)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import indicator

from .tables import Insured, SpecialGroups

COUNTY_DIGITS = 6
PERCENT = 100


@indicator("medical_insurance_rate", unit="%")
def medical_insurance_rate(special_groups: SpecialGroups, insured: Insured) -> Any:
    """脱贫人口和监测对象中正常参保的占全部；登记册里没有的人算没有参保."""
    share = _.insured.sum().cast("decimal(18, 6)") * PERCENT / _.count()
    return _by_county(special_groups.latest(), insured).agg(value=share.round(2).cast("decimal(18, 2)"))


@indicator("monitored_uninsured", unit="人")
def monitored_uninsured(special_groups: SpecialGroups, insured: Insured) -> Any:
    """监测对象中没有正常参保的人数."""
    monitored = special_groups.latest().filter(_.group == "monitored")
    return _by_county(monitored, insured).agg(value=(~_.insured).sum())


def _by_county(people: Any, insured: Insured) -> Any:
    """Group people by county, each with whether he is insured now."""
    standing = insured.latest().filter(_.status == "insured")
    told = people.mutate(insured=_.person.isin(standing.person))
    return told.group_by(region=_.village.substr(0, COUNTY_DIGITS))
