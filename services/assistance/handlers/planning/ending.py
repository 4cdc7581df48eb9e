"""Ending the plans of a household whose risk was removed, or whose inclusion was found wrong."""

from __future__ import annotations

from shouwang.service import Context
from shouwang.service.event import IncomingEvent

from services.assistance.handlers.holding import ENDED


def close_plans(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose risk was removed; what was never delivered stays on record."""
    for agg in ctx.store.plans_of(event.data["household"]):
        if agg.state["status"] != ENDED and not agg.carried_out(ctx.request_id):
            agg.state |= {"status": ENDED, "ended_on": ctx.today.isoformat()}
            ctx.save(ctx.store.plans, agg, "plan.ended", {"case": event.data["case"]})


def follow_correction(ctx: Context, event: IncomingEvent) -> None:
    """End the plans of a household whose inclusion was found wrong; a wrong removal brings a new plan."""
    if event.data["was"] == "included" and event.data["now"] != "included":
        close_plans(ctx, event)
