"""The books of a household and of one that it took in: what both earned, whose figure is whose (M-05, D-01).

A period that had ended when they became one is the sum of both; where one of them was not collected it is not
known. From then on the household is asked for everybody, so its own figure is the whole; what departments had
paid to the other number in that quarter is paid to it. A figure that was recorded before anybody knew of the
merger is its old people's only. Source: 湘委乡振组发〔2021〕1号 附件6 A33; docs/decisions/0284.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shouwang.periods import Quarter

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income import windows
from services.monitoring.domain.income.book import Entry, State
from services.monitoring.domain.income.figures import REFERENCE
from services.monitoring.domain.income.periods_of import Period, periods_in
from services.monitoring.domain.income.windows import Books

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Merged:
    """When one household took the other in, and when that was recorded."""

    on: date
    recorded_on: date


def together(own: Books, other: Books, merged: Merged) -> dict[int, State]:
    """Return the books of a household as `windows` reads them, with the one that it took in; only figures.

    A year without a book of its own stays unknown.
    """
    return {year: _year(one, other.get(year), merged) for year, one in own.items()}


def _year(own: State, other: State | None, merged: Merged) -> State:
    entries = [
        one
        for number in QUARTERS
        for kind in REFERENCE
        for one in _quarter(own, other, kind, Quarter(own["year"], number), merged)
    ]
    paid = other["payments"] if other else {}
    since = {id: one for id, one in paid.items() if one["on"] >= Quarter.of(merged.on).first.isoformat()}
    return {**own, "entries": entries, "payments": {**since, **own["payments"]}}


def _quarter(own: State, other: State | None, kind: str, quarter: Quarter, merged: Merged) -> Iterator[Entry]:
    standing = books.standing(own, kind)
    for text, when in periods_in(quarter):
        entry = standing.get(text)
        if entry is not None and _of_everybody(entry, when, merged):
            yield entry
        elif (found := _summed(own, other, kind, when)) is not None:
            yield _entry(kind, text, found)


def _of_everybody(entry: Entry, when: Period, merged: Merged) -> bool:
    """Whether the household was asked for those whom it took in too."""
    return when.last >= merged.on and entry["recorded_on"] >= merged.recorded_on.isoformat()


def _summed(own: State, other: State | None, kind: str, when: Period) -> windows.Known | None:
    ours = windows.known({own["year"]: own}, kind, when.window)
    theirs = windows.known({own["year"]: other}, kind, when.window) if other else None
    if ours is None or theirs is None:
        return None
    return windows.Known(ours.fen + theirs.fen, (*ours.sources, *theirs.sources))


def _entry(kind: str, text: str, found: windows.Known) -> Entry:
    """Return a sum as an entry: what departments paid is in it already."""
    on = max(str(one["on"]) for one in found.sources)
    told = {"kind": kind, "period": text, "fen": found.fen, "giver": found.giver, "apart": False}
    return {**told, "id": f"{text}/{kind}/+", "on": on, "replaced_by": None}
