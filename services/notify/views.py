"""Read models of notify."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import Actor, roles
from shouwang.service import Context
from shouwang.store import Aggregate

LOOK_INTO_IT: Final = {
    *(roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE),
    *(roles.TOWN_OFFICER, roles.COUNTY_OFFICER, roles.AUDITOR),
}
"""Who reads what was objected, by whom, and what was found; the village reads that, when and the answer."""


def notice_view(agg: Aggregate, reader: Actor) -> dict[str, Any]:
    """Return a notice as its reader may see it (docs/decisions/0276)."""
    shown = [one if _may_read(reader, one) else _in_public(one) for one in agg.state["objections"]]
    return {**agg.state, "objections": shown, "notice": agg.id}


def _may_read(reader: Actor, objection: dict[str, Any]) -> bool:
    own = objection["by"] == (reader.on_behalf_of or reader.id)
    return own or not LOOK_INTO_IT.isdisjoint(reader.roles)


def _in_public(objection: dict[str, Any]) -> dict[str, Any]:
    looked = objection["investigation"]
    return {**objection, "ground": None, "by": None, "investigation": looked and {**looked, "found": None}}


def message_view(agg: Aggregate) -> dict[str, Any]:
    """Return a message as the outbox folder, and beside its id callers, see it."""
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
