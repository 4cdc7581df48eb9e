"""What a new day brings: overdue tasks go up a level, departments that left are noticed (A-09, N-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance import metrics
from services.assistance.domain.tasks import escalation
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.evaluation import evaluating
from services.assistance.handlers.holding import put, task_event
from services.assistance.handlers.messages import overdue_message
from services.assistance.handlers.registry import leaving

Json = dict[str, Any]


def pass_day(ctx: Context, on: date) -> None:
    """Mark orphans, tell each level what is overdue, remind of evaluations; show the counts."""
    leaving.mark_orphans(ctx)
    overdue = orphaned = 0
    for agg in ctx.store.running_plans():
        _escalate(ctx, agg, on)
        overdue += sum(tasks.is_overdue(one, on) for one in agg.state["tasks"])
        orphaned += sum(one["orphaned_on"] is not None for one in agg.state["tasks"])
    metrics.show_overdue(overdue, orphaned)
    evaluating.remind(ctx, on)


def _escalate(ctx: Context, agg: Aggregate, on: date) -> None:
    figures = ctx.figures(agg.region)
    days = {level: figures.find(f"overdue_to_{level}_days").value for level in escalation.LEVELS}
    changed: list[Json] = []
    events: list[Any] = []
    for task in agg.state["tasks"]:
        levels = escalation.levels_due(task, on, days)
        for level in levels:
            task = escalation.escalate(task, level, on)  # noqa: PLW2901
            events.append(ctx.event("message.requested", overdue_message(agg, task, level)))
        if levels:
            changed.append(task)
            events.append(ctx.event("task.overdue", task_event(agg, task)))
    if changed:
        put(agg, *changed)
        detail = {"tasks": [one["id"] for one in changed]}
        ctx.save(ctx.store.plans, agg, "task.escalated", detail, events=events)
