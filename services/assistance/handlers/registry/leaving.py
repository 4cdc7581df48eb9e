"""A department that leaves: its open tasks stand as orphaned until somebody reassigns them, or it is back."""

from __future__ import annotations

from typing import Any

from shouwang.errors import NotFound
from shouwang.service import Context

from services.assistance.domain.registry.presence import GONE
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import owed_of
from services.assistance.handlers.holding import put
from services.assistance.handlers.messages import orphaned_message
from services.assistance.views.registry import department_view, presence_of

Json = dict[str, Any]


def deregister(ctx: Context, request: Json) -> Json:
    """Take a department out of the registry: it is gone at once; what it announced stays on record."""
    agg = ctx.store.departments.get_or_none(request["department"])
    if agg is None or agg.state["announced"] is None:
        raise NotFound(
            "没有这个部门",
            code="department.not_registered",
            where=request["department"],
            remedy="请核对部门代码；已接入的部门用 shouwang plugin list 查看。",
        )
    if not agg.carried_out(ctx.request_id):
        agg.state |= {"left_on": ctx.today.isoformat(), "left_reason": request["reason"]}
        ctx.save(ctx.store.departments, agg, "department.left", {"on": ctx.today.isoformat()})
    mark_orphans(ctx)
    return department_view(ctx, agg)


def gone(ctx: Context) -> set[str]:
    """Return the codes of the departments that are gone."""
    return {agg.id for agg in ctx.store.all_departments() if presence_of(ctx, agg) == GONE}


def mark_orphans(ctx: Context) -> None:
    """Mark every open task whose department is gone, and tell the county, once."""
    missing = gone(ctx)
    for agg in ctx.store.plans_that_owe() if missing else ():
        lost = [one for one in owed_of(agg.state) if _is_lost(one, missing)]
        if lost:
            orphans = [tasks.orphan(one, ctx.today) for one in lost]
            put(agg, *orphans)
            told = [ctx.event("message.requested", orphaned_message(agg, one)) for one in orphans]
            ids = [one["id"] for one in orphans]
            ctx.save(ctx.store.plans, agg, "task.orphaned", {"tasks": ids}, events=told)


def welcome(ctx: Context, department: str) -> None:
    """Take the mark off the tasks of a department that is there again."""
    for agg in ctx.store.plans_orphaned_by(department):
        back = [tasks.adopted(one) for one in agg.state["tasks"] if _is_orphan_of(one, department)]
        put(agg, *back)
        ids = [one["id"] for one in back]
        ctx.save(ctx.store.plans, agg, "task.adopted", {"tasks": ids, "department": department})


def _is_lost(task: Json, missing: set[str]) -> bool:
    return task["department"] in missing and task["orphaned_on"] is None


def _is_orphan_of(task: Json, department: str) -> bool:
    return task["department"] == department and task["orphaned_on"] is not None
