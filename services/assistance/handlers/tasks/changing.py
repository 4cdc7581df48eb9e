"""A task changes, ends, or gives its place to another measure or department; with reason and who (A-09)."""

from __future__ import annotations

from typing import Any

from shouwang.errors import Conflict, Forbidden, Refused
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import thing
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.finding import find_task, own_department_only, plan_of, running
from services.assistance.handlers.holding import assigned_events, put, task_event
from services.assistance.handlers.planning import making
from services.assistance.handlers.tasks import offering, withdrawing
from services.assistance.views.plans import plan_view

Json = dict[str, Any]


def change_task(ctx: Context, request: Json) -> Json:
    """Change deadline, amount or person in charge of an open task; a department its person only."""
    agg = running(plan_of(ctx, request["task"]))
    _check_department(ctx, find_task(agg, request["task"]), request)
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    due = request["due_on"].isoformat() if request["due_on"] else None
    changed = {"due_on": due, "amount_fen": request["amount_fen"], "person": request["person"]}
    found = find_task(agg, request["task"])
    put(agg, tasks.change(found, changed, request["reason"], ctx.actor.id, ctx.today))
    ctx.save(ctx.store.plans, agg, "task.changed", {"task": found["id"]})
    return plan_view(agg)


def stop_task(ctx: Context, request: Json) -> Json:
    """End an open task without replacement; a disputed one, also of an ended plan, as not paid (0282)."""
    agg = plan_of(ctx, request["task"])
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    if not tasks.is_disputed(find_task(agg, request["task"])):
        running(agg)
    task, told = _stopped(ctx, agg, find_task(agg, request["task"]), request["reason"])
    put(agg, task)
    events = [ctx.event("task.ended", task_event(agg, task)), *told]
    ctx.save(ctx.store.plans, agg, "task.stopped", {"task": task["id"]}, events=events)
    return plan_view(agg)


def _stopped(ctx: Context, agg: Aggregate, task: Json, reason: str) -> tuple[Json, list[Any]]:
    """Return a task as ended, and what is told of its sums; one that was replaced ends by being unpaid."""
    unpaid, told = withdrawing.uphold(ctx, agg, task, reason)
    if tasks.is_disputed(task) and unpaid["status"] in tasks.ENDED:
        return unpaid, told
    return tasks.stop(unpaid, reason, ctx.actor.id, ctx.today), told


def replace_task(ctx: Context, request: Json) -> Json:
    """Put another measure in the place of a task: also from another department, when the first is gone.

    The department is asked anew, so that what it offers is what holds today; it must be due (A-01). What was
    delivered, or may have been, is not replaced by the same thing: that would be a second payment.
    """
    agg = running(plan_of(ctx, request["task"]))
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    old = find_task(agg, request["task"])
    _check_answered(old)
    offer = offering.asked(ctx, agg, request)
    held = making.held(ctx, agg.state["household"], [offer.proposal], agg.region, agg.id, without=old["id"])
    own = [thing(old["department"], old["measure"])] if parts.standing(old) else []
    new = offering.assigned(ctx, agg, offer, {*held, *own}) | {"replaces": old["id"]}
    ended = tasks.replace(old, new["id"], request["reason"], ctx.actor.id, ctx.today)
    put(agg, ended, new)
    detail = {"task": old["id"], "by": new["id"]}
    events = [ctx.event("task.ended", task_event(agg, ended)), *assigned_events(ctx, agg, [new])]
    ctx.save(ctx.store.plans, agg, "task.replaced", detail, events=events)
    return plan_view(agg)


def give_again(ctx: Context, request: Json) -> Json:
    """Give a measure once more in the plan that gave it: a person answers for it, with the reason (0253).

    The department is asked anew; it must say that this is due and not received, with an amount, and the last
    payment must stand in its tables.
    """
    agg = running(ctx.store.plans.get(request["plan"]))
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    _check_given(ctx, agg, request)
    offer = offering.asked(ctx, agg, request)
    held = making.held(ctx, agg.state["household"], [offer.proposal], agg.region, making.NO_PLAN)
    given = offering.assigned(ctx, agg, offer, held)
    new = tasks.given_again(given, request["reason"], ctx.actor.id, ctx.today)
    put(agg, new)
    events = assigned_events(ctx, agg, [new])
    ctx.save(ctx.store.plans, agg, "task.given_again", {"task": new["id"]}, events=events)
    return plan_view(agg)


def _check_given(ctx: Context, agg: Aggregate, request: Json) -> None:
    """Refuse what no plan of the household ever gave: it is chosen by the rule, or replaces a task (A-01)."""
    plans = ctx.store.plans_of(agg.state["household"])
    given = {thing(one["department"], one["measure"]) for plan in plans for one in plan.state["tasks"]}
    if thing(request["department"], request["measure"]) not in given:
        raise Refused(
            "该户的计划没有派过这项措施，不能再次给付",
            code="plan.never_given",
            where=agg.id,
            remedy="新的措施由部门答复后按规则安排；需要改换的，请用 replace_task。",
        )


def _check_answered(task: Json) -> None:
    """Refuse to replace what the household disputes: whether it was paid would stay open for good."""
    if tasks.is_disputed(task):
        raise Conflict(
            "农户反映未收到，尚待答复，不能更换",
            code="task.disputed",
            where=task["id"],
            remedy="请部门用 answer_objection 答复；经核实未发放的，先用 withdraw_payment 撤销该笔，再更换。",
        )


def _check_department(ctx: Context, task: Json, request: Json) -> None:
    own_department_only(ctx, task["department"])
    more = request["due_on"] is not None or request["amount_fen"] is not None
    if ctx.actor.level == "department" and more:
        raise Forbidden(
            "部门只能指定本部门的承办人",
            code="task.not_for_departments",
            where=task["id"],
            remedy="期限和金额请由乡镇或县级人员变更。",
        )
