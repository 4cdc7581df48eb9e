"""What may be asked about named persons: whether they are paid from public funds (I-07, 附件1 承诺3)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .tables import Payroll

SERVING = ("serving", "contract")


@fact(
    "财政供养",
    shows={
        "serving": ("在职或编外", "items"),
        "retired": ("退休", "items"),
        "others": ("遗属补助、村干部补助", "items"),
        "monthly_pay": ("月应发合计", "fen"),
        "since": "最早起始日期",
    },
    absent={"serving": 0, "retired": 0, "others": 0, "monthly_pay": 0},
)
def public_payroll(payroll: Payroll) -> Any:
    """Who works for public pay, who draws a pension from it, and who only an allowance."""
    paid = payroll.latest().group_by("person")
    return paid.agg(
        serving=_.kind.isin(SERVING).sum(),
        retired=(_.kind == "retired").sum(),
        others=_.kind.isin(["survivor", "village"]).sum(),
        monthly_pay=_.monthly_pay.sum(),
        since=_.since.min(),
    )
