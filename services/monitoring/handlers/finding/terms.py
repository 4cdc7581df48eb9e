"""Terms of clues and lists: days of the policy. Unknown, nothing waits for them (decision 0294)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as rules
from services.monitoring.domain.finding import handover

Json = dict[str, Any]


def days_of(ctx: Context, region: str, name: str, since: date) -> int | None:
    """Return how many days a term has: as set today, else on the day it counts from; None: nobody set it."""
    found = (ctx.policy.at(on, region).find(name).value for on in (ctx.today, since))
    return next((int(days) for days in found if days is not None), None)


def opened(ctx: Context, home: str | None, source: Json, region: str) -> Json:
    """Return a new clue with the terms that are known."""
    return rules.opened(home, source, *_of_clue(ctx, region, source["on"]))


def dated(ctx: Context, agg: Aggregate) -> Json:
    """Return the state of a clue with the terms that have been set since."""
    return rules.dated(agg.state, *_of_clue(ctx, agg.region, agg.state["found_on"]))


def receipt_days(ctx: Context, region: str, since: date) -> int | None:
    """Return within how many days a town takes a list over."""
    return days_of(ctx, region, "handover_receipt_days", since)


def handover_dated(ctx: Context, agg: Aggregate) -> Json:
    """Return the state of a list with the term that has been set since."""
    since = date.fromisoformat(agg.state["handed_on"])
    return handover.dated(agg.state, receipt_days(ctx, agg.region, since))


def _of_clue(ctx: Context, region: str, found: str) -> tuple[int | None, int | None]:
    since = date.fromisoformat(found)
    return (
        days_of(ctx, region, "clue_response_days", since),
        days_of(ctx, region, "clue_close_days", since),
    )
