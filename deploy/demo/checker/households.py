"""Households and their cases: one case at a time, a status that follows from them, comparison before inclusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]


def check_households(stored: Stored) -> Iterator[Violation]:
    """Check each household against its cases."""
    cases: dict[str, list[Json]] = defaultdict(list)
    for doc in stored.documents("monitoring", "cases"):
        cases[doc["state"]["household"]].append(doc)
        yield from _compared(doc)
    for doc in stored.documents("monitoring", "households"):
        yield from _status(doc, cases.get(doc["_id"], []))
    for household, found in cases.items():
        running = [one for one in found if one["state"]["case"]["status"] == "open"]
        if len(running) > 1:
            yield Violation("two_open_cases", f"monitoring/{household}", f"{len(running)} 件")


def _compared(doc: Json) -> Iterator[Violation]:
    case = doc["state"]["case"]
    if case["status"] == "included" and not doc["state"]["compared_on"]:
        yield Violation("no_comparison", f"monitoring/{doc['_id']}", "无比对记录")


def _status(doc: Json, cases: list[Json]) -> Iterator[Violation]:
    ended = [
        one["state"]["case"] for one in cases if one["state"]["case"]["status"] in ("included", "removed")
    ]
    newest = max(ended, key=lambda one: (one["entries"][-1]["on"], one["id"]), default=None)
    expected = {None: False, "included": True, "removed": False}[newest["status"] if newest else None]
    if (doc["state"]["status"] == "monitored") is not expected:
        what = f"状态 {doc['state']['status']}，最近的案件 {newest['status'] if newest else '无'}"
        yield Violation("status_mismatch", f"monitoring/{doc['_id']}", what)
