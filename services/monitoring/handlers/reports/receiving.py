"""Figures that departments report for a period: by event, or entered by the county (K-01)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shouwang.service import Context, IncomingEvent

from services.monitoring.domain.reports import reported as rules

Json = dict[str, Any]
COUNTY = 6
"""Digits of a county's code: figures are kept by county."""


def departments_reported(ctx: Context, event: IncomingEvent) -> None:
    """Take in what a department reported; its name is that of the sender, whatever the data says."""
    of = (event.source, event.data["period"], event.region[:COUNTY])
    _take_in(ctx, *of, event.data["title"] or event.source, event.data["figures"], event.sequence)


def enter_figures(ctx: Context, request: Json) -> Json:
    """Take in figures that came on paper; who entered them is in the history."""
    of = (request["department"], request["period"], request["region"][:COUNTY])
    return _take_in(ctx, *of, request["title"], request["figures"], None)


def _take_in(
    ctx: Context,
    department: str,
    period: str,
    region: str,
    title: str,
    given: Sequence[Json],
    sequence: int | None,
) -> Json:
    id = f"{region}-{department}-{period}"
    found = ctx.store.reported.get_or_none(id)
    agg = found or ctx.store.reported.new(
        id, region=region, state={"department": department, "period": period}
    )
    if not agg.carried_out(ctx.request_id):
        number = agg.state.get("last", 0) + 1 if sequence is None else sequence
        plain = [{**one, "on": one["on"].isoformat()} for one in given]
        last = max(number, agg.state.get("last", 0))
        agg.state = {**rules.taken_in(agg.state, plain, region, number), "title": title, "last": last}
        detail = {"given": len(given), "problems": len(agg.state["problems"])}
        ctx.save(ctx.store.reported, agg, "figures.taken", detail)
    return _view(agg)


def reported(ctx: Context, request: Json) -> list[Json]:
    """Return what was reported for a period: figures and what was not taken."""
    found = ctx.store.reported.find(
        {"state.period": request["period"]}, region=request["region"][:COUNTY], limit=500
    )
    return [_view(agg) for agg in found]


def _view(agg: Any) -> Json:
    kept = ("indicator", "region", "value", "unit", "on", "note")
    figures = [{name: one[name] for name in kept} for one in agg.state["figures"].values()]
    shown = {name: agg.state[name] for name in ("department", "title", "period", "problems")}
    return {**shown, "region": agg.region, "figures": figures}
