"""A household that is registered no longer, with a plan: a person hears of it, nothing ends by itself (D-01).

All may have died, or live on in the household that took them in, where help is owed to them still; and a
registration that ended by mistake is corrected. Which it is stands in monitoring's registry (0261).
"""

from __future__ import annotations

from shouwang.service import Context
from shouwang.service.event import IncomingEvent

from services.assistance.domain.tasks.owing import owed_of
from services.assistance.handlers.messages import dissolved_message


def tell_of_dissolved(ctx: Context, event: IncomingEvent) -> None:
    """Tell the county of each plan of a household that is gone, while something of it is owed."""
    if event.data["registered"]:
        return
    for agg in ctx.store.plans_of(event.data["household"]):
        left = owed_of(agg.state)
        if left and not agg.carried_out(ctx.request_id):
            message = dissolved_message(agg, len(left), event.on.isoformat())
            told = [ctx.event("message.requested", message)]
            ctx.save(ctx.store.plans, agg, "plan.household_gone", {"owed": len(left)}, events=told)
