"""Read models of assistance."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain import task as tasks

ANNOUNCED = ("code", "title", "contract", "public_key", "measures", "comparisons")
PLAN = ("household", "case", "kind", "risks", "status", "made_on", "tasks", "uncovered", "unknown", "silent")


def department_view(ctx: Context, agg: Aggregate) -> dict[str, Any]:
    """Return a department, silent when it was not heard of for too long."""
    last = date.fromisoformat(agg.state["last_heard_on"])
    silent_after = last + timedelta(days=ctx.figures(agg.region).department_silent_days)
    said = {name: agg.state["announced"][name] for name in ANNOUNCED}
    return {**said, "last_heard_on": last.isoformat(), "silent": ctx.today > silent_after}


def plan_view(agg: Aggregate) -> dict[str, Any]:
    """Return a plan without the sealed persons."""
    view = {name: agg.state[name] for name in PLAN}
    view["tasks"] = [{name: one[name] for name in one if name != "persons"} for one in view["tasks"]]
    return {**view, "plan": agg.id, "region": agg.region}


def task_view(agg: Aggregate, task: dict[str, Any]) -> dict[str, Any]:
    """Return a task with its household and plan."""
    kept = {name: value for name, value in task.items() if name not in ("risks", "escalated_on")}
    return {**kept, "plan": agg.id, "household": agg.state["household"], "region": agg.region}


def figures(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Count plans and tasks of a region."""
    plans = ctx.store.plans.find(region=request["region"], limit=100_000)
    found = [one for agg in plans for one in agg.state["tasks"]]
    delivered = [one for one in found if one["delivered"]]
    return {
        "plans": len(plans),
        "measures": dict(Counter(one["department"] for one in found)),
        "delivered": len(delivered),
        "confirmed": sum(one["status"] == tasks.CONFIRMED for one in found),
        "overdue": sum(tasks.is_overdue(one, ctx.today) for one in found),
        "delivered_fen": sum(one["delivered"]["amount_fen"] for one in delivered),
        "uncovered": dict(Counter(risk for agg in plans for risk in agg.state["uncovered"])),
    }
