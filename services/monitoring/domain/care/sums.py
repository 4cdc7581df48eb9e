"""Sums of duties that are kept once a day, so that towns and county read them at once (D-02; decision 0157).

A tally: {kind: {place: [count, overdue or None]}}; None: overdue is told only in the village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]
Sum = list[int | None]
Tally = dict[str, dict[str, Sum]]


def tallied(rows: Iterable[tuple[str, str | None]], today: str) -> dict[str, Sum]:
    """Return place → [count, overdue] of (place, day until when) of everything open of a kind."""
    found: dict[str, Sum] = {}
    for place, due in rows:
        before = found.setdefault(place, [0, 0])
        late = due is not None and due < today
        found[place] = plus(before, [1, int(late)])
    return found


def until_which(days: Iterable[str], most: int) -> Json:
    """Return {risen, until} of the days of what is late: how many, and up to which day a list takes all.

    "": more than `most` are of the first day already; the sums say where they are.
    """
    ordered = sorted(days)
    if len(ordered) <= most:
        return {"risen": len(ordered), "until": ordered[-1] if ordered else ""}
    return {
        "risen": len(ordered),
        "until": max((one for one in ordered[:most] if one < ordered[most]), default=""),
    }


def plus(one: Sum, other: Sum) -> Sum:
    """Return two sums together; what is unknown of one is unknown of both."""
    count, more = one[0] or 0, other[0] or 0
    unknown = one[1] is None or other[1] is None
    return [count + more, None if unknown else (one[1] or 0) + (other[1] or 0)]


def by_kind(tally: Tally) -> dict[str, Sum]:
    """Return kind → [count, overdue] over all places; kinds of which nothing is open are left out."""
    return {kind: _together(of_kind.values()) for kind, of_kind in tally.items() if of_kind}


def by_place(tally: Tally, digits: int) -> list[Json]:
    """Return {region, count, overdue} by division of so many digits, the most overdue first.

    Only what has a day in the store is counted: the overdue of the rest is told in the village.
    """
    places: dict[str, Sum] = {}
    for of_kind in tally.values():
        for place, one in of_kind.items():
            if one[1] is not None and len(place) >= digits:
                code = place[:digits]
                places[code] = plus(places.get(code, [0, 0]), one)
    told = [{"region": code, "count": one[0], "overdue": one[1]} for code, one in places.items()]
    return sorted(told, key=lambda one: (-one["overdue"], one["region"]))


def joined(tallies: Iterable[Tally]) -> Tally:
    """Return the tallies of several towns as one."""
    found: Tally = {}
    for tally in tallies:
        for kind, of_kind in tally.items():
            for place, one in of_kind.items():
                places = found.setdefault(kind, {})
                places[place] = plus(places.get(place, [0, 0]), one)
    return found


def _together(sums: Iterable[Sum]) -> Sum:
    total: Sum = [0, 0]
    for one in sums:
        total = plus(total, one)
    return total


def not_collected(villages: Iterable[str], summaries: Mapping[str, Mapping[str, Any] | None]) -> list[str]:
    """Return the villages whose quarter is not whole: nothing collected yet, or fewer than are in scope."""
    return sorted(one for one in villages if not _whole(summaries.get(one)))


def _whole(summary: Mapping[str, Any] | None) -> bool:
    return summary is not None and summary["known"] >= summary["scope"]
