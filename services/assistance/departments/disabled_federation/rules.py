"""Who is at risk, as far as the federation can see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, rule

from ._cards import in_need_of_care, severe, valid
from .tables import Cards, Subsidies


@rule("S-05", risk=Risk.DISABILITY, version=1, shows={"certified_on": "残疾评定日期"})
def severe_without_care_subsidy(cards: Cards, subsidies: Subsidies, policy: Any) -> Any:
    """重度残疾人没有领取护理补贴，提示核实并协助申请."""
    paid = subsidies.latest().filter(_.kind == "care")
    left = valid(cards).filter(in_need_of_care(policy)).anti_join(paid, "person")
    return left.select("person", "certified_on", region=_.village)


@rule("S-05", risk=Risk.DISABILITY, version=1, shows={"certified_on": "残疾评定日期"})
def newly_severe(cards: Cards, policy: Any, on: date) -> Any:
    """近期新评定的重度残疾人，提示入户核实劳动力和支出变化."""
    since = on - timedelta(days=policy.newly_certified_days)
    fresh = valid(cards).filter(severe(), _.certified_on > since)
    return fresh.select("person", "certified_on", region=_.village)


@rule("S-05", risk=Risk.DISABILITY, version=1, shows={"status": "残疾人证状态"})
def card_expired(cards: Cards) -> Any:
    """重度残疾人的证件过期或冻结，补贴可能因此停发，提示协助换证."""
    held = cards.latest().filter(severe(), _.status.isin(["expired", "frozen"]))
    return held.select(
        "person", region=_.village, status=_.status.cases(("expired", "过期"), ("frozen", "冻结"))
    )
