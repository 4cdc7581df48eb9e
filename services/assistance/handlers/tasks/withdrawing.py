"""A sum that did not reach the household after all: taken back by who answers for it (A-09)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import roles
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.tasks import parts, withdrawing
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.withdrawing import Finding
from services.assistance.handlers.finding import find_task, own_department_only, plan_of
from services.assistance.handlers.holding import ENDED, put
from services.assistance.handlers.messages import withdrawn_message
from services.assistance.handlers.tasks import paying
from services.assistance.views.plans import task_view, without_persons

Json = dict[str, Any]
UPHELD: Final = "农户反映未收到，任务按未发放停止"


def withdraw_payment(ctx: Context, request: Json) -> Json:
    """Take back one sum of a task that was not paid, or less of it: it is no income and is owed again."""
    agg = plan_of(ctx, request["task"])
    task = find_task(agg, request["task"])
    own_department_only(ctx, task["department"])
    if not agg.carried_out(ctx.request_id):
        number = withdrawing.chosen(task, request["number"])
        instead = withdrawing.rest_of(task, number, request["paid_fen"])
        found = Finding(request["reason"], request["note"], ctx.actor.id, ctx.today)
        task, told = paying.take_back(ctx, agg, task, [number], found, instead)
        put(agg, task)
        detail = {"task": task["id"], "number": number, "reason": found.reason}
        events = [*told, *_owed_again(ctx, agg, task)]
        ctx.save(ctx.store.plans, agg, "task.payment_withdrawn", detail, events=events)
    view = task_view(agg, task)
    return view if roles.DEPARTMENT_OFFICER in ctx.actor.roles else without_persons(view)


def uphold(ctx: Context, agg: Aggregate, task: Json, reason: str) -> tuple[Json, list[Any]]:
    """Return a task whose objection a person upholds by stopping it: none of its sums was paid."""
    if not tasks.is_disputed(task):
        return task, []
    found = Finding(withdrawing.NOT_RECEIVED, f"{UPHELD}：{reason}", ctx.actor.id, ctx.today)
    return paying.take_back(ctx, agg, task, list(parts.standing(task)), found)


def _owed_again(ctx: Context, agg: Aggregate, task: Json) -> list[Any]:
    if agg.state["status"] == ENDED or task["replaced_by"] or not tasks.is_open(task):
        return []
    return [ctx.event("message.requested", withdrawn_message(agg, task))]
