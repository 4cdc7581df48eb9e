"""What the housing bureau can do (A-14): rebuild or repair a dangerous house, or arrange another home.

Source: 湘振局发〔2021〕18号 第二章第二节三 (L1339–1355): five groups; a house that was helped and turned
dangerous by a disaster is supported again. Amounts are fen, by grade, set by the county.
"""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import (
    Entitlement,
    Household,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    unknown,
    view,
)

from .rules import TURNED_DANGEROUS
from .tables import Appraisals, ArrangedHomes, DamagedHouses, HelpedHouses, KeyGroups

NONE = "none"
SAFE = ("A", "B")
LISTED = ("minimum_living", "destitute_at_home", "margin")
OTHER_EX_POOR = "other_ex_poor"
NOT_A_GROUP = "不属于五类住房保障重点对象"
NOT_APPRAISED = "没有鉴定结果，请先申请住房安全鉴定"
SAFE_HOUSE = "有鉴定为 A、B 级的安全住房"


@view(shows={"best": "最好的住房鉴定等级", "worst": "最差的住房鉴定等级"}, absent=NONE)
def dwelling(appraisals: Appraisals, damaged_houses: DamagedHouses) -> Any:
    """Grades of the houses a person owns; who is not in the ledger owns none that was appraised.

    That a house was safe says nothing any more once a disaster hit it (decision 0270).
    """
    ruined = damaged_houses.latest().filter(_.damage.isin(TURNED_DANGEROUS))
    hit = ruined.group_by("house").agg(hit_on=_.happened_on.max())
    overtaken = _.grade.isin(SAFE) & (_.hit_on > _.appraised_on).fill_null(False)
    told = appraisals.latest().left_join(hit, "house").filter(~overtaken)
    return told.group_by("person").agg(best=_.grade.min(), worst=_.grade.max())


@view(
    shows={"times": ("享受危房改造次数", "times"), "helped_on": "最近一次改造验收日期"},
    absent={"times": 0},
)
def help_before(helped_houses: HelpedHouses) -> Any:
    """How often a person was helped, and when last."""
    return helped_houses.latest().group_by("person").agg(times=_.count(), helped_on=_.helped_on.max())


@view(
    shows={"damages": ("住房因灾受损次数", "times"), "damaged_on": "最近一次受灾日期"},
    absent={"damages": 0},
)
def disasters(damaged_houses: DamagedHouses) -> Any:
    """How often a disaster damaged a house of the person, and when last."""
    return damaged_houses.latest().group_by("person").agg(damages=_.count(), damaged_on=_.happened_on.max())


@view(shows={"group": "住房保障对象类别", "unable": "无力自行解决住房安全"}, absent={"group": NONE})
def listed(key_groups: KeyGroups) -> Any:
    """The key group in which a person is listed; who is not in the list is in none."""
    return key_groups.latest().select("person", "group", "unable")


@view(shows={"home": "安排居住的房源"}, absent=NONE)
def arranged(arranged_homes: ArrangedHomes) -> Any:
    """The home that was arranged for a person."""
    return arranged_homes.latest().select("person", home=_.kind)


@measure(
    code="A43-01",
    title="农村危房改造",
    risks=[State.HOUSING, Risk.DISASTER],
    evidence=["鉴定报告", "竣工验收表", "补助资金发放凭证"],
    rule="A-14",
)
def dangerous_house(
    household: Household, dwelling: Any, help_before: Any, disasters: Any, listed: Any, policy: Any
) -> Entitlement:
    """五类重点对象的 D 级危房拆除重建、C 级危房修缮加固；享受过补助的，因灾转危可再次享受."""
    times = sum(one.times for one in help_before.values())
    grades = _grades(dwelling)
    refused = _refused(household, listed, times, grades)
    if refused:
        return refused
    if times > 0 and not _hit_since(help_before, disasters):
        return not_entitled("已享受过危房改造补助，其后没有因灾转危", receiving=True)
    by_grade = {"C": policy.housing_subsidy.repair, "D": policy.housing_subsidy.rebuild}
    return entitled(by_grade[max(grades)], receiving=False)


@measure(
    code="A43-02",
    title="安排集体公租房、闲置公房或租赁农房",
    risks=[State.HOUSING],
    evidence=["安置协议", "入住确认单"],
    rule="A-14",
)
def arranged_home(
    household: Household, dwelling: Any, help_before: Any, listed: Any, arranged: Any, policy: Any
) -> Entitlement:
    """没有劳动能力、无法自建的重点对象，住房不安全的安排公租房、闲置公房或长期租赁农房."""
    if any(one.home != NONE for one in arranged.values()):
        return not_entitled("已安排居住", receiving=True)
    times = sum(one.times for one in help_before.values())
    refused = _refused(household, listed, times, _grades(dwelling))
    if refused:
        return refused
    if household.able_to_work is None:
        return unknown("缺少家庭劳动能力情况")
    if household.able_to_work:
        return not_entitled("有劳动能力，先安排危房改造")
    return entitled(policy.housing_subsidy.rent, per="month", receiving=False)


def _refused(household: Household, listed: Any, times: int, grades: list[str]) -> Entitlement | None:
    """Return why nothing can be done for the house: no key group, not appraised, safe; None when it can."""
    if not _in_a_group(household, listed, times):
        return not_entitled(NOT_A_GROUP)
    if not grades:
        return unknown(NOT_APPRAISED)
    return not_entitled(SAFE_HOUSE) if min(grades) in SAFE else None


def _grades(dwelling: Any) -> list[str]:
    """Return the best and worst grade of each owner; letters, so that the least is the safest."""
    owners = [one for one in dwelling.values() if one.worst != NONE]
    return [grade for one in owners for grade in (one.best, one.worst)]


def _in_a_group(household: Household, listed: Any, times: int) -> bool:
    """Whether the household is of one of the five groups: monitored, listed, other ex-poor never helped."""
    if household.category is not None:
        return True
    if any(one.group in LISTED for one in listed.values()):
        return True
    return times == 0 and any(one.group == OTHER_EX_POOR and one.unable for one in listed.values())


def _hit_since(help_before: Any, disasters: Any) -> bool:
    """Whether a disaster came after the last help (the day itself counts for the household)."""
    helped = max(one.helped_on for one in help_before.values() if one.times > 0)
    hits = [one.damaged_on for one in disasters.values() if one.damages > 0]
    return any(hit >= helped for hit in hits)
