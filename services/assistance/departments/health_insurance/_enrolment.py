"""Of which insurance year a premium and its subsidy speak (A-03; decision 0287). Amounts are fen.

Premiums are collected from autumn on for the insurance year that begins on 1 January. Who joins in the year
(a newborn, somebody newly identified) pays for the year that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.department import Entitlement, entitled, not_entitled
from shouwang.money import Fen, format_yuan

from ._told import known

UNBOOKED = "资助参保台账没有数据，是否已资助请先核对"


@dataclass(frozen=True)
class Year:
    """An insurance year: how to reckon its subsidy, and what was paid of it (None: nobody can tell)."""

    year: int
    due: Callable[[], Fen]
    given: Fen | None

    def left(self) -> Fen:
        """Return what is still due; UnknownValue while the figures of the year are not out."""
        return max(self.due() - (self.given or 0), 0)


def collecting(on: date, policy: Any) -> bool:
    """Say whether the premiums of the next insurance year are being collected."""
    return f"{on:%m-%d}" >= policy.enrolment.begins


def premium_of(year: int, on: date, policy: Any) -> Fen:
    """Return what a resident pays for an insurance year: the one that runs, or the next."""
    found: Fen = policy.resident_premium if year == on.year else policy.next_premium
    return found


def years_of(on: date, aided: Any, policy: Any, reckon: Callable[[Fen], Fen]) -> list[Year]:
    """Return the insurance years that a subsidy is still to be looked at for.

    reckon: the subsidy of a premium. While the next year's is collected, the year that runs is looked at only
    where the ledger says what it was given.
    """
    given = (known(lambda: aided.this_year), known(lambda: aided.next_year))
    both = [
        Year(year, lambda year=year: reckon(premium_of(year, on, policy)), paid)
        for year, paid in zip((on.year, on.year + 1), given, strict=True)
    ]
    if not collecting(on, policy):
        return both[:1]
    return both[1:] if given[0] is None else both


def still_due(years: Sequence[Year]) -> Entitlement:
    """Grant what is left of each year, naming it; a figure that is not out holds up no other year."""
    left = {one.year: known(one.left) for one in years}
    due = sum(filter(None, left.values()))
    if not due:
        return _nothing(years)
    # A ledger that has paid something is kept; one that has nothing may only not have been written yet.
    shown = False if any(one.given for one in years) else None
    return entitled(due, per="year", reason=_named(years, left), receiving=shown)


def _named(years: Sequence[Year], left: Mapping[int, Fen | None]) -> str:
    words = [f"{year} 参保年度 {format_yuan(amount)}" for year, amount in left.items() if amount]
    words += [f"{year} 参保年度缴费标准尚未公布" for year, amount in left.items() if amount is None]
    words += [UNBOOKED] if any(one.given is None for one in years) else []
    return "；".join(words)


def _nothing(years: Sequence[Year]) -> Entitlement:
    for one in years:
        one.left()  # says which figure is not out
    named = "、".join(str(one.year) for one in years)
    return not_entitled(f"{named} 参保年度已足额资助", receiving=True)
