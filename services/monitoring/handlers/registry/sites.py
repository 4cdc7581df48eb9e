"""Resettlement sites of the county and how many people they settled (M-15)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from shouwang.decision import Input
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry.resettlement import large_site

Json = dict[str, Any]


def record_site(ctx: Context, request: Json) -> Json:
    """Record a resettlement site, or the number of its people anew; return it with the decision of M-15."""
    id = _id(request["region"], request["site"])
    agg = ctx.store.sites.get_or_none(id) or ctx.store.sites.new(id, region=request["region"], state={})
    if not agg.carried_out(ctx.request_id):
        agg.state = {name: request[name] for name in ("site", "persons")} | {"on": request["on"].isoformat()}
        agg.state["by"] = ctx.actor.on_behalf_of or ctx.actor.id
        ctx.save(ctx.store.sites, agg, "site.recorded", {"persons": request["persons"]}, result={"site": id})
    return _view(ctx, agg)


def _id(region: str, site: str) -> str:
    return f"{region}-S{hashlib.sha256(site.encode()).hexdigest()[:12]}"


def sites(ctx: Context, request: Json) -> list[Json]:
    """Return the resettlement sites of a region."""
    return [_view(ctx, agg) for agg in ctx.store.sites.find(region=request["region"], limit=1000)]


def large(ctx: Context, households: Iterable[Aggregate]) -> dict[str, bool]:
    """Return which sites that these households name are large; one that nobody recorded is left out."""
    named = {
        agg.state["resettlement_site"]: agg.region for agg in households if agg.state["resettlement_site"]
    }
    if not named:
        return {}
    county = next(iter(named.values()))[:6]
    known = {agg.state["site"]: agg for agg in ctx.store.sites.find(region=county, limit=1000)}
    return {site: _large(ctx, known[site]).is_yes for site in named if site in known}


def _large(ctx: Context, agg: Aggregate) -> Any:
    given = Input(
        agg.state["persons"], agg.state["by"], date.fromisoformat(agg.state["on"]), "安置人数", "persons"
    )
    return large_site(given, ctx.policy.at(ctx.today, agg.region))


def _view(ctx: Context, agg: Aggregate) -> Json:
    found = _large(ctx, agg)
    told = {name: agg.state[name] for name in ("site", "persons", "on")}
    return {"region": agg.region, **told, "large": found.verdict.value, "sentence": found.sentence()}
