"""Snapshot and standings kept up to date: by the day's own work, and when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shouwang.access.roles import TOWN_OFFICER
from shouwang.policy import Unknown
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.portrait import standings
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.portrait import office

Json = dict[str, Any]
MONITORED: Final = "monitored"
TOWN_DIGITS: Final = 9
_progress: dict[str, Json] = {}
"""How far the refresh of a region has come in this process: {done, of} villages."""


def day(ctx: Context, on: date) -> None:
    """Recompute the county on the day of the month that the county has set (M-11)."""
    region = ctx.actor.region
    if not ctx.store.households.count():
        return
    asked = ctx.figures(region).find("standing_day")
    if isinstance(asked, Unknown):
        ctx.log.warning("no day for the monthly recomputation", reason=asked.reason)
    elif on.day == asked.value:
        recompute(ctx, region)


def refresh(ctx: Context, request: Json) -> Json:
    """Bring the snapshot of a region in line with the documents; returns {villages, households, full}."""
    return _refreshed(ctx, request["region"], full=request["full"])


def _refreshed(ctx: Context, region: str, *, full: bool = False) -> Json:

    def told(part: Json) -> None:
        _progress[region] = part

    try:
        found: Json = office.ask(ctx, "refresh", on_part=told, region=region, now=_now(ctx), full=full)
    finally:
        _progress.pop(region, None)
    return found


def _now(ctx: Context) -> str:
    return ctx.clock.now().isoformat(timespec="milliseconds")


def status(ctx: Context, request: Json) -> Json:
    """Return what the snapshot of a region holds; while it is being built, how far it has come."""
    region = request["region"]
    towns = sorted({village[:TOWN_DIGITS] for village in ctx.store.villages_in(region)})
    running = {place: one for place, one in _progress.items() if place.startswith(region)}
    nothing = {"villages": 0, "households": 0, "seen": None}
    found = nothing if running else office.ask(ctx, "status", region=region)
    return {"region": region, "towns": towns, **found, "running": running}


def verify(ctx: Context, request: Json) -> Json:
    """Compare the snapshot with the documents; households by number, nothing of what differs."""
    given = {name: request[name] for name in ("region", "sample")}
    found: Json = office.ask(ctx, "verify", **given, now=_now(ctx), seed=ctx.request_id)
    return {**found, "ok": not (found["differing"] or found["missing"])}


def recompute_asked(ctx: Context, request: Json) -> Json:
    """Recompute a region now."""
    return recompute(ctx, request["region"])


def recompute(ctx: Context, region: str) -> Json:
    """Refresh, compute income, category, duty and class of all, and save only what is another than kept.

    A village is one document; what changed is told in a document of its day. To do it again changes nothing.
    """
    refreshed = _refreshed(ctx, region)
    changed = [0]

    def save(part: Json) -> None:
        changed[0] += len(part["changes"])
        _save(ctx, part)

    today = ctx.today.isoformat()
    found = office.ask(ctx, "standings", on_part=save, region=region, on=today)
    told = {**found, "changed": changed[0], "refreshed": refreshed["households"]}
    _note_run(ctx, region, told)
    return {"region": region, "on": today, **told}


def _save(ctx: Context, part: Json) -> None:
    if part["changes"]:
        _tell_changes(ctx, part["village"], part["changes"])
    village, households = part["village"], part["households"]
    agg = ctx.store.standing_of(village) or ctx.store.standings.new(village, region=village, state={})
    agg.state = {
        "on": ctx.today.isoformat(),
        "counts": standings.counted(households.values()),
        "households": households,
    }
    ctx.save(ctx.store.standings, agg, "standings.renewed", {"changed": len(part["changes"])})


def _tell_changes(ctx: Context, village: str, changes: Mapping[str, Json]) -> None:
    """Keep what changed on this day; first, so that a run that ends in between tells it again, not never."""
    on = ctx.today.isoformat()
    repo, id = ctx.store.standing_changes, f"{village}-{on}"
    agg = repo.get_or_none(id) or repo.new(id, region=village, state={"on": on, "households": {}})
    agg.state["households"] = standings.merged(agg.state["households"], changes)
    due = [number for number, one in changes.items() if _is_newly_due(one)]
    events = [ctx.event("message.requested", _duty_message(ctx, agg, len(due)))] if due else []
    ctx.save(repo, agg, "standings.changed", {"changed": len(changes), "due": len(due)}, events=events)


def _is_newly_due(change: Json) -> bool:
    """Whether M-12 obliges to include it now, did not before, and it is not on the list."""
    before, after = change["before"], change["after"]
    if after is None or after["duty"] != "yes" or (before and before["duty"] == "yes"):
        return False
    return bool(change["row"]["status"] != MONITORED)


def _duty_message(ctx: Context, agg: Aggregate, households: int) -> Json:
    title = "有未纳入的应纳户"
    text = f"{agg.region} 村按 {agg.state['on']} 重算，新增 {households} 户低于监测基准线且有风险而未纳入，"
    text += "请逐户核实并组织申请（衡办发〔2021〕7号 二(一)）。名单见 standings。"
    return message(ctx.service, agg, TOWN_OFFICER, title, text, mark="duty")


def _note_run(ctx: Context, region: str, told: Json) -> None:
    repo, id = ctx.store.standing_runs, f"{region}-{ctx.today.isoformat()}"
    agg = repo.get_or_none(id) or repo.new(id, region=region, state={})
    if not agg.carried_out(ctx.request_id):
        agg.state = {"on": ctx.today.isoformat(), **told}
        ctx.save(repo, agg, "standings.computed", told)
