"""What a new day brings: overdue tasks go up a level, departments that left are noticed (A-09, N-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance import metrics
from services.assistance.domain.tasks import escalation
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.owing import owed_of
from services.assistance.handlers.evaluation import evaluating
from services.assistance.handlers.holding import put, task_event
from services.assistance.handlers.messages import overdue_message
from services.assistance.handlers.registry import leaving

Json = dict[str, Any]


def pass_day(ctx: Context, on: date) -> None:
    """Mark orphans, tell each level what is overdue, remind of evaluations; show the counts."""
    leaving.mark_orphans(ctx)
    overdue = orphaned = 0
    _note_unknown(ctx)
    for agg in ctx.store.plans_that_owe():
        _escalate(ctx, agg, on)
        overdue += sum(tasks.is_overdue(one, on) for one in owed_of(agg.state))
        orphaned += sum(one["orphaned_on"] is not None for one in owed_of(agg.state))
    metrics.show_overdue(overdue, orphaned)
    evaluating.remind(ctx, on)


def _note_unknown(ctx: Context) -> None:
    """Log of which level nobody knows today after how many days it hears: it hears nothing until then."""
    figures = ctx.figures(ctx.actor.region)
    missing = [one for one in escalation.LEVELS if figures.find(f"overdue_to_{one}_days").value is None]
    if missing:
        ctx.log.error("overdue tasks are not escalated: policy is not reviewed", levels=missing)


def _escalate(ctx: Context, agg: Aggregate, on: date) -> None:
    figures = ctx.figures(agg.region)
    days = {level: figures.find(f"overdue_to_{level}_days").value for level in escalation.LEVELS}
    changed: list[Json] = []
    events: list[Any] = []
    for task in owed_of(agg.state):
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
