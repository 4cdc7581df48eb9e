"""Deliveries: what a department reports as done, what a person hands in for a task of no department.

Money that reached the household is told once per payment; delivered after the task ended, it is told too:
nobody un-pays it by changing a plan.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.errors import Forbidden, Refused
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.payment import kind_of_payment, payment_id
from services.assistance.handlers.finding import find_task, plan_of
from services.assistance.handlers.holding import put
from services.assistance.handlers.planning.encouraging import LOCAL
from services.assistance.views.plans import plan_view

Json = dict[str, Any]


def record_delivery(ctx: Context, event: IncomingEvent) -> None:
    """Mark a task as delivered by its department; said twice, it counts once."""
    said = event.data
    agg = plan_of(ctx, said["task"])
    task = find_task(agg, said["task"])
    if task["department"] != event.source:
        raise Forbidden(
            f"任务 {task['id']} 派给 {task['department']}，{event.source} 不能登记落实",
            code="task.of_another_department",
            remedy="请核对任务编号。",
        )
    if agg.carried_out(ctx.request_id) or _known(task):
        return
    _deliver(ctx, agg, task, said["amount_fen"] or 0, said["evidence"], said["on"])


def hand_in(ctx: Context, request: Json) -> Json:
    """Hand in a task of no department, with its evidence."""
    agg = plan_of(ctx, request["task"])
    task = find_task(agg, request["task"])
    if task["department"] != LOCAL:
        raise Refused(
            "该任务由承办部门在本部门系统登记落实",
            code="task.not_local",
            where=task["id"],
            remedy=f"请由 {task['department']} 办理。",
        )
    if not agg.carried_out(ctx.request_id):
        _deliver(ctx, agg, task, request["amount_fen"] or 0, request["evidence"], ctx.today)
    return plan_view(agg)


def _known(task: Json) -> bool:
    """Whether a delivery of this task is on record, disputed or not; a department delivers a task once."""
    late = any(one["what"] == "delivered_after_end" for one in task["changes"])
    return task["delivered"] is not None or bool(task["disputed"]) or late


def _deliver(ctx: Context, agg: Aggregate, task: Json, fen: int, evidence: list[str], on: date) -> None:
    ended = task["status"] in tasks.ENDED
    done = _after_end(task, fen, evidence, on) if ended else tasks.deliver(task, fen, evidence, on)
    put(agg, done)
    action = "task.delivered_after_end" if ended else "task.delivered"
    detail = {"task": task["id"], "amount_fen": fen}
    ctx.save(ctx.store.plans, agg, action, detail, events=_paid(ctx, agg, task, fen, on))


def _after_end(task: Json, fen: int, evidence: list[str], on: date) -> Json:
    noted = {"what": "delivered_after_end", "on": on.isoformat(), "amount_fen": fen, "evidence": evidence}
    return {**task, "changes": [*task["changes"], noted]}


def _paid(ctx: Context, agg: Aggregate, task: Json, fen: int, on: date) -> list[Any]:
    figures = ctx.figures(agg.region)
    kind = kind_of_payment(task, fen, figures.claim_measures, figures.not_income_measures)
    if kind is None:
        return []
    paid = {
        "payment": payment_id(task["id"]),
        "household": agg.state["household"],
        "region": agg.region,
        "case": agg.state["case"],
        "department": task["department"],
        "measure": task["measure"],
        "kind": kind,
        "fen": fen,
        "on": on.isoformat(),
    }
    return [ctx.event("measure.paid", paid)]
