"""The income of a household over time: the four kinds by window, from all that anybody kept (M-05, M-06)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from shouwang.decision import Input
from shouwang.periods import Quarter, Window

from services.monitoring.domain.income import windows
from services.monitoring.domain.income.figures import EARNED, LABELS, Income
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS

Json = dict[str, Any]
Span = tuple[str, str]
Figures = Mapping[str, Mapping[str, Any]]


def by_window(
    given: Iterable[Figures], rows: Iterable[Mapping[str, Any]], until: date
) -> list[tuple[Span, Json]]:
    """Return (window, {name: fen}) oldest first; of one window the figure given last is the one that counts.

    given: figures {name: {fen, from, to, on}}; rows: of the snapshot, kept with a standing.
    """
    found: dict[Span, Json] = {}
    for row in rows:
        if row["window_end"] is not None:
            kept = {name: row[name] for name in MONEY_FIELDS if row[name] is not None}
            found.setdefault((row["window_start"], row["window_end"]), {}).update(kept)
    for _, one, name in sorted(_dated(given, until), key=lambda item: item[0]):
        found.setdefault((one["from"], one["to"]), {})[name] = one["fen"]
    return sorted(found.items(), key=lambda item: (item[0][1], item[0][0]))


def of_row(row: Mapping[str, Any], on: date) -> Figures:
    """Return the figures on which a class stands on a day: of their window the last word."""
    frame = {"from": row["window_start"], "to": row["window_end"], "on": on.isoformat()}
    return {name: {"fen": row[name], **frame} for name in MONEY_FIELDS if row[name] is not None}


def _dated(given: Iterable[Figures], until: date) -> Iterable[tuple[str, Mapping[str, Any], str]]:
    for figures in given:
        for name, one in figures.items():
            if (one["on"] or "") <= until.isoformat():
                yield one["on"] or "", one, name


def structure(span: Span, figures: Mapping[str, int], size: int) -> Json:
    """Return {from, to, <figures>, missing, shares, per_head, reference_per_head} of one window.

    shares: each kind's part of what was earned, in thousandths; None while a kind is missing. Per head by
    the size of today.
    """
    income = _income(span, figures, size)
    return {
        "from": span[0],
        "to": span[1],
        "figures": {name: figures.get(name) for name in MONEY_FIELDS},
        "missing": [LABELS[name] for name in MONEY_FIELDS if name not in figures],
        "shares": shares([figures.get(name) for name in EARNED]),
        "per_head": income.per_head,
        "reference_per_head": income.reference_per_head,
    }


def shares(earned: Sequence[int | None]) -> Json | None:
    """Return each kind's part in thousandths (rounded down); None when a kind is missing or all is zero."""
    known = [one for one in earned if one is not None]
    total = sum(known)
    if len(known) < len(earned) or total <= 0:
        return None
    return {name: 1000 * one // total for name, one in zip(EARNED, known, strict=True)}


def _income(span: Span, figures: Mapping[str, int], size: int) -> Income:
    given = {name: Input(fen, label=LABELS[name], unit="fen") for name, fen in figures.items()}
    window = Window(date.fromisoformat(span[0]), date.fromisoformat(span[1]))
    return Income(given, Input(size, label="家庭人口", unit="persons"), window)


def by_quarter(books: Mapping[int, Json], first: Quarter, until: date, size: int) -> list[Json]:
    """Return the structure of every quarter that lies before a day and of which the books know anything."""
    found, quarter = [], first
    while quarter.last < until:
        figures = {name: one["fen"] for name, one in windows.figures(books, quarter.window).items()}
        if figures:
            span = (quarter.first.isoformat(), quarter.last.isoformat())
            found.append({"quarter": str(quarter), **structure(span, figures, size)})
        quarter = quarter.shift(1)
    return found
