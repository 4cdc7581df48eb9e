"""A measure as a task: department, person, deadline, amount, evidence, result, the household's word (A-09).

States: assigned → (part_delivered →) delivered → confirmed; stopped and replaced end it. A measure with an
amount is delivered when all of it was; of less the rest is owed. "Not received" opens it again: its delivery
is kept under `disputed` and the department answers, under the same payment. Nothing is taken off the record.
Source: 湘委乡振组发〔2021〕1号 附件4, 二(四).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Conflict, Refused

from services.assistance.domain.tasks import parts

ASSIGNED, PART, DELIVERED, CONFIRMED = "assigned", "part_delivered", "delivered", "confirmed"
STOPPED, REPLACED = "stopped", "replaced"
STATUS_LABELS: Final = {
    ASSIGNED: "待落实",
    PART: "部分落实",
    DELIVERED: "已落实待确认",
    CONFIRMED: "农户已确认",
    STOPPED: "已停止",
    REPLACED: "已更换",
}
ENDED: Final = (STOPPED, REPLACED)
OPEN: Final = (ASSIGNED, PART)
UPHELD: Final = "upheld_on"
"""On a disputed delivery: the household was right, there is nothing to answer any more."""
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
        "parts": [],
    }


def deliver(task: Task, part: Task) -> Task:
    """Return the task with a delivery (part_of); Refused where evidence that the measure asks for is lacking.

    Less than its amount leaves the rest owed (part_delivered); more, or nothing of it, is refused.
    """
    if not is_open(task):
        raise Conflict(
            "该措施已经落实过或已终止",
            code="task.delivered",
            where=task["id"],
            remedy="落实有误的，请由农户提出异议后按异议办理。",
        )
    lacking = [name for name in task["evidence"] if name not in part["evidence"]]
    if lacking:
        raise Refused(
            f"落实凭据不全，缺：{'、'.join(lacking)}",
            code="task.evidence",
            where=task["id"],
            remedy="请补齐凭据后重新登记。",
        )
    check_amount(task, part["amount_fen"])
    paid = paid_fen(task) + part["amount_fen"]
    status = PART if task["amount_fen"] and paid < task["amount_fen"] else DELIVERED
    delivered = {"on": part["on"], "amount_fen": paid, "evidence": part["evidence"]}
    told = [*parts.own(task), part]
    return {**task, "status": status, "delivered": delivered, "orphaned_on": None, "parts": told}


def paid_fen(task: Mapping[str, Any]) -> int:
    """Return what was delivered of a task so far and is not disputed."""
    return int(task["delivered"]["amount_fen"]) if task["delivered"] else 0


def owed_fen(task: Mapping[str, Any]) -> int | None:
    """Return what is still to be delivered of a task; None while its amount is not known."""
    return None if task["amount_fen"] is None else int(task["amount_fen"]) - paid_fen(task)


def check_amount(task: Mapping[str, Any], amount_fen: int) -> None:
    """Refuse more money than the task still owes, and no money where money is owed."""
    left = owed_fen(task)
    if left is None or left == amount_fen == 0 or 0 < amount_fen <= left:
        return
    raise Refused(
        f"登记落实 {amount_fen} 分，与该措施还应落实的 {left} 分不符",
        code="task.wrong_amount",
        where=task["id"],
        remedy="请核对金额；金额确有变化的，先由乡镇或县级变更任务金额，再重新登记。",
    )


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


def object_to(task: Task, reason: str, by: str, on: date, days: int | None) -> Task:
    """Open a delivered task again because the household says that it did not receive it ("not received").

    What the department recorded stays under `disputed`; it has `days` to answer, or, while the policy does
    not say how many (None), what is left of its first deadline: nobody's word waits for a figure.
    """
    if task["delivered"] is None or task["status"] in ENDED:
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
        "due_on": answered_by(task, on, days),
        "disputed": [*task["disputed"], task["delivered"]],
        "delivered": None,
        "confirmed_on": None,
        "escalated_on": None,
        "escalations": [],
        "objections": [*task["objections"], objection],
    }


def answered_by(task: Task, on: date, days: int | None) -> str:
    """Return the day by which an objection of a day is to be answered."""
    return max(task["due_on"], on.isoformat()) if days is None else (on + timedelta(days=days)).isoformat()


def answer_objection(task: Task, evidence: Sequence[str], on: date) -> Task:
    """Return a disputed task as delivered again, with new evidence: the same payment, no second one.

    Of one that was replaced meanwhile nothing more is owed: what is left of it is the other's.
    """
    if not is_disputed(task):
        raise Refused(
            "该措施没有待答复的异议", code="task.not_disputed", where=task["id"], remedy="请核对任务编号。"
        )
    answered = deliver(task, parts.part_of(_disputed_fen(task), evidence, on))
    status = DELIVERED if task["replaced_by"] else answered["status"]
    return {**answered, "status": status, "parts": parts.own(task)}


def _disputed_fen(task: Task) -> int:
    """Return what the household disputes, without the sums that were withdrawn meanwhile."""
    last = [task["disputed"][-1]]
    return sum(int(one["amount_fen"]) for one in (parts.own_standing(task) if "parts" in task else last))


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
    return _settled({**task, **told, **again, "changes": [*task["changes"], noted]})


def _settled(task: Task) -> Task:
    """Return a changed task as delivered where its amount is now what was paid; never less than that."""
    if task["status"] != PART or owed_fen(task):
        check_not_below(task)
        return task
    return {**task, "status": DELIVERED}


def check_not_below(task: Task) -> None:
    """Refuse an amount below what was delivered of it already."""
    if (owed_fen(task) or 0) < 0:
        raise Refused(
            f"任务金额不能少于已落实的 {paid_fen(task)} 分",
            code="task.wrong_amount",
            where=task["id"],
            remedy="请核对金额。",
        )


def stop(task: Task, reason: str, by: str, on: date) -> Task:
    """End an open task without replacement."""
    return _end(task, STOPPED, _noted("stopped", reason, by, on), on)


def replace(task: Task, successor: str, reason: str, by: str, on: date) -> Task:
    """End a task because another takes its place, once; also one that was delivered and did not work."""
    if task["replaced_by"]:
        raise Conflict(
            "该措施已由另一项更换",
            code="task.replaced",
            where=task["id"],
            remedy="请更换接替的那一项。",
        )
    if task["status"] in (DELIVERED, CONFIRMED):
        noted = _noted("replaced", reason, by, on) | {"successor": successor}
        return {**task, "replaced_by": successor, "changes": [*task["changes"], noted]}
    ended = _end(task, REPLACED, _noted("replaced", reason, by, on), on)
    return {**ended, "replaced_by": successor}


def given_again(task: Task, reason: str, by: str, on: date) -> Task:
    """Return a new task with who gave it once more in its plan, and why."""
    return {**task, "changes": [_noted("given_again", reason, by, on)]}


def orphan(task: Task, on: date) -> Task:
    """Mark an open task whose department is gone; a person reassigns it, or the department comes back."""
    return task if task["orphaned_on"] else {**task, "orphaned_on": on.isoformat()}


def adopted(task: Task) -> Task:
    """Take the mark away: the department is there again."""
    return {**task, "orphaned_on": None}


def is_open(task: Mapping[str, Any]) -> bool:
    """Whether the department still owes it, or a part of it."""
    return task["status"] in OPEN


def is_disputed(task: Mapping[str, Any]) -> bool:
    """Whether the household says that it did not receive it, and nobody has answered yet."""
    open_one = bool(task["disputed"]) and UPHELD not in task["disputed"][-1]
    return task["status"] == ASSIGNED and open_one


def is_overdue(task: Mapping[str, Any], on: date) -> bool:
    """Whether the day is past the deadline and not all was delivered."""
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
