"""Finding what a call is about, where it belongs, and whether the caller may touch it."""

from __future__ import annotations

from typing import Any

from shouwang.access.roles import CONTACT_PERSON
from shouwang.errors import Conflict, Forbidden, NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

Json = dict[str, Any]
DEPARTMENTAL = ("department", "service")
"""Officers of a department, and the service in which it runs."""
NO_PLAN = "纳入监测后自动制定。"


def plan_of(ctx: Context, task_id: str) -> Aggregate:
    """Return the plan that holds a task or raise NotFound."""
    agg: Aggregate | None = ctx.store.plan_of_task(task_id)
    if agg is None:
        raise NotFound("没有这项帮扶任务", where=task_id, remedy="请核对任务编号。")
    return agg


def find_task(agg: Aggregate, task_id: str) -> Json:
    """Return the task of a plan."""
    return next(one for one in agg.state["tasks"] if one["id"] == task_id)


def running(agg: Aggregate) -> Aggregate:
    """Return the plan unless it was ended (Conflict)."""
    if agg.state["status"] == "ended":
        raise Conflict(
            "该计划已终结，不能再变更",
            code="plan.ended",
            where=agg.id,
            remedy="如有新的风险，请为该户另订计划。",
        )
    return agg


def region_of_task(ctx: Context, request: Json) -> str:
    """Resolve where a call about a task belongs."""
    return plan_of(ctx, request["task"]).region


def region_of_plan(ctx: Context, request: Json) -> str:
    """Resolve where a call about a plan, or the newest one of a household, belongs."""
    if request.get("plan"):
        return str(ctx.store.plans.get(request["plan"]).region)
    return region_of_household(ctx, request)


def region_of_household(ctx: Context, request: Json) -> str:
    """Resolve where a household's plans belong; NotFound while it has none."""
    found = ctx.store.plans_ever_of(request["household"])
    if not found:
        raise NotFound("该户没有帮扶计划", code="plan.none", where=request["household"], remedy=NO_PLAN)
    return str(found[0].region)


def region_of_id(ctx: Context, request: Json) -> str:
    """Return the division code with which the number of a household begins."""
    del ctx
    return str(request["household"]).partition("-")[0]


def own_department_only(ctx: Context, department: str) -> None:
    """Let a department see and answer its own tasks only."""
    if ctx.actor.level in DEPARTMENTAL and ctx.actor.org != department:
        raise Forbidden(
            "部门只能查看和办理派给本部门的任务",
            code="access.not_own_department",
            where=department,
            remedy="请由被派的部门办理。",
        )


def own_household_only(ctx: Context, household: str, where: str = "") -> None:
    """Let a household act only for itself."""
    if ctx.actor.level == "household" and ctx.actor.org != household:
        raise Forbidden(
            "农户只能办理本户事项",
            code="access.not_own_household",
            where=where or household,
            remedy="请用本户的编号，或由村干部代办。",
        )


def own_contact_only(ctx: Context, household: str) -> None:
    """Let who is contact person and nothing else see and handle the households that he follows only."""
    if not follows(ctx, household):
        raise Forbidden(
            "联系人只能查看和办理本人结对的农户",
            code="access.not_own_list",
            where=household,
            remedy="请由该户的联系人或村干部办理；本人结对的用 my_tasks 查看。",
        )


def follows(ctx: Context, household: str) -> bool:
    """Whether the caller may see a household: who is contact person and nothing else, those followed only.

    Of a household that was merged into another: who follows the one in which its people live.
    """
    person = only_contact(ctx)
    home = ctx.store.lives_in(household)
    if person is None or ctx.store.contact_of(home) == person:
        return True
    return any(agg.state["contact"] == person for agg in ctx.store.plans_of(home))


def only_contact(ctx: Context) -> str | None:
    """Return the id of a caller who is contact person and nothing else; None for all others."""
    return str(ctx.actor.id) if set(ctx.actor.roles) == {CONTACT_PERSON} else None
