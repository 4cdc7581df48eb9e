"""A household is registered no longer: its open clues go to the one that took it in, or are closed (D-01).

Repeated as often as one likes: what is closed or has gone on is left alone.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as rules
from services.monitoring.handlers.finding.checking import move
from services.monitoring.handlers.finding.clues import closed_events, saved, take_in
from services.monitoring.handlers.finding.inspecting import INSPECTION
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.registry.living_on import numbers_of

Json = dict[str, Any]
REASON: Final = "户内成员已全部死亡或迁出，登记已终止"
MERGED: Final = "该户已并入他户"
MONITORED: Final = "monitored"
TAKEN_IN: Final = "并入的户原为监测对象，风险尚未消除"
MOST: Final = 100
"""No household has more clues."""


def household_changed(ctx: Context, event: IncomingEvent) -> None:
    """Let go of the clues of a household that is gone; what is in a case ends with the case.

    Where it was monitored and who took its people in is not, they are looked at there (M-12).
    """
    if event.data["registered"]:
        return
    _look_at_those_taken_in(ctx, event.data["household"])
    where = {"state.household": event.data["household"], "state.status": {"$in": list(rules.FREE)}}
    for agg in ctx.store.clues.find(where, limit=MOST):
        leave(ctx, agg)


def _look_at_those_taken_in(ctx: Context, household: str) -> None:
    """Open a clue of the household that took in people who were monitored, once: nobody is lost sight of."""
    state, home = ctx.store.households.get(household).state, _went_to(ctx, household)
    if home is None or state["status"] != MONITORED:
        return
    if ctx.store.households.get(home).state["status"] != MONITORED:
        told = {"reporter": ctx.actor.id, "note": TAKEN_IN, "round": f"merged/{household}"}
        told |= {"request": f"merged/{household}", "department": None, "key": None}
        source = rules.source(INSPECTION, ctx.today, state["monitoring"]["risks"], **told)
        take_in(ctx, home, None, source, region_of_id(home))


def leave_by_case(ctx: Context, clue: str) -> None:
    """The same for the clue of a case that ended because the household is gone."""
    agg = ctx.store.clues.get(clue)
    if agg.state["status"] != rules.CLOSED:
        leave(ctx, agg)


def leave(ctx: Context, agg: Aggregate) -> None:
    """Give a clue to the household that took its own in, else close it and tell the departments."""
    home = _went_to(ctx, agg.state["household"])
    if home is None:
        agg.state = rules.closed(agg.state, rules.GONE, REASON, ctx.today, by_case=True)
        saved(ctx, agg, "clue.closed", {"outcome": rules.GONE}, closed_events(ctx, agg))
        return
    away = rules.moved_on(agg.state, ctx.today)
    onward = move(ctx, agg, home, None)
    agg.state = {**away, "moved": {"to": onward.id, "reason": MERGED}}
    saved(ctx, agg, "clue.reassigned", {"to": onward.id})


def _went_to(ctx: Context, household: str) -> str | None:
    """Return the household that stands and took its people in; None where nobody did."""
    home = numbers_of(ctx, household)[-1]
    stands = ctx.store.households.get(home).state["ended"] is None
    return home if stands and home != household else None
