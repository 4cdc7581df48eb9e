"""A new risk that a visit, an evaluation or the early list found is a clue like any other (S-02)."""

from __future__ import annotations

from datetime import date

from shouwang.service import Context

from services.monitoring.domain.finding import clues as rules
from services.monitoring.handlers.finding.clues import take_in
from services.monitoring.handlers.finding.inspecting import INSPECTION
from services.monitoring.handlers.places import region_of_id


def new_clue(ctx: Context, household: str, on: date, risks: list[str], found_by: str, note: str = "") -> str:
    """Open a clue, or join the open one; `found_by` names the visit or evaluation, which counts once."""
    source = rules.source(
        INSPECTION,
        on,
        risks,
        reporter=ctx.actor.on_behalf_of or ctx.actor.id,
        note=note,
        round=found_by,
        request=ctx.request_id,
        department=None,
        key=None,
    )
    return take_in(ctx, household, None, source, region_of_id(household)).id
