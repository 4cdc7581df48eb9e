"""What may be asked about named persons: deposits, vehicles, housing, business, public payroll (I-07).

Only behind a signed authorisation (附件1, L2405); the SDK checks it before any of this runs. A person without
a row has nothing registered; a table that is missing or stale answers unknown.
"""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .tables import Business, Deposits, Houses, Payroll, Vehicles


@fact("银行存款", shows={"balance": ("存款余额合计", "fen"), "accounts": ("账户数", "items")}, absent=0)
def bank_deposits(deposits: Deposits) -> Any:
    """Balances of all banks, summed."""
    return deposits.latest().group_by("person").agg(balance=_.balance.sum(), accounts=_.count())


@fact(
    "机动车",
    shows={"cars": ("汽车（不含摩托车、农用车）", "items"), "all": ("全部机动车", "items")},
    absent=0,
)
def motor_vehicles(vehicles: Vehicles) -> Any:
    """Cars and heavy vehicles apart from motorcycles and farm vehicles, which a household lives by."""
    counted = _.kind.isin(["car", "heavy"]).sum()
    return vehicles.latest().group_by("person").agg(cars=counted, all=_.count())


@fact(
    "不动产",
    shows={
        "houses": ("房屋", "items"),
        "market": ("其中商品房", "items"),
        "area": ("建筑面积合计", "平方米"),
    },
    absent=0,
)
def real_estate(houses: Houses) -> Any:
    """Houses and flats; those bought on the market apart."""
    market = (_.kind == "market").sum()
    return houses.latest().group_by("person").agg(houses=_.count(), market=market, area=_.area.sum())


@fact(
    "工商注册",
    shows={"enterprises": ("存续市场主体", "items"), "leads": ("其中任法定代表人或经营者", "items")},
    absent=0,
)
def business_registration(business: Business) -> Any:
    """Enterprises that still stand; membership in a cooperative is no enterprise of one's own."""
    standing = business.latest().filter(_.status == "active", _.role != "member")
    leads = _.role.isin(["owner", "legal_person"]).sum()
    return standing.group_by("person").agg(enterprises=_.count(), leads=leads)


@fact(
    "财政供养",
    shows={"serving": ("在职或编外", "items"), "monthly_pay": ("月应发工资", "fen")},
    absent=0,
)
def public_payroll(payroll: Payroll) -> Any:
    """Whether the person is paid from public funds."""
    serving = _.kind.isin(["serving", "contract"]).sum()
    return payroll.latest().group_by("person").agg(serving=serving, monthly_pay=_.monthly_pay.sum())
