"""Income against the 低保 standard, exact until the one rounding at the end (A-06). Amounts are fen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shouwang.department import Household
from shouwang.errors import UnknownValue
from shouwang.money import Fen, round_half_up

MONTHS = 12


def lacking_of(household: Household, assessed: Any, policy: Any) -> Fen:
    """Return what the household together lacks of the standard in a year, work costs of those employed
    taken off its income (fen; below 0: it has more).

    What the asker says stands; else the bureau's own assessment of the household.
    """
    if household.attributes.get("income_per_head_fen") is None:
        income, workers = assessed.per_head * MONTHS, assessed.workers
    else:
        income = household.get("income_per_head_fen", "家庭人均年收入")
        workers = household.get("workers", "就业人数")
    a_head = policy.minimum_living.standard * MONTHS - income
    lacking: Fen = a_head * household.size + policy.minimum_living.work_cost * MONTHS * workers
    return lacking


def family_below(household: Household, assessed: Any, policy: Any) -> bool:
    """Say whether the family itself is within 低保; where nobody reckoned its income, the register of margin
    families stands, which are above the standard.
    """
    try:
        return lacking_of(household, assessed, policy) > 0
    except UnknownValue:
        return False


def a_month(yearly: Fen, size: int) -> Fen:
    """Return the monthly part of what `size` times too much lacks in a year: rounded once (fen)."""
    return round_half_up(Decimal(yearly) / (MONTHS * size))
