"""The standings of a village from one recomputation to the next: what is kept, and what has changed (M-11).

Kept of a household: {class, category, duty, risk, a34, a38, since}; since: the day of the recomputation that
first said this class. A change is told when class, category or duty differ, with the row that it stands on,
so that its grounds can be given at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

Json = dict[str, Any]

TOLD: Final = ("class", "category", "duty")
KEPT: Final = (*TOLD, "risk", "a34", "a38")


def renewed(before: Mapping[str, Json], found: Mapping[str, Json], on: str) -> dict[str, Json]:
    """Return what is kept after a recomputation. before, found: by household number."""
    return {number: _renewed(before.get(number), one, on) for number, one in found.items()}


def _renewed(before: Json | None, found: Json, on: str) -> Json:
    same = before is not None and before["class"] == found["class"]
    since = before["since"] if before is not None and same else on
    return {**{name: found[name] for name in KEPT}, "since": since}


def changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[str]:
    """Return the numbers whose class, category or duty are others than before; also who came and who went."""
    numbers = sorted({*before, *after})
    return [number for number in numbers if _told(before.get(number)) != _told(after.get(number))]


def _told(one: Json | None) -> Json | None:
    return None if one is None else told_of(one)


def told_of(one: Mapping[str, Any]) -> Json:
    """Return the part of a standing whose change is told."""
    return {name: one[name] for name in TOLD}


def merged(earlier: Mapping[str, Json], later: Mapping[str, Json]) -> dict[str, Json]:
    """Return two tellings of the same day as one: what was before stays from the first."""
    both = {number: later.get(number, earlier.get(number)) for number in {*earlier, *later}}
    return {
        number: {**one, "before": earlier[number]["before"] if number in earlier else one["before"]}
        for number, one in both.items()
        if one is not None
    }


def counted(households: Iterable[Mapping[str, Any]]) -> Json:
    """Return {classes, categories, duty}: how many households of each; stands in clear, for figures."""
    given = list(households)
    return {
        "classes": dict(Counter(one["class"] for one in given)),
        "categories": dict(Counter(one["category"] for one in given)),
        "duty": dict(Counter(one["duty"] for one in given)),
    }
