"""Reading tasks: open ones, one, a contact person's worklist, what departments owe, the rows of 附件4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.access import covers
from shouwang.errors import Forbidden
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.evaluation.quarters import quarters_owed
from services.assistance.domain.tasks import ageing, record
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import owed_of
from services.assistance.handlers.finding import (
    find_task,
    only_contact,
    own_contact_only,
    own_department_only,
    plan_of,
)
from services.assistance.views.plans import task_view, without_persons

Json = dict[str, Any]


def task(ctx: Context, request: Json) -> Json:
    """Return one task; a department sees its own only, with the persons sealed to it."""
    agg = plan_of(ctx, request["task"])
    found = find_task(agg, request["task"])
    own_department_only(ctx, found["department"])
    return task_view(agg, found)


def open_tasks(ctx: Context, request: Json) -> list[Json]:
    """Return tasks not delivered yet, soonest first; a department or contact person sees its own only."""
    person = only_contact(ctx)
    found = [(agg, one) for agg, one in _open(ctx, request) if person in (None, agg.state["contact"])]
    views = [task_view(agg, one) for agg, one in found]
    if ctx.actor.level != "department":  # the persons are sealed to the department: nobody else needs them
        views = [without_persons(one) for one in views]
    return sorted(views, key=lambda view: (view["due_on"], view["id"]))


def owed(ctx: Context, request: Json) -> list[Json]:
    """Return what each department owes in a region, by days overdue."""
    age = ctx.figures(request["region"]).owed_age
    bounds = (age.first_days, age.second_days, age.third_days)
    return ageing.owed((one for _, one in _open(ctx, request)), ctx.today, bounds)


def my_tasks(ctx: Context, request: Json) -> Json:
    """Return what a contact person has to see to, most urgent first; each sees the own list only."""
    if ctx.actor.has("contact_person") and ctx.actor.id != request["contact"]:
        raise Forbidden(
            "联系人只能查看本人结对的农户",
            code="access.not_own_list",
            where=request["contact"],
            remedy="请用自己的编号查询。",
        )
    found = [agg for agg in ctx.store.plans_of_contact(request["contact"]) if covers(ctx.actor, agg.region)]
    due = [without_persons(task_view(agg, one)) for agg in found for one in _to_see_to(agg)]
    return {
        "contact": request["contact"],
        "tasks": sorted(due, key=lambda one: (one["due_on"], one["id"])),
        "plans": [_plan_line(ctx, agg) for agg in found if agg.state["status"] != "ended"],
    }


def measures_record(ctx: Context, request: Json) -> list[Json]:
    """Return the rows of 附件4 of a household: every measure of every plan, with what came of it."""
    own_contact_only(ctx, request["household"])
    ctx.reads.record(ctx.actor.to_dict(), request["household"], "帮扶措施落实情况表", ctx.today)
    return record.rows([agg.state for agg in ctx.store.plans_ever_of(request["household"])])


def _open(ctx: Context, request: Json) -> Iterator[tuple[Aggregate, Json]]:
    own = ctx.actor.org if ctx.actor.level == "department" else None
    wanted = request["department"] or own
    if own is not None:
        own_department_only(ctx, wanted)
    for agg in ctx.store.plans_that_owe(request["region"]):
        for one in owed_of(agg.state):
            if wanted in (None, one["department"]):
                yield agg, one


def _to_see_to(agg: Aggregate) -> list[Json]:
    """Return what is owed, and what waits for the household's confirmation."""
    delivered = [one for one in agg.state["tasks"] if one["status"] == tasks.DELIVERED]
    return [*owed_of(agg.state), *delivered]


def _plan_line(ctx: Context, agg: Aggregate) -> Json:
    return {
        "plan": agg.id,
        "household": agg.state["household"],
        "uncovered": agg.state["uncovered"],
        "silent": agg.state["silent"],
        "evaluations_due": quarters_owed(agg.state, ctx.today),
    }
