"""Who of the relocated has no work, and who worked and was not paid (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, rule

from ._families import families
from .tables import RelocatedPersons, WorkReliefWages


@rule(
    "S-05",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={"able": ("有意愿的劳动力", "persons"), "not_told": ("其中就业情况没有登记", "persons")},
)
def relocated_without_job(relocated_persons: RelocatedPersons) -> Any:
    """易地搬迁户有劳动力且有就业意愿（没有登记的按有意愿），没有一人登记就业，提示核实."""
    jobless = families(relocated_persons).filter(_.able > 0, _.employed == 0)
    return jobless.select("able", "not_told", person=_.householder, region=_.village)


@rule(
    "S-05",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={"owed": ("拖欠的劳务报酬", "fen"), "since": "最早应发日期"},
)
def wages_unpaid(work_relief_wages: WorkReliefWages, policy: Any, on: date) -> Any:
    """以工代赈劳务报酬超过应发日期一定天数没有足额发放，提示核实收入."""
    until = on - timedelta(days=policy.wage_grace_days)
    overdue = work_relief_wages.latest().filter(_.pay_due_on < until, _.paid < _.due)
    return overdue.group_by("person").agg(
        owed=_.due.sum() - _.paid.sum(), since=_.pay_due_on.min(), region=_.village.max()
    )
