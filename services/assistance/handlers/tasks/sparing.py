"""What an ended plan gives after all is not given a second time by the plan that took its place."""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import thing
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, put, task_event

Json = dict[str, Any]
REASON: Final = "本户此前的计划已落实同一项，不重复"


def spare(ctx: Context, agg: Aggregate, task: Json) -> list[Any]:
    """End what is still owed of a thing that an ended task, or one of an ended plan, gives after all.

    Other plans of the household are saved; the events of this one are returned, to leave with its own save.
    """
    if agg.state["status"] != ENDED and task["status"] not in tasks.ENDED:
        return []
    for other in ctx.store.plans_of(agg.state["household"]):
        if other.id != agg.id and (told := _ended(ctx, other, task)):
            ctx.save(ctx.store.plans, other, "task.spared", {"by": task["id"]}, events=told)
    return _ended(ctx, agg, task)


def _spared(one: Json, task: Json) -> bool:
    """Whether it is the same thing, still owed, and nothing of it was paid."""
    same = thing(one["department"], one["measure"]) == thing(task["department"], task["measure"])
    return same and one["id"] != task["id"] and tasks.is_open(one) and not parts.standing(one)


def _ended(ctx: Context, agg: Aggregate, task: Json) -> list[Any]:
    if agg.state["status"] == ENDED:
        return []
    found = [one for one in agg.state["tasks"] if _spared(one, task)]
    ended = [tasks.replace(one, task["id"], REASON, ctx.actor.id, ctx.today) for one in found]
    put(agg, *ended)
    return [ctx.event("task.ended", task_event(agg, one)) for one in ended]
