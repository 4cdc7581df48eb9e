"""What the education bureau reports of the ex-poor and the monitored (K-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.department import indicator

from ._provided import excused, of_compulsory_age, provided
from .tables import AidList, Dropouts, Roll, SchoolAge

COUNTY_DIGITS = 6
PERCENT = 100
AFTER_POVERTY = ("monitored", "ex_poor")


@indicator("compulsory_education_rate", unit="%")
def compulsory_education_rate(
    school_age: SchoolAge, aid_list: AidList, roll: Roll, dropouts: Dropouts, policy: Any, on: date
) -> Any:
    """脱贫户、监测对象适龄儿童少年中在校或读完初中的占全部；因身体原因不能在校且有佐证的除外."""
    listed = aid_list.latest().filter(_.aided_as.isin(AFTER_POVERTY))
    children = of_compulsory_age(school_age, policy, on).semi_join(listed, "person")
    due = children.anti_join(excused(dropouts.latest()), "person")
    told = due.mutate(provided=_.person.isin(provided(roll.latest()).person))
    share = _.provided.sum().cast("decimal(18, 6)") * PERCENT / _.count()
    county = told.group_by(region=_.village.substr(0, COUNTY_DIGITS))
    return county.agg(value=share.round(2).cast("decimal(18, 2)"))
