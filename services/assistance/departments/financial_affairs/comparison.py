"""What may be asked about named persons: what they still owe on small loans (I-05)."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from .tables import Loans


@fact(
    "小额信贷",
    shows={
        "balance": ("未还本金", "fen"),
        "overdue": ("其中逾期", "fen"),
        "loans": ("未结清笔数", "items"),
    },
    absent=0,
)
def outstanding_loan(loans: Loans) -> Any:
    """What is owed on loans that are not repaid; a row without balance is no debt."""
    owed = loans.latest().filter(_.balance > 0).group_by("person")
    return owed.agg(balance=_.balance.sum(), overdue=_.overdue.sum(), loans=_.count())
