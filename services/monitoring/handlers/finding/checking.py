"""The household check, the answer to who told it from outside, and clues that were another's (S-03, S-04)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shouwang.access import require_region
from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as rules
from services.monitoring.handlers.finding.clues import join, put, reporter, saved
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.registry.reading import number_of
from services.monitoring.views.finding import clue_view

Json = dict[str, Any]


def check_clue(ctx: Context, request: Json) -> Json:
    """Record who went to the household and what was found."""
    agg = ctx.store.clues.get(request["clue"])
    if request["on"] > ctx.today:
        raise BadRequest(
            f"核查日期 {request['on']} 晚于今天 {ctx.today}",
            code="clue.future",
            remedy="请填实际发生的日期，不得晚于今天。",
        )
    if not agg.carried_out(ctx.request_id):
        kept = {name: request[name] for name in ("people", "finding", "note")}
        check = {**kept, "on": request["on"].isoformat(), "by": reporter(ctx)}
        least = ctx.policy.at(request["on"], agg.region).clue_check_people
        agg.state = rules.checked(agg.state, check, least, ctx.today)
        saved(ctx, agg, "clue.checked", {"finding": request["finding"], "people": len(request["people"])})
    return clue_view(agg, ctx.today)


def answer_reporter(ctx: Context, request: Json) -> Json:
    """Record that the medium, petition office or platform was answered."""
    agg = ctx.store.clues.get(request["clue"])
    if not agg.carried_out(ctx.request_id):
        kept = {name: request[name] for name in ("channel", "reference", "way")}
        answer = {**kept, "on": request["on"].isoformat(), "by": reporter(ctx)}
        agg.state = rules.reporter_answered(agg.state, answer, ctx.today)
        saved(ctx, agg, "clue.answered", {"channel": request["channel"]})
    return clue_view(agg, ctx.today)


def reassign_clue(ctx: Context, request: Json) -> Json:
    """Give a clue to the household, or the person, whose it is; returns the clue with which it goes on.

    Two open clues of one household, as a marriage leaves them, become one in the same way.
    """
    agg = ctx.store.clues.get(request["clue"])
    if (request["household"] is None) == (request["sealed"] is None):
        raise BadRequest(
            "请给出 household 或 sealed 之一",
            code="clue.whom",
            remedy="已登记的户给 household，不知是哪一户的给密封的身份证号。",
        )
    if agg.carried_out(ctx.request_id):
        return clue_view(ctx.store.clues.get(agg.remembered(ctx.request_id)["clue"]), ctx.today)
    number = number_of(ctx, request["sealed"]) if request["sealed"] else None
    home = request["household"] or ctx.store.homes_of([number]).get(number)
    _check_other(ctx, agg, home)
    away = rules.reassigned(agg.state, ctx.today)
    onward = move(ctx, agg, home, number)
    agg.state = {**away, "person": None, "moved": {"to": onward.id, "reason": request["reason"]}}
    ctx.save(ctx.store.clues, agg, "clue.reassigned", {"to": onward.id}, result={"clue": onward.id})
    return clue_view(onward, ctx.today)


def _check_other(ctx: Context, agg: Aggregate, home: str | None) -> None:
    if home is None:
        return
    require_region(ctx.actor, region_of_id(home))
    ctx.store.households.get(home)
    if home == agg.state["household"]:
        raise BadRequest(
            "线索已经在该户名下",
            code="clue.same_household",
            remedy="无须再改；应归到别户的请给出那一户的编号。",
        )


def move(ctx: Context, agg: Aggregate, home: str | None, number: str | None) -> Aggregate:
    """Put every source of a clue to another household's, or to one clue of a person who waits."""
    onward: Aggregate | None = None
    for place, source in enumerate(agg.state["sources"]):
        of_one = replace(ctx, request_id=f"{ctx.request_id}/{agg.id}/{place}")
        waits = onward is not None and home is None
        onward = join(of_one, onward, source) if waits else put(of_one, home, number, source, agg.region)
    return onward
