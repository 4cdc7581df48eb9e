"""What each department owes, by how long it is overdue (A-09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.assistance.domain.tasks.task import is_disputed, owed_fen

Json = dict[str, Any]


def owed(tasks: Iterable[Mapping[str, Any]], on: date, bounds: Sequence[int]) -> list[Json]:
    """Return what each department owes, by code: open, orphaned, disputed, amount_fen, unpriced, classes.

    bounds: last day of each class of age but the open one, ascending (7, 30, 90). classes: of days overdue,
    [{from, to, tasks}], "not due" first with from and to None. amount_fen sums the known amounts only;
    `unpriced` counts the tasks of which no amount is known.
    """
    by: dict[str, list[Mapping[str, Any]]] = {}
    for task in tasks:
        by.setdefault(task["department"], []).append(task)
    return [_department(code, by[code], on, bounds) for code in sorted(by)]


def _department(code: str, tasks: list[Mapping[str, Any]], on: date, bounds: Sequence[int]) -> Json:
    amounts = [fen for fen in map(owed_fen, tasks) if fen is not None]
    return {
        "department": code,
        "open": len(tasks),
        "orphaned": sum(one["orphaned_on"] is not None for one in tasks),
        "disputed": sum(is_disputed(one) for one in tasks),
        "amount_fen": sum(amounts),
        "unpriced": len(tasks) - len(amounts),
        "oldest_due_on": min(one["due_on"] for one in tasks),
        "classes": _classes([days_late(one, on) for one in tasks], bounds),
    }


def days_late(task: Mapping[str, Any], on: date) -> int:
    """Return the days since the deadline; zero or less while it is not past."""
    return (on - date.fromisoformat(task["due_on"])).days


def _classes(late: list[int], bounds: Sequence[int]) -> list[Json]:
    edges = [1, *(bound + 1 for bound in bounds)]
    ends: list[int | None] = [*bounds, None]
    classes = [_class(first, last, late) for first, last in zip(edges, ends, strict=True)]
    return [{"from": None, "to": None, "tasks": sum(days < 1 for days in late)}, *classes]


def _class(first: int, last: int | None, late: list[int]) -> Json:
    inside = [days for days in late if days >= first and (last is None or days <= last)]
    return {"from": first, "to": last, "tasks": len(inside)}
