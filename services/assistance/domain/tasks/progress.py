"""How far a plan is: a half delivered plan is shown as half delivered, nothing is said that is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.assistance.domain.tasks.task import ASSIGNED, CONFIRMED, DELIVERED, ENDED, PART, is_disputed

RUNNING, HALF, DONE, NOTHING, ENDED_PLAN = (
    "running",
    "half_delivered",
    "delivered",
    "nothing_to_deliver",
    "ended",
)
LABELS: Final = {
    RUNNING: "落实中",
    HALF: "部分落实",
    DONE: "全部落实并确认",
    NOTHING: "没有可落实的措施",
    ENDED_PLAN: "已终结",
}


def status_of(tasks: Sequence[Mapping[str, Any]]) -> str:
    """Return "running", "delivered" (every living task confirmed) or "nothing_to_deliver"."""
    living = [one for one in tasks if one["status"] not in ENDED]
    if not living:
        return NOTHING
    return DONE if all(one["status"] == CONFIRMED for one in living) else RUNNING


def progress(tasks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return {stage, assigned, delivered, confirmed, ended, orphaned, disputed}: counts of tasks."""
    states = Counter(one["status"] for one in tasks)
    stage = status_of(tasks)
    begun = states[PART] + states[DELIVERED] + states[CONFIRMED] > 0
    owed = states[ASSIGNED] + states[PART]
    return {
        "stage": HALF if stage == RUNNING and begun and owed > 0 else stage,
        "assigned": owed,
        "delivered": states[DELIVERED],
        "confirmed": states[CONFIRMED],
        "ended": sum(states[one] for one in ENDED),
        "orphaned": sum(one["orphaned_on"] is not None for one in tasks),
        "disputed": sum(map(is_disputed, tasks)),
    }


def uncovered(risks: Sequence[str], tasks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the risks that no living task answers: one whose task was stopped is not covered any more."""
    answered = {risk for one in tasks if one["status"] not in ENDED for risk in one["risks"]}
    return [risk for risk in risks if risk not in answered]
