"""The household's word: received, or not received; and the department's answer to that (附件4, A-09)."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context

from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.finding import (
    find_task,
    own_contact_only,
    own_department_only,
    own_household_only,
    plan_of,
)
from services.assistance.handlers.holding import put, task_event
from services.assistance.handlers.messages import disputed_message
from services.assistance.handlers.tasks import sparing
from services.assistance.views.plans import plan_view, task_view

Json = dict[str, Any]


def confirm_measure(ctx: Context, request: Json) -> Json:
    """Note that the household confirms what it received; the last one completes the plan."""
    agg = plan_of(ctx, request["task"])
    own_household_only(ctx, agg.state["household"], request["task"])
    own_contact_only(ctx, agg.state["household"])
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    task = tasks.confirm(find_task(agg, request["task"]), ctx.today)
    put(agg, task)
    done = ctx.event("task.done", task_event(agg, task))
    ctx.save(ctx.store.plans, agg, "task.confirmed", {"task": task["id"]}, events=[done])
    return plan_view(agg)


def object_to_measure(ctx: Context, request: Json) -> Json:
    """Note that the household did not receive it: the task is open again, its department is told."""
    agg = plan_of(ctx, request["task"])
    own_household_only(ctx, agg.state["household"], request["task"])
    own_contact_only(ctx, agg.state["household"])
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    days = ctx.figures(agg.region).find("objection_answer_days").value
    found = find_task(agg, request["task"])
    task = tasks.object_to(found, request["reason"], ctx.actor.id, ctx.today, days)
    put(agg, task)
    events = [
        ctx.event("task.disputed", task_event(agg, task)),
        ctx.event("message.requested", disputed_message(agg, task)),
    ]
    ctx.save(ctx.store.plans, agg, "task.disputed", {"task": task["id"]}, events=events)
    return plan_view(agg)


def answer_objection(ctx: Context, request: Json) -> Json:
    """Let the department show that it was received after all, or now: the same payment, with new evidence."""
    agg = plan_of(ctx, request["task"])
    found = find_task(agg, request["task"])
    own_department_only(ctx, found["department"])
    if agg.carried_out(ctx.request_id):
        return task_view(agg, found)
    task = tasks.answer_objection(found, request["evidence"], ctx.today)
    told = sparing.spare(ctx, agg, found)
    put(agg, task)
    ctx.save(ctx.store.plans, agg, "task.delivered_again", {"task": task["id"]}, events=told)
    return task_view(agg, task)
