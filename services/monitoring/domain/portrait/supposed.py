"""What would follow from another figure or rule: who would enter, who would leave, by village and category.

Counted from groups {village, status, category, duty, class, category_if, duty_if, class_if, households}.
Enter: in none of the three categories as things stand, in one under the supposition; leave: the other way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from shouwang.vocabulary import CATEGORIES

Json = dict[str, Any]
MONITORED: Final = "monitored"


def told(groups: Iterable[Mapping[str, Any]]) -> Json:
    """Return {households, enter, leave, moved, monitored_leaving, duty, open, classes, villages}.

    enter, leave: by category; moved: {category: {other category: n}} within the list; duty: must be included
    now and then; open: not decidable now and then; classes: {before: {after: n}} of those that change;
    villages: only those where somebody enters, leaves or moves.
    """
    given = list(groups)
    return {
        "households": sum(one["households"] for one in given),
        **_moves(given),
        "monitored_leaving": sum(
            one["households"] for one in given if _leaves(one) and one["status"] == MONITORED
        ),
        "duty": _both(given, "duty", "yes"),
        "open": _both(given, "category", "unknown"),
        "classes": _matrix(one for one in given if one["class"] != one["class_if"]),
        "villages": _villages(given),
    }


def _listed(name: str) -> bool:
    return name in CATEGORIES


def _enters(one: Mapping[str, Any]) -> bool:
    return _listed(one["category_if"]) and not _listed(one["category"])


def _leaves(one: Mapping[str, Any]) -> bool:
    return _listed(one["category"]) and not _listed(one["category_if"])


def _moves(groups: list[Mapping[str, Any]]) -> Json:
    enter: Counter[str] = Counter()
    leave: Counter[str] = Counter()
    moved = [one for one in groups if one["category"] != one["category_if"]]
    for one in moved:
        if _enters(one):
            enter[one["category_if"]] += one["households"]
        elif _leaves(one):
            leave[one["category"]] += one["households"]
    within = (one for one in moved if _listed(one["category"]) and _listed(one["category_if"]))
    return {"enter": dict(enter), "leave": dict(leave), "moved": _matrix(within, "category")}


def _matrix(groups: Iterable[Mapping[str, Any]], name: str = "class") -> Json:
    found: dict[str, Counter[str]] = {}
    for one in groups:
        found.setdefault(one[name], Counter())[one[f"{name}_if"]] += one["households"]
    return {before: dict(after) for before, after in found.items()}


def _both(groups: list[Mapping[str, Any]], name: str, value: str) -> Json:
    def count(key: str) -> int:
        return sum(one["households"] for one in groups if one[key] == value)

    return {"now": count(name), "then": count(f"{name}_if")}


def _villages(groups: list[Mapping[str, Any]]) -> list[Json]:
    by_village: dict[str, list[Mapping[str, Any]]] = {}
    for one in groups:
        by_village.setdefault(one["village"], []).append(one)
    told_of = [{"village": village, **_moves(by_village[village])} for village in sorted(by_village)]
    return [one for one in told_of if one["enter"] or one["leave"] or one["moved"]]
