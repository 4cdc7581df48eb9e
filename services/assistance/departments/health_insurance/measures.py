"""What the health insurance bureau can do (A-03): premium subsidy, serious-illness insurance, medical aid.

Sources: 湘振局发〔2021〕18号 第二章第二节二 (L1333–1335), 衡办发〔2021〕7号 三(二)3 (L3075). Amounts are fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ibis import _
from shouwang.department import (
    Entitlement,
    Group,
    Person,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    view,
)
from shouwang.money import Fen, share

from .tables import Insured, Settlements

IN_FULL = (Group.DESTITUTE, Group.SEVERELY_DISABLED, Group.ORPHAN, Group.UNATTENDED_CHILD)
IN_PART = (Group.MINIMUM_LIVING, Group.LOW_INCOME, Group.MONITORED)
FAVOURED = (Group.DESTITUTE, Group.MINIMUM_LIVING, Group.RELAPSED)


@view(
    shows={
        "in_scope_after_basic": ("近十二个月基本医保支付后政策范围内费用", "fen"),
        "serious_paid": ("大病保险已支付", "fen"),
        "own_share": ("三重保障后政策范围内自付", "fen"),
    },
    absent=0,
)
def year(settlements: Settlements) -> Any:
    """Claims settled within twelve months; a person without any has zero."""
    claims = settlements.within(months=12).group_by("person")
    return claims.agg(
        in_scope_after_basic=_.in_scope.sum() - _.basic.sum(),
        serious_paid=_.serious.sum(),
        own_share=_.in_scope.sum() - _.paid.sum(),
    )


@view(shows={"scheme": "险种", "status": "参保状态"})
def cover(insured: Insured) -> Any:
    """The person in this year's registry; who is not in it is unknown."""
    return insured.latest().select("person", "scheme", "status")


@measure(
    code="A45-01",
    title="城乡居民基本医疗保险个人缴费补贴",
    risks=[State.INSURANCE, Risk.ILLNESS],
    evidence=["缴费凭证"],
    rule="A-03",
)
def premium_subsidy(person: Person, cover: Any, policy: Any) -> Entitlement:
    """特困、重度残疾、孤儿、事实无人抚养儿童全额资助；低保、低收入、监测对象按个人缴费标准的一定比例资助，包括尚未参保的."""
    if cover.status == "insured" and cover.scheme == "employee":
        return not_entitled("参加职工医保，不在居民参保资助范围")
    if person.is_any(*IN_FULL):
        return entitled(share(policy.resident_premium, policy.premium_subsidy.in_full), per="year")
    if person.is_any(*IN_PART):
        return entitled(share(policy.resident_premium, policy.premium_subsidy.in_part), per="year")
    return not_entitled("不属于资助参保的人员类别")


@measure(code="A45-02", title="大病保险", risks=[Risk.ILLNESS], evidence=["结算单"], rule="A-03")
def serious_illness_insurance(person: Person, year: Any, policy: Any) -> Entitlement:
    """起付线以上按比例支付；特困、低保、返贫致贫人口起付线降低、比例提高、不封顶。已支付的扣除."""
    terms = _terms(person, policy)
    above = year.in_scope_after_basic - terms.threshold
    if above <= 0:
        return not_entitled("未达大病保险起付线")
    due = share(above, terms.share)
    still = min(due, terms.cap if terms.cap is not None else due) - year.serious_paid
    return entitled(still, per="year") if still > 0 else not_entitled("大病保险已足额支付")


@measure(code="A45-03", title="医疗救助（倾斜救助）", risks=[Risk.ILLNESS], evidence=["结算单"], rule="A-03")
def tilted_aid(person: Person, year: Any, policy: Any) -> Entitlement:
    """监测对象经三重保障后自付仍超过上年居民人均可支配收入一定比例的部分，给予倾斜救助."""
    if not person.is_any(Group.MONITORED):
        return not_entitled("不是监测对象")
    above = year.own_share - share(policy.disposable_income, policy.tilted_aid.line)
    if above <= 0:
        return not_entitled("自付费用未超过倾斜救助标准")
    return entitled(share(above, policy.tilted_aid.share), capped_at=policy.tilted_aid.cap, per="year")


@dataclass(frozen=True)
class _Terms:
    """Threshold and cap in fen (cap None: none), share of what lies above."""

    threshold: Fen
    share: Decimal
    cap: Fen | None


def _terms(person: Person, policy: Any) -> _Terms:
    ordinary = share(policy.disposable_income, policy.serious_illness.threshold)
    if not person.is_any(*FAVOURED):
        return _Terms(ordinary, policy.serious_illness.share, policy.serious_illness.cap)
    cut = share(ordinary, policy.serious_illness.favoured.threshold_cut)
    better = policy.serious_illness.share + policy.serious_illness.favoured.extra_share
    return _Terms(ordinary - cut, better, None)
