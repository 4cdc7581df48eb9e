"""A plan holds its tasks: putting changed ones back keeps everything that is derived from them true."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.tasks.progress import status_of, uncovered
from services.assistance.handlers.messages import assigned_message

Json = dict[str, Any]
ENDED = "ended"


def put(agg: Aggregate, *changed: Json) -> None:
    """Put tasks in the place of those of the same id, new ones at the end; derive status and lookups anew."""
    new = {one["id"]: one for one in changed}
    kept = [new.pop(one["id"], one) for one in agg.state["tasks"]]
    agg.state["tasks"] = [*kept, *new.values()]
    agg.state["task_ids"] = [one["id"] for one in agg.state["tasks"]]
    lost = {one["department"] for one in agg.state["tasks"] if one["orphaned_on"] is not None}
    agg.state["orphaned_by"] = sorted(lost)
    agg.state["uncovered"] = uncovered(agg.state["risks"], agg.state["tasks"])
    if agg.state["status"] != ENDED:
        agg.state["status"] = status_of(agg.state["tasks"])


def judged_anew(agg: Aggregate) -> None:
    """Drop what was evaluated and nobody decided: it rests on what has changed since (0282, 0284)."""
    agg.state["evaluations"] = [one for one in agg.state["evaluations"] if one["decided"]]


def task_event(agg: Aggregate, task: Json) -> Json:
    """Return what an event tells of a task."""
    told = {name: task[name] for name in ("department", "measure", "due_on")}
    return {"task": task["id"], "household": agg.state["household"], "region": agg.region, **told}


def assigned_events(ctx: Context, agg: Aggregate, tasks: list[Json]) -> list[Any]:
    """Return what is told of new tasks: the event, and the message to the department."""
    events = []
    for task in tasks:
        events.append(ctx.event("task.assigned", task_event(agg, task)))
        events.append(ctx.event("message.requested", assigned_message(agg, task)))
    return events
