"""Ending the plans of a household whose risk was removed, or whose inclusion was found wrong."""

from __future__ import annotations

from typing import Final

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, task_event

INCLUDED: Final = "included"


def close_plans(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose risk was removed: those made before the removal.

    A removal that is heard late, or again, does not end what was planned since.
    """
    found = ctx.store.plans_ever_of(event.data["household"])
    again = any(agg.carried_out(ctx.request_id) for agg in found)
    for agg in found:
        if _made_before(agg, event, again=again):
            _end(ctx, agg, event)


def follow_correction(ctx: Context, event: IncomingEvent) -> None:
    """End the plan of the case whose inclusion was found wrong; a wrong removal brings a new plan."""
    if event.data["was"] == "included" and event.data["now"] != "included":
        for agg in ctx.store.plans_ever_of(event.data["household"]):
            if agg.state["case"] == event.data["case"]:
                _end(ctx, agg, event)


def end_unproven(ctx: Context, event: IncomingEvent) -> None:
    """End the plan of a household that was helped first when its case ends otherwise than included (S-07)."""
    if event.data["status"] != INCLUDED:
        for agg in ctx.store.plans_ever_of(event.data["household"]):
            if agg.state["case"] == event.data["case"] and agg.state["category"] is None:
                _end(ctx, agg, event)


def _made_before(agg: Aggregate, event: IncomingEvent, *, again: bool) -> bool:
    """Whether a plan stood when the event was sent; of the same day only the first time that it is heard."""
    made, on = agg.state["made_on"], event.on.isoformat()
    return bool(made < on or (made == on and not again))


def _end(ctx: Context, agg: Aggregate, event: IncomingEvent) -> None:
    """End a plan; departments hear of what they need not deliver any more, what is disputed stays theirs."""
    if agg.state["status"] == ENDED or agg.carried_out(ctx.request_id):
        return
    agg.state |= {"status": ENDED, "ended_on": ctx.today.isoformat()}
    owed = [one for one in agg.state["tasks"] if tasks.is_open(one) and not tasks.is_disputed(one)]
    told = [ctx.event("task.ended", task_event(agg, one)) for one in owed]
    ctx.save(ctx.store.plans, agg, "plan.ended", {"case": event.data["case"]}, events=told)
