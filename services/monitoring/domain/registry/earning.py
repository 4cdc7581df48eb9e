"""What the registry knows of how a household earns, for departments that reckon with it (A-06).

A fact that nobody gave is None, never "no". Source: 湘振局发〔2021〕18号 第二章第五节二、五,
湘委乡振组发〔2021〕1号 三(二) (“无法通过产业就业获得稳定收入”); docs/decisions/0204.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from shouwang.decision import Input

from services.monitoring.domain.income.figures import LABELS, a_head, net_income

UNABLE: Final = ("lost", "none")
BY_WORK: Final = ("wages", "business")
"""Income from 产业 and 就业 (A28, A29)."""


def stable_income(
    labour: str | None, judged: bool | None, figures: Mapping[str, Mapping[str, Any]]
) -> bool | None:
    """Whether a person earns steadily by industry or work; None when nobody knows.

    labour: A14. judged: what the newest evaluation or check found of the household. figures: {kind: {fen}} of
    twelve months. Who cannot work at all earns nothing by it; a household without wages and business income
    has none that could be steady.
    """
    if labour in UNABLE:
        return False
    if judged is not None:
        return judged
    known = [figures.get(kind, {}).get("fen") for kind in BY_WORK]
    return False if known == [0, 0] else None


def net_income_a_head(figures: Mapping[str, Mapping[str, Any]], size: int | None) -> int | None:
    """Return A34 in fen of these figures; None when one is missing."""
    known = {kind: Input(one["fen"]) for kind, one in figures.items() if kind in LABELS}
    return a_head(net_income(known), Input(size))


def workers(months: Iterable[str | None]) -> int | None:
    """Return how many members worked away in the year (months of A16); None while one is unknown."""
    known = list(months)
    return None if None in known else sum(Decimal(one) > 0 for one in known if one is not None)
