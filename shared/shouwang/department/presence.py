"""The department makes itself known: what it offers, and every day that it is there."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.department.desk import Desk
from shouwang.errors import NotFound
from shouwang.service import Context

MONDAY: Final = 1
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
    """Send a heartbeat every day, and once a week all it offers: a registry that is new hears of it too."""
    _send(ctx, desk, on, "day_begun", in_full=on.isoweekday() == MONDAY)


def _send(ctx: Context, desk: Desk, on: date, action: str, *, in_full: bool = True) -> None:
    agg = _presence(ctx, desk)
    agg.state = {"contract": desk.described["contract"], "heard_on": on.isoformat()}
    events = [ctx.event("announced", description(ctx, desk))] if in_full else []
    events.append(ctx.event("heartbeat", {"code": desk.code, "on": on.isoformat()}))
    ctx.save(ctx.store.presence, agg, action, events=events)


def _presence(ctx: Context, desk: Desk) -> Any:
    try:
        return ctx.store.presence.get(desk.code)
    except NotFound:
        return ctx.store.presence.new(desk.code, region=desk.region, state={})
