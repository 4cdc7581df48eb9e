"""What is overdue goes up: village, then town, then county, each level told once (D-02, D-03, D-06).

Source: 湘委乡振组发〔2021〕1号 五(四); 大委乡振组〔2023〕21号 四(四). After how many days is policy.
"""

from __future__ import annotations

from datetime import date
from typing import Final

LEVELS: Final = ("village", "town", "county")


def is_overdue(due_on: str | None, on: date) -> bool:
    """Whether the day has passed; what has no day is never overdue."""
    return due_on is not None and on > date.fromisoformat(due_on)


def age_days(due_on: str | None, on: date) -> int:
    """Return by how many days it is late: 0 on the day itself and before."""
    return max(0, (on - date.fromisoformat(due_on)).days) if due_on is not None else 0


def level_of(start: str, due_on: str | None, on: date, to_town: int, to_county: int) -> str:
    """Return the level at which a duty stands: its own, or higher once it is late by so many days."""
    late = age_days(due_on, on)
    reached = start
    if late >= to_town:
        reached = _higher(reached, "town")
    if late >= to_county:
        reached = _higher(reached, "county")
    return reached


def _higher(one: str, other: str) -> str:
    return max(one, other, key=LEVELS.index)
