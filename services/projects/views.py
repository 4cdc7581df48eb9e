"""Read models of projects."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

ENTERED = "entered"
REFUSED = "refused"


def project_view(agg: Aggregate) -> dict[str, Any]:
    """Return a project as callers see it."""
    case = agg.state["case"]
    return {
        "project": agg.id,
        "region": agg.region,
        "contents": agg.state["contents"],
        "status": case["status"],
        "step": case["step"],
        "entered_on": agg.state["entered_on"],
        "acceptance": agg.state["acceptance"],
    }


def figures(ctx: Context, request: dict[str, Any]) -> dict[str, int]:
    """Count the projects of a region."""
    projects = ctx.store.projects.find(region=request["region"], limit=100_000)
    statuses = [agg.state["case"]["status"] for agg in projects]
    return {
        "projects_proposed": len(projects),
        "projects_in_library": statuses.count(ENTERED),
        "projects_refused": statuses.count(REFUSED),
        "projects_accepted": sum(agg.state["acceptance"] is not None for agg in projects),
    }
