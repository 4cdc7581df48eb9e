"""What the health bureau tells of places: outbreaks (S-08), doctors for a thousand people (K-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
from ibis import _
from shouwang.department import indicator, signal

from .tables import Outbreaks, Workforce

COUNTY_DIGITS = 6
THOUSAND = 1000


@signal("epidemic", unit="persons", version=1, shows={"events": ("事件数", "items")})
def outbreak(outbreaks: Outbreaks, on: date) -> Any:
    """正在发生的疫情等突发公共卫生事件影响的人数."""
    going_on = outbreaks.latest().filter((_.ended_on > on).fill_null(True))
    counted = ibis.ifelse(_.affected.isnull().any(), ibis.null("int64"), _.affected.sum())
    places = going_on.group_by("region")
    return places.agg(amount=counted, events=_.count(), started_on=_.started_on.min())


@indicator("doctors_per_thousand", unit="人")
def doctors_per_thousand(workforce: Workforce) -> Any:
    """每千人口拥有执业（助理）医师数，全县合计."""
    county = workforce.latest().group_by(region=_.region.substr(0, COUNTY_DIGITS))
    per_head = _.doctors.sum().cast("decimal(18, 6)") * THOUSAND / _.population.sum()
    return county.agg(value=per_head.round(2).cast("decimal(18, 2)"))
