"""Counts as tallies.py makes them, for pure tests of the reports."""

from __future__ import annotations

from typing import Any

CASE = {
    "ended_on": "2021-07-20",
    "category": "unstable_ex_poor",
    "risks": ["illness"],
    "way": None,
    "days": 15,
}
CLUE = {"found_on": "2021-07-01", "due_on": "2021-07-01", "responded_on": "2021-07-01", "status": "closed"}
CLUE |= {"outcome": "included", "channel": "department", "way": "部门筛查预警"}


def case(status: str = "included", **more: Any) -> dict[str, Any]:
    return {**CASE, "status": status, **more}


def clue(**more: Any) -> dict[str, Any]:
    return {**CLUE, **more}


def counts(**more: Any) -> dict[str, Any]:
    """A quarter (or month, or year) in which little happened."""
    zero = {"known": 0, "unknown": 0}
    names = (
        "minimum_living",
        "destitute",
        "uninsured",
        "disabled",
        "housing_unsafe",
        "school_dropout",
        "water_unsafe",
    )
    stock = {"households": 100, "persons": 310, "monitored": 2, "removed": 1, "left_out": 0}
    stock |= {"categories": {"unstable_ex_poor": 2}, "risks": {"illness": 2}}
    return {
        "as_of": "2021-09-30",
        "place": "祁东县",
        "stock": stock,
        "clues": {"rows": [], "overdue": 0, "included_ways": [], "by_department": {}},
        "reported": {},
        "opened": {"identification": 0, "removal": 0},
        "ended": {"identification": [], "removal": []},
        "help": None,
        "departments": {},
        "growth": None,
        "registry": {f"monitored_{name}": dict(zero) for name in names},
        "comparisons": {"cases": 0, "departments": {}},
        **more,
    }


def said(sections: list[dict[str, Any]]) -> str:
    """Everything that the sections say in sentences."""
    return "".join(text for one in sections for text in one["said"])
