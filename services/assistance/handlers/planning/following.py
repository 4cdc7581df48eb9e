"""A household that is registered no longer, with a plan: the plan follows its people (D-01, 0261, 0284).

Where another household took the last of them in, plan, tasks, later payments and worklist go on under its
number. Where nobody did, all may have died, or the registration ended by mistake: a person hears of it,
nothing ends by itself. May be repeated, and heard in any order.
"""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.tasks.owing import owed_of
from services.assistance.handlers.evaluation.asking import income_now
from services.assistance.handlers.holding import judged_anew
from services.assistance.handlers.messages import dissolved_message, followed_message, renumbered_message


def household_changed(ctx: Context, event: IncomingEvent) -> None:
    """Let the plans of a household that is gone go on where its people live; else tell of them."""
    household = event.data["household"]
    _note(ctx, event)
    if event.data["registered"]:
        return
    home = ctx.store.lives_in(household)
    for agg in ctx.store.plans_of(household):
        if home != household:
            _follow(ctx, agg, home)
        else:
            _tell(ctx, agg, event.on.isoformat())


def _note(ctx: Context, event: IncomingEvent) -> None:
    """Keep who took a household in, or that it lives again; an older word changes nothing."""
    household, to = event.data["household"], event.data["moved_to"]
    kept = ctx.store.merged.get_or_none(household)
    if kept is None and to is None:
        return
    if kept is None:
        kept = ctx.store.merged.new(household, region=event.data["region"], state={"to": None, "sequence": 0})
    if event.sequence <= kept.state["sequence"]:
        return
    kept.state = {"to": to, "sequence": event.sequence}
    ctx.save(ctx.store.merged, kept, "household.merged", {"to": to})


def _follow(ctx: Context, agg: Aggregate, home: str) -> None:
    """Give a plan the number under which its people live; what it is measured against begins anew there."""
    before = agg.state["household"]
    contact = ctx.store.contact_of(home) or agg.state["contact"]
    agg.state |= {"household": home, "before": [*agg.state["before"], before], "contact": contact}
    agg.state["baseline"] = income_now(ctx, home)
    agg.region = home.partition("-")[0]
    judged_anew(agg)
    ctx.save(ctx.store.plans, agg, "plan.followed", {"from": before, "to": home}, events=_told(ctx, agg))


def _told(ctx: Context, agg: Aggregate) -> list[Any]:
    """Return what the county and each department that owes something hear of the new number."""
    left = owed_of(agg.state)
    messages = [renumbered_message(agg, one) for one in left]
    if left:
        messages.append(followed_message(agg, len(left)))
    return [ctx.event("message.requested", one) for one in messages]


def _tell(ctx: Context, agg: Aggregate, on: str) -> None:
    left = owed_of(agg.state)
    if left and not agg.carried_out(ctx.request_id):
        told = [ctx.event("message.requested", dissolved_message(agg, len(left), on))]
        ctx.save(ctx.store.plans, agg, "plan.household_gone", {"owed": len(left)}, events=told)
