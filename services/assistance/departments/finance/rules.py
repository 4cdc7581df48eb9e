"""Whose subsidy came back from the bank and was not sent again (S-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import State, rule

from .tables import SubsidyPayments


@rule(
    "S-05",
    risk=State.INCOME,
    version=1,
    shows={"amount": ("退回未重发的补贴", "fen"), "sent_on": "最早发放日期"},
)
def subsidy_returned(subsidy_payments: SubsidyPayments, policy: Any, on: date) -> Any:
    """惠农补贴被银行退回，超过期限没有重发，提示核实账户和收入."""
    until = on - timedelta(days=policy.subsidy_return_days)
    back = subsidy_payments.latest().filter(_.state == "returned", _.sent_on <= until)
    owed = back.group_by("person")
    return owed.agg(amount=_.amount.sum(), sent_on=_.sent_on.min(), region=_.village.max())
