"""What the agriculture bureau can do (A-08): rewards for results, premiums shared, produce sold.

Sources: 湘委乡振组发〔2021〕1号 三(二)1 (L2338–2340), 农业农村部 2024-10-21 内生动力意见 1, 3, 4, 8.
Who does more is given more, who does nothing nothing: no measure here gives money without a condition, none
gives dividends. Amounts are fen.
"""

from __future__ import annotations

from datetime import date
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
from shouwang.money import Fen, share

from .tables import AcceptedResults, Insurance, LinkedHouseholds, Production

CALLED_FOR = (State.INCOME, Risk.INDUSTRY_FAILURE, Risk.DISASTER)
AFTER_ACCEPTANCE = "当年完成生产并经验收合格，按验收数量兑现"
SELLS = ("order", "protective_price")
NO_PRODUCE = "没有登记的种植养殖等产业"


@view(
    shows={
        "crop_area": ("验收种植面积", "亩"),
        "orchard_area": ("验收林果面积", "亩"),
        "stock": "验收养殖数量",
        "crop_paid": ("已兑现种植奖补", "fen"),
        "orchard_paid": ("已兑现林果奖补", "fen"),
        "stock_paid": ("已兑现养殖奖补", "fen"),
    },
    absent=0,
)
def accepted(accepted_results: AcceptedResults) -> Any:
    """What of the household passed acceptance this year, and what was paid for it."""
    return accepted_results.latest().select(
        "person", "crop_area", "orchard_area", "stock", "crop_paid", "orchard_paid", "stock_paid"
    )


@view(shows={"products": ("登记的产业", "items")}, absent=0)
def produce(production: Production) -> Any:
    """How many products the household is registered with."""
    return production.latest().group_by("person").agg(products=_.count())


@view(shows={"own_premium": ("农户自缴保费", "fen"), "subsidised": ("已补保费", "fen")}, absent=0)
def cover(insurance: Insurance, on: date) -> Any:
    """What the household paid for insurance this year, and what it got back."""
    policies = insurance.latest().filter(_.year == on.year).group_by("person")
    return policies.agg(own_premium=_.own_premium.sum(), subsidised=_.subsidised.sum())


@view(shows={"selling": ("订单和保护价收购", "items")}, absent=0)
def linkage(linked_households: LinkedHouseholds) -> Any:
    """How many operators buy from the household by order or at a protective price."""
    return linked_households.latest().group_by("person").agg(selling=_.way.isin(SELLS).sum())


@measure(
    code="A39-01",
    title="种植业以奖代补",
    risks=CALLED_FOR,
    evidence=["验收表", "公示材料", "兑现凭证"],
    rule="A-08",
    condition=AFTER_ACCEPTANCE,
)
def crop_grant(household: Household, accepted: Any, policy: Any) -> Entitlement:
    """按验收种植面积每亩奖补，到每户每年封顶."""
    area = sum(one.crop_area for one in accepted.values())
    paid = sum(one.crop_paid for one in accepted.values())
    return _by_result(household, share(policy.grants.crop, area), paid, policy.grants.cap)


@measure(
    code="A39-02",
    title="林果业以奖代补",
    risks=CALLED_FOR,
    evidence=["验收表", "公示材料", "兑现凭证"],
    rule="A-08",
    condition=AFTER_ACCEPTANCE,
)
def orchard_grant(household: Household, accepted: Any, policy: Any) -> Entitlement:
    """按验收林果面积每亩奖补，到每户每年封顶."""
    area = sum(one.orchard_area for one in accepted.values())
    paid = sum(one.orchard_paid for one in accepted.values())
    return _by_result(household, share(policy.grants.orchard, area), paid, policy.grants.cap)


@measure(
    code="A39-03",
    title="养殖业以奖代补",
    risks=CALLED_FOR,
    evidence=["验收表", "公示材料", "兑现凭证"],
    rule="A-08",
    condition=AFTER_ACCEPTANCE,
)
def livestock_grant(household: Household, accepted: Any, policy: Any) -> Entitlement:
    """按验收养殖数量每头奖补，到每户每年封顶."""
    stock = sum(one.stock for one in accepted.values())
    paid = sum(one.stock_paid for one in accepted.values())
    return _by_result(household, policy.grants.livestock * stock, paid, policy.grants.cap)


@measure(
    code="A39-06",
    title="产销对接和订单收购",
    risks=CALLED_FOR,
    evidence=["购销合同或订单", "收购凭证"],
    rule="A-08",
    condition="按约定的品种、数量和质量交货",
)
def market_linkage(household: Household, produce: Any, linkage: Any) -> Entitlement:
    """有产品、还没有订单或保护价收购的农户，对接经营主体和消费帮扶；不发钱."""
    if sum(one.products for one in produce.values()) == 0:
        return not_entitled(NO_PRODUCE)
    if sum(one.selling for one in linkage.values()) > 0:
        return not_entitled("已有订单或保护价收购", receiving=True)
    return entitled(reason="对接龙头企业、合作社订单和消费帮扶渠道", receiving=False)


@measure(
    code="A39-07",
    title="农业保险保费补助",
    risks=CALLED_FOR,
    evidence=["保险单", "农户缴费凭证"],
    rule="A-08",
    condition="参加农业保险并缴清农户自缴部分",
)
def premium_subsidy(household: Household, produce: Any, cover: Any, policy: Any) -> Entitlement:
    """参加农业保险的，按农户自缴保费的一定比例补助；没有参保的引导参保."""
    if sum(one.products for one in produce.values()) == 0:
        return not_entitled(NO_PRODUCE)
    own = sum(one.own_premium for one in cover.values())
    if own == 0:
        return entitled(reason="引导参保，缴费后按自缴保费的比例补助")
    still = share(own, policy.premium_share) - sum(one.subsidised for one in cover.values())
    if still <= 0:
        return not_entitled("保费补助已兑现", receiving=True)
    return entitled(still, per="year")


def _by_result(household: Household, earned: Fen, paid: Fen, cap: Fen) -> Entitlement:
    """Return what results earned and is not yet paid; before acceptance only the offer, without an amount."""
    if earned == 0:
        return _offer(household)
    still = min(earned, cap) - paid
    if still <= 0:
        return not_entitled("已按验收结果兑现", receiving=True)
    return entitled(still, per="year")


def _offer(household: Household) -> Entitlement:
    if household.able_to_work is None:
        return unknown("缺少家庭劳动能力情况")
    if not household.able_to_work:
        return not_entitled("没有劳动能力，不以产业奖补代替保障")
    return entitled(reason="尚无验收结果，验收合格后按数量兑现")
