"""A measure as a task: department, deadline, amount, evidence, result, the household's confirmation (A-09).

States: assigned → delivered → confirmed. An overdue task stays assigned and is escalated once.
Source: 湘委乡振组发〔2021〕1号 附件4, 二(四).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shouwang.errors import Conflict, Refused

ASSIGNED, DELIVERED, CONFIRMED = "assigned", "delivered", "confirmed"
STATUS_LABELS = {ASSIGNED: "待落实", DELIVERED: "已落实待确认", CONFIRMED: "农户已确认"}

Task = dict[str, Any]


def assign(task_id: str, measure: Mapping[str, Any], sealed: str, on: date, days: int) -> Task:
    """Return the task of a measure, due `days` calendar days later; `sealed` is for its department only."""
    kept = {
        name: measure[name] for name in ("department", "measure", "title", "amount_fen", "evidence", "risks")
    }
    return {
        "id": task_id,
        **kept,
        "persons": sealed,
        "status": ASSIGNED,
        "assigned_on": on.isoformat(),
        "due_on": (on + timedelta(days=days)).isoformat(),
        "delivered": None,
        "confirmed_on": None,
        "escalated_on": None,
    }


def deliver(task: Task, amount_fen: int, evidence: list[str], on: date) -> Task:
    """Return the task as delivered; the evidence that the measure asks for must be there (Refused)."""
    if task["status"] != ASSIGNED:
        raise Conflict("该措施已经落实过", code="task.delivered", where=task["id"])
    lacking = [name for name in task["evidence"] if name not in evidence]
    if lacking:
        raise Refused(
            f"落实凭据不全，缺：{'、'.join(lacking)}",
            code="task.evidence",
            where=task["id"],
            remedy="请补齐凭据后重新登记。",
        )
    delivered = {"on": on.isoformat(), "amount_fen": amount_fen, "evidence": evidence}
    return {**task, "status": DELIVERED, "delivered": delivered}


def confirm(task: Task, on: date) -> Task:
    """Return the task as confirmed by the household; only what was delivered can be confirmed."""
    if task["status"] != DELIVERED:
        raise Refused("措施尚未落实，不能确认", code="task.not_delivered", where=task["id"])
    return {**task, "status": CONFIRMED, "confirmed_on": on.isoformat()}


def is_overdue(task: Task, on: date) -> bool:
    """Whether the day is past the deadline and nothing was delivered."""
    return bool(task["status"] == ASSIGNED and on.isoformat() > task["due_on"])


def escalate(task: Task, on: date) -> Task:
    """Mark an overdue task as reported upwards, once."""
    return task if task["escalated_on"] else {**task, "escalated_on": on.isoformat()}
