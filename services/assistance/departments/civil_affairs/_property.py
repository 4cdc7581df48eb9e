"""The property check of social assistance: what the check centre gathered, against the county's limits.

One source over its limit is enough to refuse; with none over, a source that is missing or stale leaves the
answer open (湘振局发〔2021〕18号 第二章第五节二 “家庭经济状况核算评估”; the limits are the county's).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shouwang.errors import UnknownValue

Rows = Mapping[str, Sequence[Any]]
SOURCES = ("savings", "cars", "homes", "enterprises", "pay")


def gathered(**views: Any) -> Rows:
    """Return the rows of each source: of the person asked about, or of all members of a household."""
    return {name: list(one.values()) if isinstance(one, Mapping) else [one] for name, one in views.items()}


def over_limits(rows: Rows, persons: int, policy: Any) -> list[str]:
    """Return in words what is over its limit; UnknownValue when nothing is and a source says nothing."""
    over: list[str] = []
    silent: UnknownValue | None = None
    for words, passed in _limits(rows, persons, policy):
        try:
            if passed():
                over.append(words)
        except UnknownValue as error:
            silent = silent or error
    if silent and not over:
        raise silent
    return over


def _limits(rows: Rows, persons: int, policy: Any) -> list[tuple[str, Callable[[], bool]]]:
    deposits = policy.property.deposit_months * policy.minimum_living.standard * persons
    return [
        ("存款", lambda: _sum(rows["savings"], "balance") > deposits),
        ("机动车", lambda: _sum(rows["cars"], "cars") > policy.property.cars),
        ("商品房", lambda: _sum(rows["homes"], "market") > policy.property.market_homes),
        ("市场主体", lambda: _sum(rows["enterprises"], "leads") > policy.property.enterprises),
        ("财政供养", lambda: _sum(rows["pay"], "serving") > policy.property.public_payroll),
    ]


def _sum(rows: Sequence[Any], column: str) -> int:
    return sum(getattr(row, column) for row in rows)
