"""What a department does with its tables every day: shows their age, and lets go what is kept long enough."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.department.desk import Desk, feed_of
from shouwang.department.metrics import count_removed, show_age
from shouwang.service import Context
from shouwang.telemetry.metrics import POLICY_UNKNOWN

Json = dict[str, Any]


def feeds(ctx: Context, desk: Desk) -> list[Json]:
    """Return the age of every table."""
    found: list[Json] = desk.child.ask("ages", on=ctx.today.isoformat())
    return found


def show_ages(desk: Desk, on: date) -> None:
    """Show the age of every table in the metrics, for the alert."""
    for one in desk.child.ask("ages", on=on.isoformat()):
        show_age(desk.code, one["table"], one["age_days"], one["stale"])


def let_go(ctx: Context, desk: Desk, on: date) -> int:
    """Remove the periods that are kept long enough; returns how many. One of no known term stays.

    On record before it is gone: where the process dies between, the next day finds the period again.
    """
    told = desk.child.ask("expired", on=on.isoformat())
    for name in {one["parameter"] for one in told["kept"] if one["months"] is None}:
        POLICY_UNKNOWN.labels(name).inc()
    for period in told["periods"]:
        _let_go(ctx, desk, period, on)
    return len(told["periods"])


def _let_go(ctx: Context, desk: Desk, period: Json, on: date) -> None:
    table, named = period["table"], {"table": period["table"], "period": period["period"]}
    feed = feed_of(ctx, desk, f"{table}:{period['period']}")
    if "removed_on" not in feed.state:
        feed.state["removed_on"] = on.isoformat()
        detail = {name: period[name] for name in ("rows", "months", "parameter", "source")}
        ctx.save(ctx.store.feeds, feed, "period_removed", detail)
    desk.child.ask("remove", **named)
    count_removed(desk.code, table)
