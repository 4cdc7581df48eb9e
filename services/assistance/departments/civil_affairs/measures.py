"""What the civil affairs bureau can do (A-06): 低保, 特困, 临时救助, and the pension premium.

Sources: 湖南省有效衔接实施意见（2021-05-17） 三(十二)(十四) (L1098, L1106), 湘振局发〔2021〕18号
第二章第五节 (L1411, L1415), 衡委振组发〔2021〕1号 任务62 (L2045). All amounts are fen.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shouwang.department import (
    Entitlement,
    Group,
    Household,
    Person,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    view,
)
from shouwang.money import Fen, round_half_up, share
from shouwang.periods import Month

from .tables import Destitute, MinimumLiving

MONTHS = 12
ABLE = ("ordinary", "skilled")
STRUCK = (Risk.ILLNESS, Risk.ACCIDENT, Risk.DISASTER)
PREMIUM_IN_FULL = (Group.SEVERELY_DISABLED, Group.DESTITUTE, Group.RELAPSED)
PREMIUM_IN_PART = (Group.MINIMUM_LIVING, Group.LOW_INCOME)


@view(
    shows={"status": "低保状态", "monthly_amount": ("月保障金额", "fen")},
    absent={"status": "none", "monthly_amount": 0},
)
def relief(minimum_living: MinimumLiving) -> Any:
    """Whether the person receives 低保; who is not in the register does not."""
    return minimum_living.latest().select("person", "status", "monthly_amount")


@view(shows={"support": "特困供养方式"}, absent="none")
def support(destitute: Destitute) -> Any:
    """Whether the person is supported as 特困; who is not in the register is not."""
    return destitute.latest().select("person", "support")


@measure(
    code="A48-01",
    title="低保",
    risks=[State.INCOME, Risk.NO_LABOUR, Risk.DISABILITY, Risk.ILLNESS],
    evidence=["低保审核确认表"],
    rule="A-06",
)
def minimum_living_allowance(household: Household, relief: Any, policy: Any, on: date) -> Entitlement:
    """人均收入扣减必要就业成本后低于低保标准的按差额补足；在保户就业后超过标准的给予渐退期."""
    receiving = [one for one in relief.values() if one.status in ("active", "leaving")]
    if receiving:
        current = max(one.monthly_amount for one in receiving)
        return _gradual_exit(household, current, policy, on)
    lacking = policy.minimum_living.standard * MONTHS - _counted_income(household, policy)
    if lacking <= 0:
        return not_entitled("家庭人均收入不低于低保标准")
    told = "按家庭人均收入测算，财产状况由低保审核确认"
    return entitled(_a_month(lacking * household.size), per="month", reason=told, receiving=False)


@measure(
    code="A48-02",
    title="特困供养",
    risks=[State.INCOME, Risk.NO_LABOUR, Risk.DISABILITY],
    evidence=["特困审核确认表"],
    rule="A-06",
)
def destitute_support(person: Person, support: Any, policy: Any) -> Entitlement:
    """无劳动能力、无法定义务人或其无履行能力的，按月供养."""
    if support.support != "none":
        return not_entitled("已在特困供养", receiving=True)
    if person.get("labour", "劳动能力") in ABLE:
        return not_entitled("有劳动能力")
    if person.get("supporters", "法定赡养、抚养、扶养义务人情况"):
        return not_entitled("有法定义务人且有履行能力")
    return entitled(policy.destitute_support, per="month", receiving=False)


@measure(
    code="A48-03",
    title="临时救助",
    risks=STRUCK,
    evidence=["临时救助审批表"],
    rule="A-06",
)
def temporary_relief(household: Household, policy: Any) -> Entitlement:
    """遭遇突发事件、意外伤害、重大疾病，基本生活暂时困难的，按低保标准的若干个月、按人口救助一次."""
    if not set(STRUCK) & set(household.risks):
        return not_entitled("没有突发事件、意外伤害、重大疾病")
    return entitled(policy.minimum_living.standard * policy.temporary_relief_months * household.size)


@measure(
    code="A48-06",
    title="城乡居民基本养老保险费代缴",
    risks=[Risk.NO_LABOUR, Risk.DISABILITY],
    evidence=["代缴凭证"],
    rule="A-06",
)
def pension_premium(person: Person, policy: Any, on: date) -> Entitlement:
    """重度残疾、特困、返贫致贫人口全部代缴；低保等其他缴费困难群体部分或全部代缴."""
    if not policy.pension.age_from <= person.age_on(on) < policy.pension.age_until:
        return not_entitled("不在缴费年龄")
    if person.is_any(*PREMIUM_IN_FULL):
        return entitled(policy.pension.premium, per="year")
    if person.is_any(*PREMIUM_IN_PART):
        return entitled(share(policy.pension.premium, policy.pension.share_in_part), per="year")
    return not_entitled("不属于代缴的缴费困难群体")


def _gradual_exit(household: Household, current: Fen, policy: Any, on: date) -> Entitlement:
    if _counted_income(household, policy) <= policy.minimum_living.standard * MONTHS:
        return not_entitled("已在保，按低保动态管理", receiving=True)
    since = date.fromisoformat(household.get("employed_since", "就业起始日期"))
    months = Month.of(since).months_until(Month.of(on))
    if months < policy.minimum_living.gradual_exit_months:
        return entitled(current, per="month", reason="就业后收入超过标准，渐退期内继续享受")
    return not_entitled("渐退期已满")


def _counted_income(household: Household, policy: Any) -> Fen:
    """Return the yearly income a head, work costs of those employed taken off (fen)."""
    income: Fen = household.get("income_per_head_fen", "家庭人均年收入")
    workers: int = household.get("workers", "就业人数")
    costs = policy.minimum_living.work_cost * MONTHS * workers
    return income - round_half_up(Decimal(costs) / household.size)


def _a_month(yearly: Fen) -> Fen:
    return round_half_up(Decimal(yearly) / MONTHS)
