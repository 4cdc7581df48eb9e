"""Figures that the department counts for a period and reports to the county (K-01)."""

from __future__ import annotations

from typing import Any

from shouwang.department.desk import Desk, require_own
from shouwang.service import Context


def report_figures(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Keep what was reported for the period, and tell the county; told again, the newest stands."""
    require_own(ctx, desk)
    id = f"{desk.region}-{request['period']}"
    agg = ctx.store.reported.get_or_none(id) or ctx.store.reported.new(id, region=desk.region, state={})
    told = {"period": request["period"], "reported": len(request["figures"])}
    if agg.carried_out(ctx.request_id):
        return told
    figures = [{**one, "on": one["on"].isoformat()} for one in request["figures"]]
    agg.state = {"period": request["period"], "figures": figures}
    data = {
        "department": desk.code,
        "title": desk.manifest.title,
        "period": request["period"],
        "figures": figures,
    }
    event = ctx.event("figures.reported", data)
    ctx.save(ctx.store.reported, agg, "figures_reported", told, events=[event], result=told)
    return told
