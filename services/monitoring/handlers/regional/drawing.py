"""Whom a warning concerns: drawn up by village, ids only, and made clues when the county says so (S-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.finding.channels import REGIONAL
from services.monitoring.domain.regional import exposure
from services.monitoring.domain.regional import warnings as rules
from services.monitoring.domain.regional.kinds import KINDS
from services.monitoring.handlers.finding.clues import take_in
from services.monitoring.handlers.regional.opening import raised

Json = dict[str, Any]


def warning_raised(ctx: Context, event: IncomingEvent) -> None:
    """Draw up the households of the areas that came to a warning."""
    warning = ctx.store.warnings.get(event.data["warning"])
    for village in villages_of(ctx, event.data["areas"]):
        _draw(ctx, warning, village)


def villages_of(ctx: Context, areas: Iterable[str]) -> list[str]:
    """Return the villages of the registry that lie in these areas."""
    found = {row["id"] for area in areas for row in ctx.store.villages.rows(["households"], region=area)}
    return sorted(found)


def _draw(ctx: Context, warning: Aggregate, village: str) -> None:
    """Draw up one village; what it had already as a clue stays on the list."""
    rows = {row["id"]: row for row in ctx.store.households.rows(list(exposure.FIELDS), region=village)}
    drawn = {**exposure.drawn(warning.state["kind"], rows), "drawn_on": ctx.today.isoformat()}
    state = {"warning": warning.id, "village": village, "clues": {}, **drawn}
    agg = ctx.store.list_of(warning.id, village)
    if agg is None:
        id = ctx.store.list_id(warning.id, village)
        agg = ctx.store.affected.new(id, region=village, state=state)
    elif agg.carried_out(ctx.request_id):
        return
    agg.state = {**state, "clues": agg.state["clues"]}
    events = [_wanted(ctx, warning, village)] if warning.state["clues_from"] else []
    counts = {"concerned": len(drawn["concerned"]), "unknown": len(drawn["unknown"])}
    ctx.save(ctx.store.affected, agg, "affected.drawn", counts, events=events)


def draw_affected(ctx: Context, request: Json) -> Json:
    """Draw up every area of a warning anew; the lists follow, village by village."""
    agg = ctx.store.warnings.get(request["warning"])
    if agg.state["status"] == rules.CLOSED:
        raise rules.refused("closed", "预警已经销号，名单不再变动")
    if not agg.carried_out(ctx.request_id):
        events = [raised(ctx, agg, agg.state["areas"])]
        ctx.save(ctx.store.warnings, agg, "warning.drawing", events=events)
    return {"warning": agg.id, "villages": len(villages_of(ctx, agg.state["areas"]))}


def open_warning_clues(ctx: Context, request: Json) -> Json:
    """Make every household of a verified warning a clue; the villages follow one by one."""
    agg = ctx.store.warnings.get(request["warning"])
    villages = sorted(ctx.store.lists_of(agg.id))
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.clues_wanted(agg.state, request["with_unknown"], ctx.today)
        events = [_wanted(ctx, agg, village) for village in villages]
        ctx.save(ctx.store.warnings, agg, "warning.clues_wanted", {"villages": len(villages)}, events=events)
    return {"warning": agg.id, "villages": len(villages)}


def _wanted(ctx: Context, warning: Aggregate, village: str) -> Any:
    return ctx.event("warning.clues_wanted", {"warning": warning.id, "village": village})


def clues_wanted(ctx: Context, event: IncomingEvent) -> None:
    """Open or join a clue of each household on one village's list; again changes nothing."""
    warning = ctx.store.warnings.get(event.data["warning"])
    if not rules.is_verified(warning.state):  # closed since: nobody opens clues for what is over
        return
    agg = ctx.store.affected.get(ctx.store.list_id(warning.id, event.data["village"]))
    wanted = [*agg.state["concerned"], *(agg.state["unknown"] if warning.state["with_unknown"] else [])]
    new = {home: _clue(ctx, warning, home) for home in wanted if home not in agg.state["clues"]}
    if new:
        agg.state = {**agg.state, "clues": {**agg.state["clues"], **new}}
        ctx.save(ctx.store.affected, agg, "affected.clues", {"clues": len(new)})


def _clue(ctx: Context, warning: Aggregate, home: str) -> str:
    risk = KINDS[warning.state["kind"]].risk
    told = {
        "reporter": ctx.actor.id,
        "reference": warning.id,
        "request": warning.id,
        "department": None,
        "key": None,
    }
    source = clue_rules.source(REGIONAL, ctx.today, [risk], **told)
    of_one = replace(ctx, request_id=f"{ctx.request_id}/{home}")
    return take_in(of_one, home, None, source, home.partition("-")[0]).id


def affected(ctx: Context, request: Json) -> list[Json]:
    """Return the lists of a warning, some villages at a time, with the clues of their households."""
    page = {"after": request["after"], "limit": request["limit"]}
    where = {"state.warning": request["warning"]}
    found = ctx.store.affected.find(where, region=request["region"], **page)
    return [{"list": agg.id, **agg.state} for agg in found]
