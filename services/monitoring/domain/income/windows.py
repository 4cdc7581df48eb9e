"""What the books know of a window of whole months: each figure with its givers and the newest day (M-06).

A quarter that lies wholly in the window is answered by its own figure, else by its three months. Of a quarter
that lies in it in part (a case of August begins in the middle of one) the months are needed; the last of
them may be told from the figure of the quarter and the other months. Everything else is unknown: a third of
a quarter is nobody's figure (docs/decisions/0120).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.decision import Input
from shouwang.periods import MONTHS_A_QUARTER, Month, Quarter, Window

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income.book import Entry, State
from services.monitoring.domain.income.figures import LABELS, REFERENCE
from services.monitoring.domain.income.periods_of import Period, months_in, period, quarter_of, quarters_of

Books = Mapping[int, State]
"""The books of one household by year."""


@dataclass(frozen=True)
class Known:
    """An amount in fen with the entries and payments from which it comes."""

    fen: int
    sources: tuple[Entry, ...]

    @property
    def giver(self) -> str:
        """Everybody who gave a part of it, each once, in the order of time."""
        return "、".join(dict.fromkeys(_giver(one) for one in self.sources))

    def figure(self, window: Window) -> dict[str, Any]:
        """Return it as the registry keeps figures: {fen, from, to, giver, on}."""
        on = books.newest(list(self.sources))
        frame = {"from": window.start.isoformat(), "to": window.end.isoformat()}
        return {"fen": self.fen, **frame, "giver": self.giver, "on": on.isoformat() if on else None}

    def input(self, kind: str, window: Window) -> Input:
        """Return it as the input of a rule."""
        return Input(self.fen, self.giver, books.newest(list(self.sources)), LABELS[kind], "fen", window)


def _giver(one: Entry) -> str:
    return str(one["giver"] if "giver" in one else one["department"])


def figures(of: Books, window: Window) -> dict[str, dict[str, Any]]:
    """Return what is known of a window, as in a household's `figures`; what is not known is left out."""
    found = {kind: known(of, kind, window) for kind in REFERENCE}
    return {kind: one.figure(window) for kind, one in found.items() if one is not None}


def inputs(of: Books, window: Window) -> dict[str, Input]:
    """Return every figure of a window as the input of a rule; its value is None when it is not known."""
    found = {kind: known(of, kind, window) for kind in REFERENCE}
    return {
        kind: one.input(kind, window) if one else Input(None, label=LABELS[kind], unit="fen", period=window)
        for kind, one in found.items()
    }


def known(of: Books, kind: str, window: Window) -> Known | None:
    """Return one figure of a window of whole months, None when a part of it is not known."""
    given = []
    for quarter in quarters_of(window):
        part = _part(of, kind, quarter, months_in(quarter, window))
        if part is None:
            return None
        given.append(part)
    return _sum(given)


def _part(of: Books, kind: str, quarter: Quarter, months: tuple[Month, ...]) -> Known | None:
    book = of.get(quarter.year)
    if book is None:
        return None
    found = {when: _total(book, kind, one) for when, one in books.of_quarter(book, kind, quarter)}
    if len(months) == MONTHS_A_QUARTER and quarter in found:
        return found[quarter]
    if all(month in found for month in months):
        return _sum([found[month] for month in months])
    return _rest(found, quarter, months)


def _rest(found: Mapping[Period, Known], quarter: Quarter, months: tuple[Month, ...]) -> Known | None:
    """What the quarter leaves when the months outside the window are known."""
    others = [month for month in quarter.months if month not in months]
    if not others or quarter not in found or not all(month in found for month in others):
        return None
    outside = _sum([found[month] for month in others])
    whole = found[quarter]
    return Known(whole.fen - outside.fen, (*whole.sources, *outside.sources))


def _sum(parts: list[Known]) -> Known:
    return Known(sum(part.fen for part in parts), tuple(one for part in parts for one in part.sources))


def _total(book: State, kind: str, entry: Entry) -> Known:
    """What was collected, and beside it what departments paid where the collector left that out."""
    if not entry["apart"]:
        return Known(entry["fen"], (entry,))
    paid = books.paid(book, kind, _months(entry["period"]))
    return Known(entry["fen"] + sum(one["fen"] for one in paid), (entry, *paid))


def _months(text: str) -> tuple[Month, ...]:
    quarter = quarter_of(period(text))
    return quarter.months if "Q" in text else (Month.parse(text),)


def size(of: Books, quarter: Quarter) -> int | None:
    """Return the size of the household (persons) when the quarter was collected; None when it was not."""
    book = of.get(quarter.year)
    return None if book is None else book["sizes"].get(str(quarter))
