"""Whose family lost its labour, as far as the household registration office can see (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, rule

from .comparison import RESTORED
from .tables import RegisterChanges

MONTHS = 12


@rule(
    "S-05",
    risk=Risk.NO_LABOUR,
    version=1,
    shows={"happened_on": "死亡日期", "age": ("死亡时年龄", "years_of_age")},
)
def labour_died(register_changes: RegisterChanges, policy: Any, on: date) -> Any:
    """劳动年龄内的人近期登记死亡（恢复户口的除外），提示核实该户是否缺劳动力，并核对成员."""
    since = on - timedelta(days=policy.death_warning_days)
    changes = register_changes.within(months=MONTHS, partial=True)
    died = changes.filter(_.kind == "death", _.happened_on > since)
    back = changes.filter(_.kind == RESTORED).select("person", back_on="happened_on")
    stands = died.anti_join(back, ["person", died.happened_on <= back.back_on])
    aged = stands.mutate(age=_years(_.born_on, _.happened_on))
    able = aged.filter(_.age >= policy.working_age.least, _.age < policy.working_age.below)
    return able.select("person", "happened_on", "age", region=_.village)


def _years(born: Any, day: Any) -> Any:
    """Return completed years."""
    birthday_to_come = (day.month() * 100 + day.day()) < (born.month() * 100 + born.day())
    return (day.year() - born.year() - birthday_to_come.cast("int32")).cast("int64")
