"""Whether a household was monitored on a day, from the cases that had ended by then (D-01, R-05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

State = Mapping[str, Any]
INCLUDED, REMOVED = "included", "removed"
STATUSES: Final = {INCLUDED: "monitored", REMOVED: "removed"}


def monitoring_on(cases: Iterable[State], household: State, day: date) -> dict[str, Any]:
    """Return {status, category, monitoring} of a household on a day: those of the last case that had
    settled it.

    What is known of a monitoring that goes on still is that of today, where it is the same one.
    """
    ended = sorted(
        (_ended_on(one), one["case"]["status"], one.get("category")) for one in cases if _settles(one)
    )
    before = [one for one in ended if one[0] <= day.isoformat()]
    if not before:
        return {"status": "registered", "category": None, "monitoring": None}
    on, status, _ = before[-1]
    category = next((one[2] for one in reversed(before) if one[1] == INCLUDED), None)
    today = household["monitoring"] or {}
    same = today.get("since") == next((one[0] for one in reversed(before) if one[1] == INCLUDED), None)
    monitoring = dict(today) if same and len(before) == len(ended) else {"since": on}
    return {"status": STATUSES[status], "category": category, "monitoring": monitoring}


def _settles(case: State) -> bool:
    return case["case"]["status"] in STATUSES


def _ended_on(case: State) -> str:
    return str(case["case"]["entries"][-1]["on"])
