"""Use cases of assistance: departments, tasks, what they owe. Making a plan stands beside."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.errors import Forbidden, NotFound
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain import task as tasks
from services.assistance.handlers.messages import overdue_message
from services.assistance.views import ANNOUNCED, department_view, plan_view, task_view


def hear_department(ctx: Context, event: IncomingEvent) -> None:
    """Keep what a department announces; a later announcement replaces an earlier one."""
    said = {name: event.data[name] for name in ANNOUNCED}
    agg = ctx.store.departments.get_or_none(said["code"])
    if agg is None:
        agg = ctx.store.departments.new(said["code"], region=event.region, state={})
    agg.state = {"announced": said, "last_heard_on": ctx.today.isoformat()}
    ctx.save(ctx.store.departments, agg, "department.announced", {"contract": said["contract"]})


def hear_heartbeat(ctx: Context, event: IncomingEvent) -> None:
    """Note that a department is there, once a day."""
    agg = ctx.store.departments.get_or_none(event.data["code"])
    if agg is None or agg.state["last_heard_on"] == ctx.today.isoformat():
        return
    agg.state["last_heard_on"] = ctx.today.isoformat()
    ctx.save(ctx.store.departments, agg, "department.heard")


def departments(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the departments that offer what was asked for, the silent ones marked."""
    views = [department_view(ctx, agg) for agg in ctx.store.all_departments()]
    key = {"comparison": "comparisons", "measures": "measures"}.get(request["offering"] or "")
    return [view for view in views if key is None or view[key]]


def record_delivery(ctx: Context, event: IncomingEvent) -> None:
    """Mark a task as delivered by its department (A-09)."""
    said = event.data
    agg = plan_of(ctx, said["task"])
    task = find_task(agg, said["task"])
    if agg.carried_out(ctx.request_id) or task["status"] != tasks.ASSIGNED:
        return
    amount = said["amount_fen"] or 0
    _replace(agg, tasks.deliver(task, amount, said["evidence"], said["on"]))
    ctx.save(ctx.store.plans, agg, "task.delivered", {"task": task["id"], "amount_fen": amount})


def confirm_measure(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Note that the household confirms what it received (附件4); the last one completes the plan."""
    agg = plan_of(ctx, request["task"])
    if ctx.actor.level == "household" and ctx.actor.org != agg.state["household"]:
        raise Forbidden("农户只能确认本户的措施", code="access.not_own_household", where=request["task"])
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    task = tasks.confirm(find_task(agg, request["task"]), ctx.today)
    _replace(agg, task)
    if all(one["status"] == tasks.CONFIRMED for one in agg.state["tasks"]):
        agg.state["status"] = "delivered"
    done = ctx.event("task.done", task_event(agg, task))
    ctx.save(ctx.store.plans, agg, "task.confirmed", {"task": task["id"]}, events=[done])
    return plan_view(agg)


def close_plans(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose risk was removed; what was never delivered stays on record."""
    for agg in ctx.store.plans_of(event.data["household"]):
        if agg.state["status"] != "ended" and not agg.carried_out(ctx.request_id):
            agg.state["status"] = "ended"
            ctx.save(ctx.store.plans, agg, "plan.ended", {"case": event.data["case"]})


def follow_correction(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose inclusion was found wrong; a wrong removal brings a new plan."""
    if event.data["was"] == "included" and event.data["now"] != "included":
        close_plans(ctx, event)


def escalate_overdue(ctx: Context, on: date) -> None:
    """Tell town and county of each task that is past its day, once (A-09, N-03)."""
    for agg in ctx.store.running_plans():
        late = [one for one in agg.state["tasks"] if tasks.is_overdue(one, on) and not one["escalated_on"]]
        for task in late:
            _replace(agg, tasks.escalate(task, on))
            told = ctx.event("task.overdue", task_event(agg, task))
            message = ctx.event("message.requested", overdue_message(agg, task))
            ctx.save(ctx.store.plans, agg, "task.escalated", {"task": task["id"]}, events=[told, message])


def plan(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plans of a household, newest last."""
    found = ctx.store.plans_of(request["household"])
    return sorted((plan_view(agg) for agg in found), key=lambda view: view["made_on"])


def plans(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plans of a region."""
    return [plan_view(agg) for agg in ctx.store.plans.find(region=request["region"], limit=10_000)]


def task(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return one task with the persons sealed to its department."""
    agg = plan_of(ctx, request["task"])
    found = find_task(agg, request["task"])
    _own_department_only(ctx, found["department"])
    return task_view(agg, found)


def open_tasks(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is assigned and not delivered, earliest deadline first."""
    wanted = request["department"]
    if ctx.actor.level == "department":
        _own_department_only(ctx, wanted or ctx.actor.org)
        wanted = ctx.actor.org
    found = ctx.store.plans.find({"state.status": "running"}, region=request["region"], limit=10_000)
    views = [
        task_view(agg, one)
        for agg in found
        for one in agg.state["tasks"]
        if one["status"] == tasks.ASSIGNED and wanted in (None, one["department"])
    ]
    if ctx.actor.level != "department":  # the persons are sealed to the department: nobody else needs them
        views = [{name: value for name, value in one.items() if name != "persons"} for one in views]
    return sorted(views, key=lambda view: (view["due_on"], view["id"]))


def _own_department_only(ctx: Context, department: str) -> None:
    """Let a department see its own tasks only."""
    if ctx.actor.level == "department" and ctx.actor.org != department:
        raise Forbidden("部门只能查看派给本部门的任务", code="access.not_own_department", where=department)


def plan_of(ctx: Context, task_id: str) -> Aggregate:
    """Return the plan that holds a task or raise NotFound."""
    agg: Aggregate | None = ctx.store.plan_of_task(task_id)
    if agg is None:
        raise NotFound("没有这项帮扶任务", where=task_id, remedy="请核对任务编号。")
    return agg


def region_of_task(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a call about a task belongs."""
    return plan_of(ctx, request["task"]).region


def region_of_household(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a household's plans belong; NotFound while it has none."""
    found = ctx.store.plans_of(request["household"])
    if not found:
        raise NotFound("该户没有帮扶计划", where=request["household"], remedy="纳入监测后自动制定。")
    return str(found[0].region)


def find_task(agg: Aggregate, task_id: str) -> dict[str, Any]:
    """Return the task of a plan."""
    return next(one for one in agg.state["tasks"] if one["id"] == task_id)


def task_event(agg: Aggregate, task: dict[str, Any]) -> dict[str, Any]:
    """Return what an event tells of a task."""
    told = {name: task[name] for name in ("department", "measure", "due_on")}
    return {"task": task["id"], "household": agg.state["household"], "region": agg.region, **told}


def _replace(agg: Aggregate, task: dict[str, Any]) -> None:
    agg.state["tasks"] = [task if one["id"] == task["id"] else one for one in agg.state["tasks"]]
