"""Hearing of departments: a sound announcement replaces the last, nonsense is refused and shown."""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance import metrics
from services.assistance.domain.registry import announcement
from services.assistance.domain.registry.presence import GONE
from services.assistance.handlers.planning import completing
from services.assistance.handlers.registry import leaving
from services.assistance.views.registry import presence_of

Json = dict[str, Any]
MONTH: Final = len("2021-08")


def hear_department(ctx: Context, event: IncomingEvent) -> None:
    """Keep what a department announces, then ask it for what it owes to plans; refuse nonsense, loudly."""
    wrong = announcement.problems(event.data, event.source)
    agg = _department(ctx, event)
    if wrong:
        _refuse(ctx, agg, wrong)
        return
    _keep(ctx, agg, announcement.known(event.data))
    leaving.welcome(ctx, event.source)
    completing.ask_again(ctx, event.source)


def hear_heartbeat(ctx: Context, event: IncomingEvent) -> None:
    """Note that a department is there, once a day, and ask it for what it owes to plans."""
    agg = ctx.store.departments.get_or_none(event.source)
    if agg is None or agg.state["announced"] is None:
        return
    if agg.state["last_heard_on"] != ctx.today.isoformat() and not agg.carried_out(ctx.request_id):
        agg.state |= _to_ask(ctx, agg) | {"last_heard_on": ctx.today.isoformat()}
        ctx.save(ctx.store.departments, agg, "department.heard")
    if agg.state["left_on"] is None:
        leaving.welcome(ctx, event.source)
        completing.ask_again(ctx, event.source)


def _department(ctx: Context, event: IncomingEvent) -> Aggregate:
    agg: Aggregate | None = ctx.store.departments.get_or_none(event.source)
    if agg is not None:
        return agg
    state: Json = {"announced": None, "last_heard_on": ctx.today.isoformat()}
    state |= {"left_on": None, "left_reason": None, "refused": None, "to_ask": True}
    state |= {"ask_all": False, "asked_to": None, "in_vain_on": None}
    new: Aggregate = ctx.store.departments.new(event.source, region=event.region, state=state)
    return new


def _keep(ctx: Context, agg: Aggregate, said: Json) -> None:
    if agg.carried_out(ctx.request_id):
        return
    to_ask = _to_ask(ctx, agg, new=agg.state["announced"] != said)
    fresh = {"announced": said, "last_heard_on": ctx.today.isoformat(), "refused": None}
    agg.state |= {**fresh, **to_ask, "left_on": None, "left_reason": None}
    ctx.save(ctx.store.departments, agg, "department.announced", {"contract": said["contract"]})


def _to_ask(ctx: Context, agg: Aggregate, *, new: bool = False) -> Json:
    """Return what a sign of a department means for the questions to it.

    What is `new`, and what it missed while it was gone, is asked about; at its first sign of a month
    everything is (月比对). Such a round begins with the first plan, whatever became of the last one.
    """
    month = bool(agg.state["last_heard_on"][:MONTH] != ctx.today.isoformat()[:MONTH])
    if not (new or month or presence_of(ctx, agg) == GONE):
        return {}
    ask_all = agg.state["ask_all"] or month
    return {"to_ask": True, "ask_all": ask_all, "asked_to": None, "in_vain_on": None}


def _refuse(ctx: Context, agg: Aggregate, wrong: list[str]) -> None:
    """Keep what was wrong beside the last sound announcement, which stands."""
    if agg.carried_out(ctx.request_id):
        return
    agg.state["refused"] = {"on": ctx.today.isoformat(), "problems": wrong}
    metrics.count_refused_announcement(agg.id)
    ctx.log.error("announcement refused", department=agg.id, problems=wrong)
    ctx.save(ctx.store.departments, agg, "department.announcement_refused", {"problems": wrong})
