"""Read models of notify."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate


def notice_view(agg: Aggregate) -> dict[str, Any]:
    """Return a notice as callers see it."""
    return {**agg.state, "notice": agg.id}


def message_view(agg: Aggregate) -> dict[str, Any]:
    """Return a message as callers and the outbox folder see it."""
    return dict(agg.state)


def figures(ctx: Context, request: dict[str, Any]) -> dict[str, int]:
    """Count notices, objections and messages of a region."""
    region = request["region"]
    found = ctx.store.notices.find(region=region, limit=100_000)
    objections = [one for agg in found for one in agg.state["objections"]]
    return {
        "notices_published": len(found),
        "notices_open": sum(agg.state["ended_on"] is None for agg in found),
        "objections_raised": len(objections),
        "objections_upheld": sum(one["upheld"] is True for one in objections),
        "messages_sent": ctx.store.messages.count(region=region),
    }
