"""Who is at risk, as far as the civil affairs bureau can see from its own registers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, State, rule

from .tables import Destitute, MinimumLiving

ENDED_OTHERWISE = ("death", "moved")
REASONS = {
    "income": "收入超标",
    "property": "财产超标",
    "own_wish": "自愿退出",
    "other": "其他",
}


@rule(
    "S-05",
    risk=State.INCOME,
    version=1,
    shows={"stopped_on": "停保日期", "reason": "停保原因"},
)
def lost_minimum_living(minimum_living: MinimumLiving, destitute: Destitute, policy: Any, on: date) -> Any:
    """近期停发低保且未转入特困供养，提示入户核实收入是否稳定."""
    since = on - timedelta(days=policy.lost_minimum_living_days)
    stopped = minimum_living.latest().filter(
        _.status == "stopped",
        _.stopped_on > since,
        ~_.stopped_for.isin(ENDED_OTHERWISE).fill_null(False),
    )
    left = stopped.anti_join(destitute.latest(), "person")
    reason = _.stopped_for.cases(*REASONS.items(), else_="未登记")
    return left.select("person", "stopped_on", region=_.village, reason=reason)


@rule(
    "S-05",
    risk=Risk.NO_LABOUR,
    version=1,
    shows={"ability": "自理能力", "agreement": "委托照料协议"},
)
def dependent_without_care(destitute: Destitute) -> Any:
    """分散供养的半失能、失能特困人员没有登记委托照料协议，提示核实照料服务."""
    alone = destitute.latest().filter(
        _.support == "at_home", _.ability != "able", ~_.care_agreement.fill_null(False)
    )
    ability = _.ability.cases(("partly", "半失能"), ("unable", "失能"))
    agreement = _.care_agreement.isnull().ifelse("未登记", "无")
    return alone.select("person", region=_.village, ability=ability, agreement=agreement)
