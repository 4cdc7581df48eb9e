"""Ending the plans of a household whose risk was removed, or whose inclusion was found wrong."""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, task_event

Json = dict[str, Any]
INCLUDED: Final = "included"
CLOSING: Final = "closing"
"""What a removal remembers with each plan that it ends: the ids of all."""


def close_plans(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose risk was removed: those made before the removal.

    A removal that is heard late, or again, does not end what was planned since. Which ones it ends is kept
    with the first that ends: when the store refuses the next one, it comes again and goes on with the rest.
    """
    found = ctx.store.plans_ever_of(event.data["household"])
    closing = _begun(ctx, found)
    if closing is None:
        closing = [agg.id for agg in found if _made_before(agg, event)]
    for agg in found:
        if agg.id in closing:
            _end(ctx, agg, event, {CLOSING: closing})


def follow_correction(ctx: Context, event: IncomingEvent) -> None:
    """End the plan of the case whose inclusion was found wrong; a wrong removal brings a new plan.

    One that is heard after the case was included once more has been overtaken: the plan runs on. One that is
    heard before the inclusion that it corrects is kept: no plan is made of that any more.
    """
    if event.data["was"] == INCLUDED and event.data["now"] != INCLUDED:
        _keep(ctx, event)
        for agg in ctx.store.plans_ever_of(event.data["household"]):
            if agg.state["case"] == event.data["case"] and event.sequence >= agg.state["included_by"]:
                _end(ctx, agg, event)


def overtaken(ctx: Context, event: IncomingEvent) -> bool:
    """Whether an inclusion was found wrong before it was heard."""
    kept = ctx.store.corrected_cases.get_or_none(event.data["case"])
    return kept is not None and event.sequence < kept.state["sequence"]


def _keep(ctx: Context, event: IncomingEvent) -> None:
    case = event.data["case"]
    kept = ctx.store.corrected_cases.get_or_none(case)
    if kept is None:
        kept = ctx.store.corrected_cases.new(case, region=event.data["region"], state={"sequence": 0})
    if event.sequence > kept.state["sequence"]:
        kept.state = {"sequence": event.sequence}
        ctx.save(ctx.store.corrected_cases, kept, "case.corrected")


def end_unproven(ctx: Context, event: IncomingEvent) -> None:
    """End the plan of a household that was helped first when its case ends otherwise than included (S-07)."""
    if event.data["status"] != INCLUDED:
        for agg in ctx.store.plans_ever_of(event.data["household"]):
            if agg.state["case"] == event.data["case"] and agg.state["category"] is None:
                _end(ctx, agg, event)


def _begun(ctx: Context, found: list[Aggregate]) -> list[str] | None:
    """Return which plans this removal ends when it has ended one already; None when it is heard first."""
    first = next((agg for agg in found if agg.carried_out(ctx.request_id)), None)
    return None if first is None else list((first.remembered(ctx.request_id) or {}).get(CLOSING, ()))


def _made_before(agg: Aggregate, event: IncomingEvent) -> bool:
    """Whether a plan stood when the removal was sent; not one made because that removal was found wrong."""
    corrected = agg.state["case"].partition("~")[0] == event.data["case"]
    if corrected:
        return bool(agg.state["included_by"] < event.sequence)
    return bool(agg.state["made_on"] <= event.on.isoformat())


def _end(ctx: Context, agg: Aggregate, event: IncomingEvent, result: Json | None = None) -> None:
    """End a plan; departments hear of what they need not deliver any more, what is disputed stays theirs."""
    if agg.state["status"] == ENDED or agg.carried_out(ctx.request_id):
        return
    agg.state |= {"status": ENDED, "ended_on": ctx.today.isoformat()}
    owed = [one for one in agg.state["tasks"] if tasks.is_open(one) and not tasks.is_disputed(one)]
    told = [ctx.event("task.ended", task_event(agg, one)) for one in owed]
    detail = {"case": event.data["case"]}
    ctx.save(ctx.store.plans, agg, "plan.ended", detail, events=told, result=result)
