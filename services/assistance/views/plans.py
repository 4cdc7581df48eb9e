"""How callers see plans and tasks: persons stay sealed, and only their department gets them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import given_fen, owed_of
from services.assistance.domain.tasks.parts import sums_of
from services.assistance.domain.tasks.progress import ENDED_PLAN, HALF, progress

Json = dict[str, Any]
PLAN: Final = (
    *("household", "case", "kind", "risks", "status", "made_on", "ended_on", "tasks", "uncovered", "unknown"),
    *("silent", "answers", "contact"),
)
INNER: Final = ("risks", "escalated_on", "effect", "parts")


def plan_view(agg: Aggregate) -> Json:
    """Return a plan without the sealed persons; `tasks` are those that count, ended ones stand beside."""
    view = {name: agg.state[name] for name in PLAN}
    shown = [without_persons(one) for one in view["tasks"]]
    view["tasks"] = [one for one in shown if one["status"] not in tasks.ENDED]
    view["ended_tasks"] = [one for one in shown if one["status"] in tasks.ENDED]
    return {**view, "plan": agg.id, "region": agg.region, "progress": progress(agg.state["tasks"])}


def task_view(agg: Aggregate, task: Json) -> Json:
    """Return a task with its household and plan."""
    kept = {name: value for name, value in task.items() if name not in INNER}
    return {
        **kept,
        "sums": sums_of(task),
        "plan": agg.id,
        "household": agg.state["household"],
        "region": agg.region,
    }


def without_persons(task: Json) -> Json:
    """Return a task for those who need not know whom it is sealed for."""
    kept = {name: value for name, value in task.items() if name not in ("persons", "parts")}
    return {"sums": sums_of(task), **kept}


def figures(ctx: Context, request: Json) -> Json:
    """Count plans and tasks of a region; what a plan that ended did not deliver is owed by nobody."""
    plans = [agg.state for agg in ctx.store.plans_in(request["region"])]
    running = [plan for plan in plans if plan["status"] != ENDED_PLAN]
    found = [one for plan in plans for one in plan["tasks"]]
    owed = [one for plan in plans for one in owed_of(plan)]
    delivered = [one for one in found if one["delivered"]]
    return {
        "plans": len(plans),
        "measures": dict(Counter(one["department"] for one in found)),
        "delivered": sum(not tasks.is_open(one) for one in delivered),
        "confirmed": sum(one["status"] == tasks.CONFIRMED for one in found),
        "overdue": sum(tasks.is_overdue(one, ctx.today) for one in owed),
        "orphaned": sum(one["orphaned_on"] is not None for one in owed),
        "disputed": sum(tasks.is_disputed(one) for one in found),
        "half_delivered": _half(running),
        "delivered_fen": sum(given_fen(one) or 0 for one in found),
        "uncovered": dict(Counter(risk for plan in running for risk in plan["uncovered"])),
    }


def _half(plans: Iterable[Json]) -> int:
    return sum(progress(plan["tasks"])["stage"] == HALF for plan in plans)
