"""Whom a road accident killed or gravely injured (S-05: 因意外事故)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, of_newest, rule

from .tables import GRADES, Casualties

GRAVE = ("dead", "grave")
LABELS = [(value, label) for label, value in GRADES.items()]


@rule("S-05", risk=Risk.ACCIDENT, version=1, shows={"happened_on": "事故日期", "grade": "伤亡程度"})
def road_casualty(casualties: Casualties, policy: Any, on: date) -> Any:
    """近期交通事故中死亡或重伤的人员，提示核实家庭支出、收入和劳动力."""
    since = on - timedelta(days=policy.accident_warning_days)
    hit = casualties.latest().filter(_.grade.isin(GRAVE), _.happened_on > since).group_by("person")
    grade = of_newest(_.grade, _.happened_on).cases(*LABELS)
    return hit.agg(happened_on=_.happened_on.max(), grade=grade, region=_.village.max())
