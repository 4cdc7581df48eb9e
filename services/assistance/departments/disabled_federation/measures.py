"""What the federation can do or help to apply for: two subsidies, devices, home adaptation, rehabilitation.

Sources: 湘振局发〔2021〕18号 第二章第五节四 (L1427), 湘委乡振组发〔2021〕1号 三(二) (L2336),
衡委振组发〔2021〕1号 任务56、65 (L2035, L2048).
Amounts are fen. The subsidies are paid by civil affairs; here stands what is due.
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
    entitled,
    measure,
    not_entitled,
    view,
)
from shouwang.errors import UnknownValue
from shouwang.money import Fen
from shouwang.periods import Month

from ._cards import in_need_of_care, severe, valid
from .tables import Cards, Needs, Services, Subsidies

NO_CARD = "没有有效的残疾人证"
HARDSHIP = (Group.MINIMUM_LIVING, Group.DESTITUTE, Group.LOW_INCOME, Group.RELAPSED, Group.MONITORED)
PARTLY_OR_NOT_ABLE = ("weak", "lost", "none")


@view(
    shows={
        "valid": ("有效残疾人证", "items"),
        "severe": ("其中一、二级", "items"),
        "needs_care": ("护理补贴对象", "items"),
    },
    absent=0,
)
def card(cards: Cards, policy: Any) -> Any:
    """The card that counts; who is not in the register has none."""
    held = valid(cards).group_by("person")
    return held.agg(valid=_.count(), severe=severe().sum(), needs_care=in_need_of_care(policy).sum())


@view(shows={"living": ("已领生活补贴", "items"), "care": ("已领护理补贴", "items")}, absent=0)
def paid(subsidies: Subsidies) -> Any:
    """Which of the two subsidies were paid in the newest month; who is not in the list got none."""
    living, care = ((_.kind == kind).sum() for kind in ("living", "care"))
    return subsidies.latest().group_by("person").agg(living=living, care=care)


@view(shows={"device": "需要辅助器具", "adaptation": "需要无障碍改造", "rehabilitation": "需要康复服务"})
def need(needs: Needs) -> Any:
    """What the yearly survey says; who was not asked is unknown."""
    return needs.latest().select("person", "device", "adaptation", "rehabilitation")


@view(
    shows={
        "device": ("近十二个月已适配辅助器具", "items"),
        "adaptation": ("近十二个月已做无障碍改造", "items"),
        "rehabilitation": ("近十二个月已做康复服务", "items"),
    },
    absent=0,
)
def done(services: Services, on: date) -> Any:
    """Which services were delivered within twelve months."""
    kinds = ("device", "adaptation", "rehabilitation")
    # A file may bring an old service late: the day of delivery decides.
    since = Month.of(on).shift(-11).first
    year = services.within(months=12).filter(_.delivered_on >= since).group_by("person")
    return year.agg(**{kind: (_.kind == kind).sum() for kind in kinds})


@measure(
    code="A48-04",
    title="残疾人两项补贴（协助申请）",
    risks=[Risk.DISABILITY],
    evidence=["残疾人两项补贴申请审批表"],
    rule="A-06",
)
def disability_allowances(person: Person, card: Any, paid: Any, policy: Any) -> Entitlement:
    """困难残疾人生活补贴、重度残疾人护理补贴，各按月；已领的不重复."""
    if card.valid == 0:
        return not_entitled(NO_CARD)
    care = _care(card, paid, policy)
    try:
        lacking = [*care, *_living(person, paid, policy)]
    except UnknownValue as error:
        if not care:
            raise
        told = f"只含护理补贴；生活补贴暂不能测算：{error.message}"
        return entitled(sum(care), per="month", reason=told, receiving=False)
    if lacking:
        return entitled(sum(lacking), per="month", receiving=False)
    if paid.living + paid.care > 0:
        return not_entitled("应领的补贴已在领", receiving=True)
    return not_entitled("不属于补贴对象")


@measure(
    code="A48-06",
    title="基本型辅助器具适配补贴",
    risks=[Risk.DISABILITY],
    evidence=["辅助器具适配评估表", "发票"],
    rule="A-06",
)
def assistive_device(person: Person, card: Any, need: Any, done: Any, policy: Any) -> Entitlement:
    """困难残疾人、重度残疾人有需求而未适配的，由有条件的县给予一次补贴."""
    if card.valid == 0:
        return not_entitled(NO_CARD)
    if card.severe == 0 and not person.is_any(*HARDSHIP):
        return not_entitled("不是困难残疾人或重度残疾人")
    if done.device > 0:
        return not_entitled("近十二个月已适配辅助器具", receiving=True)
    if not need.device:
        return not_entitled("没有辅助器具需求")
    if not policy.assistive_device.subsidised:
        return not_entitled("本县没有开展辅助器具适配补贴")
    return entitled(policy.assistive_device.amount, receiving=False)


@measure(
    code="A51",
    title="困难残疾人家庭无障碍改造",
    risks=[Risk.DISABILITY],
    evidence=["无障碍改造验收单"],
    rule="A-06",
)
def home_adaptation(person: Person, card: Any, need: Any, done: Any) -> Entitlement:
    """困难的持证残疾人有改造需求而未改造的，安排改造；文件没有给补助金额，只安排工程."""
    if card.valid == 0:
        return not_entitled(NO_CARD)
    if not person.is_any(*HARDSHIP):
        return not_entitled("不是困难残疾人")
    if done.adaptation > 0:
        return not_entitled("近十二个月已改造", receiving=True)
    return entitled(receiving=False) if need.adaptation else not_entitled("没有改造需求")


@measure(
    code="A45-04",
    title="残疾儿童康复救助、基本康复服务",
    risks=[Risk.DISABILITY],
    evidence=["康复服务记录"],
    rule="A-06",
)
def rehabilitation(person: Person, card: Any, need: Any, done: Any, policy: Any, on: date) -> Entitlement:
    """有康复需求而未得到服务的持证残疾人安排基本康复服务；儿童不以持证为前提."""
    if card.valid == 0 and person.age_on(on) > policy.rehabilitation_age:
        return not_entitled(NO_CARD)
    if done.rehabilitation > 0:
        return not_entitled("近十二个月已得到康复服务", receiving=True)
    return entitled(receiving=False) if need.rehabilitation else not_entitled("没有康复需求")


def _care(card: Any, paid: Any, policy: Any) -> list[Fen]:
    wanted = card.needs_care > 0 and paid.care == 0
    return [policy.care_subsidy.amount] if wanted else []


def _living(person: Person, paid: Any, policy: Any) -> list[Fen]:
    wanted = paid.living == 0 and _in_hardship(person)
    return [policy.living_subsidy.amount] if wanted else []


def _in_hardship(person: Person) -> bool:
    """低保; of monitored people those not or only partly able to work, without stable income (L2336)."""
    if person.is_any(Group.MINIMUM_LIVING):
        return True
    if not person.is_any(Group.MONITORED) or person.is_any(Group.DESTITUTE):
        return False
    able = person.get("labour", "劳动能力") not in PARTLY_OR_NOT_ABLE
    return not able and not person.get("stable_income", "有无稳定收入")
