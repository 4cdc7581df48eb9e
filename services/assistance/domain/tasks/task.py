"""A measure as a task: department, person, deadline, amount, evidence, result, the household's word (A-09).

States: assigned → delivered → confirmed; stopped and replaced end it. "Not received" opens it again: its
delivery is kept under `disputed` and the department answers, under the same payment. Nothing is taken off the
record. Source: 湘委乡振组发〔2021〕1号 附件4, 二(四).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Conflict, Refused

ASSIGNED, DELIVERED, CONFIRMED = "assigned", "delivered", "confirmed"
STOPPED, REPLACED = "stopped", "replaced"
STATUS_LABELS: Final = {
    ASSIGNED: "待落实",
    DELIVERED: "已落实待确认",
    CONFIRMED: "农户已确认",
    STOPPED: "已停止",
    REPLACED: "已更换",
}
ENDED: Final = (STOPPED, REPLACED)
KEPT: Final = ("department", "measure", "title", "amount_fen", "evidence", "risks")
CHANGEABLE: Final = ("due_on", "amount_fen", "person")

Task = dict[str, Any]


def assign(task_id: str, measure: Mapping[str, Any], sealed: str, on: date, days: int) -> Task:
    """Return the task of a measure, due `days` calendar days later; `sealed` is for its department only."""
    return {
        "id": task_id,
        **{name: measure[name] for name in KEPT},
        "persons": sealed,
        "person": None,
        "status": ASSIGNED,
        "assigned_on": on.isoformat(),
        "due_on": (on + timedelta(days=days)).isoformat(),
        "delivered": None,
        "disputed": [],
        "confirmed_on": None,
        "escalated_on": None,
        "escalations": [],
        "orphaned_on": None,
        "ended_on": None,
        "replaces": None,
        "replaced_by": None,
        "changes": [],
        "objections": [],
    }


def deliver(task: Task, amount_fen: int, evidence: Sequence[str], on: date) -> Task:
    """Return the task as delivered; the evidence that the measure asks for must be there (Refused)."""
    if task["status"] != ASSIGNED:
        raise Conflict(
            "该措施已经落实过或已终止",
            code="task.delivered",
            where=task["id"],
            remedy="落实有误的，请由农户提出异议后按异议办理。",
        )
    lacking = [name for name in task["evidence"] if name not in evidence]
    if lacking:
        raise Refused(
            f"落实凭据不全，缺：{'、'.join(lacking)}",
            code="task.evidence",
            where=task["id"],
            remedy="请补齐凭据后重新登记。",
        )
    delivered = {"on": on.isoformat(), "amount_fen": amount_fen, "evidence": list(evidence)}
    return {**task, "status": DELIVERED, "delivered": delivered, "orphaned_on": None}


def confirm(task: Task, on: date) -> Task:
    """Return the task as confirmed by the household; only what was delivered can be confirmed."""
    if task["status"] != DELIVERED:
        raise Refused(
            "措施尚未落实，不能确认",
            code="task.not_delivered",
            where=task["id"],
            remedy="请等部门落实后再办。",
        )
    return {**task, "status": CONFIRMED, "confirmed_on": on.isoformat()}


def object_to(task: Task, reason: str, by: str, on: date, days: int) -> Task:
    """Open a delivered task again because the household says that it did not receive it ("not received").

    What the department recorded stays under `disputed`; it has `days` to answer.
    """
    if task["status"] not in (DELIVERED, CONFIRMED):
        raise Refused(
            "措施尚未落实，无可异议",
            code="task.not_delivered",
            where=task["id"],
            remedy="请等部门落实后再办。",
        )
    objection = {"on": on.isoformat(), "reason": reason, "by": by}
    return {
        **task,
        "status": ASSIGNED,
        "due_on": (on + timedelta(days=days)).isoformat(),
        "disputed": [*task["disputed"], task["delivered"]],
        "delivered": None,
        "confirmed_on": None,
        "escalated_on": None,
        "escalations": [],
        "objections": [*task["objections"], objection],
    }


def answer_objection(task: Task, evidence: Sequence[str], on: date) -> Task:
    """Return a disputed task as delivered again, with new evidence: the same payment, no second one."""
    if task["status"] != ASSIGNED or not task["disputed"]:
        raise Refused(
            "该措施没有待答复的异议", code="task.not_disputed", where=task["id"], remedy="请核对任务编号。"
        )
    return deliver(task, task["disputed"][-1]["amount_fen"], evidence, on)


def change(task: Task, changed: Mapping[str, Any], reason: str, by: str, on: date) -> Task:
    """Change deadline, amount or person of an open task; what stood before is kept with the reason."""
    _require_open(task)
    told = {name: value for name, value in changed.items() if name in CHANGEABLE and value is not None}
    if not told:
        raise Refused(
            "没有写明变更什么",
            code="task.nothing_changed",
            where=task["id"],
            remedy="请写明新的金额、期限、责任人或对象。",
        )
    before = {name: task[name] for name in told}
    noted = _noted("changed", reason, by, on) | {"before": before, "after": told}
    again: Task = {"escalated_on": None, "escalations": []} if "due_on" in told else {}
    return {**task, **told, **again, "changes": [*task["changes"], noted]}


def stop(task: Task, reason: str, by: str, on: date) -> Task:
    """End an open task without replacement."""
    return _end(task, STOPPED, _noted("stopped", reason, by, on), on)


def replace(task: Task, successor: str, reason: str, by: str, on: date) -> Task:
    """End a task because another takes its place; also one that was delivered and did not work."""
    if task["status"] in (DELIVERED, CONFIRMED):
        noted = _noted("replaced", reason, by, on) | {"successor": successor}
        return {**task, "replaced_by": successor, "changes": [*task["changes"], noted]}
    ended = _end(task, REPLACED, _noted("replaced", reason, by, on), on)
    return {**ended, "replaced_by": successor}


def orphan(task: Task, on: date) -> Task:
    """Mark an open task whose department is gone; a person reassigns it, or the department comes back."""
    return task if task["orphaned_on"] else {**task, "orphaned_on": on.isoformat()}


def adopted(task: Task) -> Task:
    """Take the mark away: the department is there again."""
    return {**task, "orphaned_on": None}


def is_open(task: Mapping[str, Any]) -> bool:
    """Whether the department still owes it."""
    return bool(task["status"] == ASSIGNED)


def is_overdue(task: Mapping[str, Any], on: date) -> bool:
    """Whether the day is past the deadline and nothing was delivered."""
    return is_open(task) and on.isoformat() > task["due_on"]


def _end(task: Task, status: str, noted: Task, on: date) -> Task:
    _require_open(task)
    ended = {"status": status, "ended_on": on.isoformat(), "orphaned_on": None}
    return {**task, **ended, "changes": [*task["changes"], noted]}


def _require_open(task: Task) -> None:
    if not is_open(task):
        label = STATUS_LABELS[task["status"]]
        raise Conflict(
            f"该措施{label}，不能再变更",
            code="task.not_open",
            where=task["id"],
            remedy="请核对任务状态；需要继续帮扶的另派措施。",
        )


def _noted(what: str, reason: str, by: str, on: date) -> Task:
    return {"what": what, "reason": reason, "by": by, "on": on.isoformat()}
