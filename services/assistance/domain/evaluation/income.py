"""The per-head net income of a household from the figures that monitoring gives, for the evaluation (M-05).

A34 = (A28 + A29 + A30 + A31 − A32) / size. What is missing makes it unknown, never smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from shouwang.money import round_half_up

EARNED: Final = ("wages", "business", "property", "transfers")
SPENT: Final = "business_costs"
CHECKS: Final = {"housing": "housing_unsafe", "school": "school_dropout", "water": "water_unsafe"}


def per_head(figures: Mapping[str, Any], size: int | None) -> int | None:
    """Return fen a head, or None when a figure or the size is not known."""
    amounts: list[Any] = [(figures.get(name) or {}).get("fen") for name in (*EARNED, SPENT)]
    if not size or None in amounts:
        return None
    *earned, spent = amounts
    return round_half_up(Decimal(sum(earned) - spent) / size)


def secured(household: Mapping[str, Any]) -> dict[str, bool | None]:
    """Return whether housing, school, water and insurance are secured (None: not known)."""
    found = {name: _not(household.get(field)) for name, field in CHECKS.items()}
    return {**found, "insurance": _all([one.get("medical_insurance") for one in household["members"]])}


def all_secured(risks: Sequence[str], known: Mapping[str, bool | None]) -> bool | None:
    """Return whether every one of these risks is gone: no when one is not, unknown when one is not known."""
    return _all([known.get(risk) for risk in risks])


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Sequence[Any]) -> bool | None:
    """Kleene's and; of nothing it is not known."""
    if False in values:
        return False
    return None if None in values or not values else True
