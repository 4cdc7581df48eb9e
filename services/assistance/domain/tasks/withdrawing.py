"""A sum that was told as paid and turned out not to be: withdrawn, for all to see, and owed again (A-09).

Who decides it: the household's objection is upheld (the disputed task is stopped), or the town, the county or
the department itself finds that a sum never went out, came back, or was less.
Source: 湘委乡振组发〔2021〕1号 附件4; 大委乡振组〔2023〕21号 四(五) (数字增收); docs/decisions/0282.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest, Conflict

from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks

NOT_RECEIVED, NOT_PAID, RETURNED, WRONG_SUM = "not_received", "not_paid", "returned", "wrong_sum"
REASONS: Final = {
    NOT_RECEIVED: "农户反映未收到，经核实未发放",
    NOT_PAID: "登记有误，没有发放",
    RETURNED: "已发放但被退回",
    WRONG_SUM: "登记金额大于实际发放",
}
WITHDRAWN: Final = "withdrawn"
Task = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """What was found: a reason of REASONS, what somebody wrote about it, who, on which day."""

    reason: str
    note: str
    by: str
    on: date

    def mark(self) -> Task:
        """Return what stands on the sum itself; the note stays with the task's changes."""
        return {"on": self.on.isoformat(), "reason": self.reason}


def withdraw(
    task: Task, numbers: Collection[int], found: Finding, days: int | None, instead: Task | None = None
) -> Task:
    """Return the task without these sums; what it owes again is due in `days` (see `tasks.answered_by`).

    instead: what was paid in the place of one of them (part_of). An objection of which no sum is left is
    upheld; a plan or task that ended stays ended.
    """
    marked = parts.marked(task, numbers, found.mark(), instead)
    noted: Task = {"what": WITHDRAWN, "reason": found.note, "by": found.by, "on": found.on.isoformat()}
    noted |= {"sums": sorted(numbers), "delivered": task["delivered"]}
    after = {**marked, "changes": [*marked["changes"], noted], "delivered": _delivered(marked)}
    if tasks.is_disputed(task):
        return after if parts.own_standing(after) else _upheld(after, found.on, days)
    return _settled(after, found.on, days)


def chosen(task: Task, number: int | None) -> int:
    """Return the number of the sum that is meant; it may be left out where there is only one."""
    there = parts.standing(task)
    if number in there:
        return int(number)
    if number is None and len(there) == 1:
        return next(iter(there))
    raise Conflict(
        f"没有可撤销的这一笔（登记在案：{said(there)}）",
        code="task.no_such_sum",
        where=task["id"],
        remedy="请在 number 中写明第几笔；已撤销的不再撤销。",
    )


def said(sums: Mapping[int, Task]) -> str:
    """Say which sums there are."""
    return "；".join(f"第 {n} 笔 {one['on']} {one['amount_fen']} 分" for n, one in sums.items()) or "无"


def rest_of(task: Task, number: int, paid_fen: int) -> Task | None:
    """Return what was paid of a sum after all, as a delivery; None when nothing; BadRequest when not less."""
    told = parts.standing(task)[number]
    if paid_fen >= max(told["amount_fen"], 1):
        raise BadRequest(
            f"实际发放 {paid_fen} 分不小于登记的 {told['amount_fen']} 分",
            code="task.not_less",
            where=task["id"],
            remedy="多付的由部门另报一笔；登记无误的无须更正。",
        )
    day = date.fromisoformat(told["on"])
    return parts.part_of(paid_fen, told["evidence"], day, told.get("part", 1)) if paid_fen else None


def _delivered(task: Task) -> Task | None:
    """Return what stands of the delivery; None when nothing, or while it is disputed."""
    left = parts.own_standing(task)
    if task["delivered"] is None or not left:
        return None
    fen = sum(int(one["amount_fen"]) for one in left)
    return {**task["delivered"], "on": left[-1]["on"], "amount_fen": fen}


def _upheld(task: Task, on: date, days: int | None) -> Task:
    """The household was right: nothing waits for an answer any more, the measure is owed.

    Not where another took its place: that one is owed.
    """
    last = {**task["disputed"][-1], tasks.UPHELD: on.isoformat()}
    upheld = {**task, "disputed": [*task["disputed"][:-1], last]}
    if task["replaced_by"]:
        return _replaced(upheld, on)
    return _open_again(upheld, tasks.ASSIGNED, on, days)


def _settled(task: Task, on: date, days: int | None) -> Task:
    """Bring the state in line with what is left: owed again, in part, or ended by what replaced it."""
    status = task["status"]
    if status in tasks.ENDED:
        return task
    if task["replaced_by"]:
        return task if task["delivered"] else _replaced(task, on)
    if task["delivered"] is None:
        return _open_again(task, tasks.ASSIGNED, on, days)
    return _open_again(task, tasks.PART, on, days) if tasks.owed_fen(task) else task


def _replaced(task: Task, on: date) -> Task:
    """Return a task of which nothing was paid as ended by what took its place."""
    return {**task, "status": tasks.REPLACED, "ended_on": on.isoformat()}


def _open_again(task: Task, status: str, on: date, days: int | None) -> Task:
    """Return the task as owed, with a deadline of its own; what was said of its effect counts no more."""
    told = {"status": status, "due_on": tasks.answered_by(task, on, days), "confirmed_on": None}
    return {**task, **told, "escalated_on": None, "escalations": [], "effect": None}
