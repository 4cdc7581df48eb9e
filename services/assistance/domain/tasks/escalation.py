"""An overdue task goes up, level by level, each level told once (A-09, N-03).

Department first, the day after the deadline; then town, county, leading group after the days of the policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.assistance.domain.tasks.task import Task, is_overdue

LEVELS: Final = ("department", "town", "county", "leading_group")
LEVEL_LABELS: Final = {
    "department": "部门",
    "town": "乡镇",
    "county": "县",
    "leading_group": "县委实施乡村振兴战略领导小组",
}


def levels_due(task: Mapping[str, Any], on: date, days: Mapping[str, int | None]) -> list[str]:
    """Return the levels that are to be told today, lowest first; `days` overdue after which each is told.

    A level that was told once is not told again for this deadline; one of which the policy does not say after
    how many days is not told.
    """
    if not is_overdue(task, on):
        return []
    late = (on - date.fromisoformat(task["due_on"])).days
    told = {one["level"] for one in task["escalations"]}
    after = {level: limit for level, limit in days.items() if limit is not None}
    return [level for level in LEVELS if level in after and late >= after[level] and level not in told]


def escalate(task: Task, level: str, on: date) -> Task:
    """Note that a level was told, under which key; `escalated_on` is the day of the first."""
    told = {"level": level, "on": on.isoformat(), "key": key_of(task, level)}
    first = task["escalated_on"] or on.isoformat()
    return {**task, "escalated_on": first, "escalations": [*task["escalations"], told]}


def key_of(task: Mapping[str, Any], level: str) -> str:
    """Return the key under which a level is told, once: of its own for each deadline and level.

    The first deadline and the first level bear no suffix.
    """
    again = f"/{task['due_on']}" if task["disputed"] or task["changes"] else ""
    above = "" if level == LEVELS[0] else f"/{level}"
    return f"overdue/{task['id']}{again}{above}"
