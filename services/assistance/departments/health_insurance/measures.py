"""What the health insurance bureau can do (A-03): premium subsidy, serious-illness insurance, medical aid.

Sources: 湘振局发〔2021〕18号 第二章第二节二 (L1333–1335), 衡办发〔2021〕7号 三(二)3 (L3075). Amounts are fen.
Benefits are counted by insurance year, from 1 January to the day asked about (decision 0200).
"""

from __future__ import annotations

from datetime import date
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
    unknown,
    view,
)
from shouwang.money import Fen, format_yuan, share

from ._enrolment import still_due, years_of
from ._layers import NOTHING, Protection, Terms, protect
from ._told import as_far_as_told, known
from .tables import AidGroups, Insured, PremiumAid, Settlements

IN_FULL = (Group.DESTITUTE, Group.SEVERELY_DISABLED, Group.ORPHAN, Group.UNATTENDED_CHILD)
IN_PART = (Group.MINIMUM_LIVING, Group.LOW_INCOME, Group.MONITORED)
FAVOURED = (Group.DESTITUTE, Group.MINIMUM_LIVING, Group.RELAPSED)
AIDED_FIRST = (Group.DESTITUTE, Group.ORPHAN, Group.UNATTENDED_CHILD)
AIDED_NEXT = (Group.MINIMUM_LIVING, Group.RELAPSED)
AIDED_ABOVE = (Group.LOW_INCOME, Group.MONITORED)


@view(
    shows={
        "in_scope_after_basic": ("本年度基本医保支付后政策范围内费用", "fen"),
        "serious_paid": ("本年度大病保险已支付", "fen"),
        "aid_paid": ("本年度医疗救助（含倾斜救助）已支付", "fen"),
    },
    absent=0,
)
def year(settlements: Settlements, on: date) -> Any:
    """Claims settled since 1 January of the year asked about; a person without any has zero."""
    # A file may bring a claim of an earlier year late: the day of settlement decides.
    brought = settlements.within(months=on.month)
    claims = brought.filter(_.settled_on.year() == on.year, _.settled_on <= on)
    return claims.group_by("person").agg(
        in_scope_after_basic=_.in_scope.sum() - _.basic.sum(),
        serious_paid=_.serious.sum(),
        aid_paid=_.aid.sum(),
    )


@view(shows={"scheme": "险种", "status": "参保状态"})
def cover(insured: Insured) -> Any:
    """The person in this year's registry; who is not in it is unknown."""
    return insured.latest().select("person", "scheme", "status")


@view(shows={group.value: f"救助对象名册上是否{group.label}" for group in Group}, absent=False)
def roster(aid_groups: AidGroups) -> Any:
    """As what the person is listed by those who name them; who is not on the roster is none of it."""
    kinds = {group.value: (_.aided_as == group.value).any() for group in Group}
    return aid_groups.latest().group_by("person").agg(**kinds)


@view(
    shows={"this_year": ("本参保年度已资助", "fen"), "next_year": ("下一参保年度已资助", "fen")},
    absent=0,
)
def aided(premium_aid: PremiumAid, on: date) -> Any:
    """What was paid of the person's premium for the insurance year that runs, and for the next."""
    this, following = _.year == on.year, _.year == on.year + 1
    paid = premium_aid.latest().group_by("person")
    return paid.agg(
        this_year=_.amount.sum(where=this).fill_null(0), next_year=_.amount.sum(where=following).fill_null(0)
    )


@measure(
    code="A45-01",
    title="城乡居民基本医疗保险个人缴费补贴",
    risks=[State.INSURANCE, Risk.ILLNESS],
    evidence=["缴费凭证"],
    rule="A-03",
    version=2,
)
def premium_subsidy(
    person: Person, roster: Any, cover: Any, aided: Any, policy: Any, on: date
) -> Entitlement:
    """特困、重度残疾、孤儿、事实无人抚养儿童全额资助；低保、低收入、监测对象定额资助，定额下达前按比例，包括尚未参保的.

    按参保年度：集中参保缴费期内说的是下一年度，其余时间是本年度；已资助的扣除（决定 0287）.
    """
    if _may_be_employed(person, policy, on) and _employed(cover):
        return not_entitled("参加职工医保，不在居民参保资助范围")
    return as_far_as_told(person, roster, policy, on, lambda one: _subsidy(one, aided, policy, on))


def _employed(cover: Any) -> bool:
    return bool(cover.status == "insured" and cover.scheme == "employee")


def _may_be_employed(person: Person, policy: Any, on: date) -> bool:
    """Say whether the person may have the insurance of employees: a newborn is in no register yet."""
    return "birth" not in person.attributes or person.age_on(on) >= policy.employable_age


def _subsidy(person: Person, aided: Any, policy: Any, on: date) -> Entitlement:
    if not person.is_any(*IN_FULL, *IN_PART):
        return not_entitled("不属于资助参保的人员类别")
    return still_due(years_of(on, aided, policy, lambda premium: _of_premium(person, premium, policy)))


