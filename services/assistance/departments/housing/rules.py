"""Whose house is not safe, as far as the housing bureau can see (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import State, rule

from .tables import Appraisals, DamagedHouses, HelpedHouses

UNSAFE = ("C", "D")
TURNED_DANGEROUS = ("collapsed", "severe")
DAMAGES = (("collapsed", "倒塌"), ("severe", "严重损坏"))


@rule(
    "S-05",
    risk=State.HOUSING,
    version=1,
    shows={"grade": "鉴定等级", "houses": ("危房", "items"), "appraised_on": "鉴定日期"},
)
def dangerous_house_occupied(appraisals: Appraisals) -> Any:
    """鉴定为 C 级或 D 级的农房有人居住（未登记的按有人居住提示），提示核实并安排改造."""
    unsafe = appraisals.latest().filter(_.grade.isin(UNSAFE), _.occupied.fill_null(True))
    return unsafe.group_by("person").agg(
        grade=_.grade.max(), houses=_.count(), appraised_on=_.appraised_on.max(), region=_.village.max()
    )


@rule(
    "A-14",
    risk=State.HOUSING,
    version=1,
    shows={"happened_on": "受灾日期", "helped_on": "改造验收日期", "damage": "损坏程度"},
)
def helped_house_damaged(
    damaged_houses: DamagedHouses, helped_houses: HelpedHouses, policy: Any, on: date
) -> Any:
    """享受过危房改造补助的住房又因灾倒塌或严重损坏，按程序可再次纳入支持."""
    helped = helped_houses.latest().group_by("house").agg(helped_on=_.helped_on.max())
    hit = _turned_dangerous(damaged_houses, policy, on).inner_join(helped, "house")
    since = hit.filter(_.happened_on >= _.helped_on)
    return since.group_by("person").agg(
        happened_on=_.happened_on.max(),
        helped_on=_.helped_on.max(),
        damage=_.damage.min().cases(*DAMAGES),
        region=_.village.max(),
    )


@rule("S-05", risk=State.HOUSING, version=1, shows={"happened_on": "受灾日期", "damage": "损坏程度"})
def damaged_house_not_appraised(
    damaged_houses: DamagedHouses, appraisals: Appraisals, policy: Any, on: date
) -> Any:
    """住房因灾倒塌或严重损坏后没有重新鉴定，提示安排鉴定和过渡安置."""
    appraised = appraisals.latest().select("house", "appraised_on")
    hit = _turned_dangerous(damaged_houses, policy, on)
    open_ones = hit.anti_join(appraised, ["house", hit.happened_on <= appraised.appraised_on])
    return open_ones.group_by("person").agg(
        happened_on=_.happened_on.max(), damage=_.damage.min().cases(*DAMAGES), region=_.village.max()
    )


def _turned_dangerous(damaged_houses: DamagedHouses, policy: Any, on: date) -> Any:
    since = on - timedelta(days=policy.damage_warning_days)
    return damaged_houses.latest().filter(_.damage.isin(TURNED_DANGEROUS), _.happened_on >= since)
