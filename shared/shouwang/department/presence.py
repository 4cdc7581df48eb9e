"""The department makes itself known: what it offers, and every day that it is there."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.department.desk import Desk
from shouwang.errors import NotFound
from shouwang.service import Context

CALLS: Final = (
    "describe",
    "import_table",
    "screen",
    "compare",
    "propose_measures",
    "deliver_measure",
)


def description(ctx: Context, desk: Desk) -> dict[str, Any]:
    """Return what is announced: the plugin's description, the key to seal to, the calls."""
    return {**desk.described, "public_key": ctx.keys.sealing.public_text, "calls": list(CALLS)}


def announce(ctx: Context, desk: Desk) -> None:
    """Send `announced` and `heartbeat`."""
    _send(ctx, desk, ctx.today, "announced")


def beat(ctx: Context, desk: Desk, on: date) -> None:
    """Send both once a day: a registry that was down, or is new, hears of the department again."""
    _send(ctx, desk, on, "day_begun")


def _send(ctx: Context, desk: Desk, on: date, action: str) -> None:
    agg = _presence(ctx, desk)
    said = description(ctx, desk)
    agg.state = {"contract": said["contract"], "heard_on": on.isoformat()}
    heartbeat = ctx.event("heartbeat", {"code": desk.code, "on": on.isoformat()})
    events = [ctx.event("announced", said), heartbeat]
    ctx.save(ctx.store.presence, agg, action, events=events)


def _presence(ctx: Context, desk: Desk) -> Any:
    try:
        return ctx.store.presence.get(desk.code)
    except NotFound:
        return ctx.store.presence.new(desk.code, region=desk.region, state={})
