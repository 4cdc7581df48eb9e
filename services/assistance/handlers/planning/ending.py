"""Ending the plans of a household whose risk was removed."""

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
