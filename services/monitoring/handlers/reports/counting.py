"""Figures of a region, by counts over indexes."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.handlers.proceedings.cases import IDENTIFICATION, REMOVAL

Json = dict[str, Any]


def figures(ctx: Context, request: Json) -> Json:
    """Count households, persons, clues by channel, cases by procedure and end, identified by category."""
    region = request["region"]
    return {
        **_households(ctx, region),
        "clues": _clues(ctx, region),
        "identification": _cases(ctx, region, IDENTIFICATION),
        "removal": _cases(ctx, region, REMOVAL),
        "identified": ctx.store.cases.tally(
            "state.category", {"state.case.status": "included"}, region=region
        ),
    }


def _households(ctx: Context, region: str) -> Json:
    count = ctx.store.households.count
    villages = list(ctx.store.villages.rows(["households", "persons"], region=region))
    left_out = {"state.status": "monitored", "state.left_out.on": {"$gt": ""}}
    return {
        "households": sum(one["households"] for one in villages),
        "persons": sum(one["persons"] for one in villages),
        "monitored": count({"state.status": "monitored"}, region=region),
        "removed": count({"state.status": "removed"}, region=region),
        "left_out": count(left_out, region=region),
        "held_households": ctx.store.held.count({"state.status": "held"}, region=region),
    }


def _clues(ctx: Context, region: str) -> Json:
    channels = ctx.store.clues.tally("state.first_channel", region=region)
    overdue = {"state.status": clue_rules.OPEN, "state.due_on": {"$lt": ctx.today.isoformat()}}
    return {
        "total": sum(channels.values()),
        "by_channel": channels,
        "by_status": ctx.store.clues.tally("state.status", region=region),
        "overdue": ctx.store.clues.count(overdue, region=region),
    }


def _cases(ctx: Context, region: str, procedure: str) -> Json:
    ends = ctx.store.cases.tally("state.case.status", {"state.case.procedure": procedure}, region=region)
    return {"opened": sum(ends.values()), **ends}