def _of_premium(person: Person, premium: Fen, policy: Any) -> Fen:
    if person.is_any(*IN_FULL):
        return share(premium, policy.premium_subsidy.in_full)
    if policy.premium_subsidy.fixed_amount_issued:
        return min(policy.premium_subsidy.fixed_amount, premium)
    return share(premium, policy.premium_subsidy.in_part)


@measure(code="A45-02", title="大病保险", risks=[Risk.ILLNESS], evidence=["结算单"], rule="A-03", version=3)
def serious_illness_insurance(
    person: Person, roster: Any, cover: Any, year: Any, policy: Any, on: date
) -> Entitlement:
    """起付线以上按比例支付；特困、低保、返贫致贫人口起付线降低、比例提高、不封顶。已支付的扣除."""
    if known(lambda: _employed(cover)):
        return not_entitled("参加职工医保，大病待遇按职工医保办理")
    return as_far_as_told(person, roster, policy, on, lambda one: _serious_still(one, year, policy))


def _serious_still(person: Person, year: Any, policy: Any) -> Entitlement:
    due = _serious(person, policy).due(year.in_scope_after_basic)
    if due == 0:
        return not_entitled("未达大病保险起付线")
    still = due - year.serious_paid
    if still <= 0:
        return not_entitled("大病保险已足额支付", receiving=True)
    return entitled(still, per="year", receiving=False)


@measure(
    code="A45-03",
    title="医疗救助（含倾斜救助）",
    risks=[Risk.ILLNESS],
    evidence=["结算单", "医疗救助审批表"],
    rule="A-03",
    version=2,
)
def medical_aid(person: Person, roster: Any, year: Any, policy: Any, on: date) -> Entitlement:
    """大病保险之后的部分先给医疗救助；监测对象仍超过上年居民人均可支配收入一定比例的，再给倾斜救助。已支付的扣除."""
    return as_far_as_told(person, roster, policy, on, lambda one: _aid_still(one, year, policy))


def _aid_still(person: Person, year: Any, policy: Any) -> Entitlement:
    aid = _aid(person, policy)
    if aid is None:
        return _outside(person, year, policy)
    given = _protection(person, year, policy, aid)
    due = given.aid + given.tilted
    if due == 0:
        return not_entitled("自付费用未达医疗救助标准")
    still = due - year.aid_paid
    told = f"医疗救助 {format_yuan(given.aid)}，倾斜救助 {format_yuan(given.tilted)}，已支付的扣除"
    if still <= 0:
        return not_entitled("医疗救助已足额支付", receiving=True)
    return entitled(still, per="year", reason=told, receiving=False)


def _outside(person: Person, year: Any, policy: Any) -> Entitlement:
    """A major illness may be helped without being of any group: that has to be found (L1335, 0273)."""
    if _serious(person, policy).due(year.in_scope_after_basic) == 0:
        return not_entitled("不属于医疗救助对象")
    return unknown("是否属于因高额医疗费用致家庭基本生活严重困难的大病患者，须经认定")


def _protection(person: Person, year: Any, policy: Any, aid: Terms) -> Protection:
    tilted = _tilted(policy) if person.is_any(Group.MONITORED) else NOTHING
    return protect(year.in_scope_after_basic, _serious(person, policy), year.serious_paid, aid, tilted)


def _serious(person: Person, policy: Any) -> Terms:
    ordinary = share(policy.disposable_income, policy.serious_illness.threshold)
    if not person.is_any(*FAVOURED):
        return Terms(ordinary, policy.serious_illness.share, policy.serious_illness.cap)
    cut = share(ordinary, policy.serious_illness.favoured.threshold_cut)
    better = policy.serious_illness.share + policy.serious_illness.favoured.extra_share
    return Terms(ordinary - cut, better, None)


def _aid(person: Person, policy: Any) -> Terms | None:
    """Return the terms of the best group that the person belongs to; None outside of all."""
    if person.is_any(*AIDED_FIRST):
        threshold, part = policy.medical_aid.first.threshold, policy.medical_aid.first.share
    elif person.is_any(*AIDED_NEXT):
        threshold, part = policy.medical_aid.next.threshold, policy.medical_aid.next.share
    elif person.is_any(*AIDED_ABOVE):
        threshold, part = policy.medical_aid.above.threshold, policy.medical_aid.above.share
    else:
        return None
    return Terms(_above(policy, threshold), part, policy.medical_aid.cap)


def _tilted(policy: Any) -> Terms:
    line = _above(policy, policy.tilted_aid.line)
    return Terms(line, policy.tilted_aid.share, policy.tilted_aid.cap)


def _above(policy: Any, ratio: Any) -> Fen:
    """Return a threshold that is set as a share of last year's disposable income (fen)."""
    return share(policy.disposable_income, ratio)
