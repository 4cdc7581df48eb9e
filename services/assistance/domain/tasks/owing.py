"""What departments owe of a plan, and what reached the household (A-09, 附件4).

Owed is what is open while the plan runs; of one that ended, what is disputed.

A household that says after the end of its plan that it received nothing waits for an answer like any other.
Source: docs/decisions/0253, 0260.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.progress import ENDED_PLAN

Task = dict[str, Any]


def owed_of(plan: Mapping[str, Any]) -> list[Task]:
    """Return the tasks of a plan ({status, tasks}) that their departments still owe."""
    return [one for one in plan["tasks"] if is_owed(one, ended=plan["status"] == ENDED_PLAN)]


def is_owed(task: Mapping[str, Any], *, ended: bool) -> bool:
    """Whether its department still owes a task, or an answer; ended: its plan was."""
    return tasks.is_disputed(task) or (tasks.is_open(task) and not ended)


def given_fen(task: Mapping[str, Any]) -> int | None:
    """Return the fen that reached the household, also after the task's end; not what is disputed.

    None when nothing was delivered.
    """
    if task["delivered"] is None and not parts.late(task):
        return None
    return tasks.paid_fen(task) + sum(int(one["amount_fen"]) for one in parts.late(task))


def given_evidence(task: Mapping[str, Any]) -> list[str]:
    """Return the evidence of what reached the household, each once."""
    standing = [task["delivered"]] if task["delivered"] else []
    return list(dict.fromkeys(paper for one in (*standing, *parts.late(task)) for paper in one["evidence"]))
