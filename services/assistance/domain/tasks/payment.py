"""Which delivered measures are income of the household, and of which kind (附件6 A31, A35).

Subsidies and relief are transfer income (A31); what insurance and medical aid pay out is a claim (A35).
Wages of posts, loans and premiums paid to a fund are neither: see docs/decisions/0195.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

TRANSFER, CLAIM = "transfer", "claim"
KINDS: Final = (TRANSFER, CLAIM)


def kind_of_payment(
    task: Mapping[str, Any], amount_fen: int, claims: Collection[str], not_income: Collection[str]
) -> str | None:
    """Return "transfer", "claim", or None when nothing counts as income.

    claims, not_income: measure codes of the policy, "A41-01" for every department or "civil_affairs/A48-06".
    """
    names = {task["measure"], f"{task['department']}/{task['measure']}"}
    if amount_fen <= 0 or names & set(not_income):
        return None
    return CLAIM if names & set(claims) else TRANSFER


def payment_id(task_id: str, number: int = 1) -> str:
    """Return the id of a payment of a task: each part of it is paid once, whatever is said how often."""
    return f"{task_id}-p{number}"
