"""Use cases of assets: register, contract, settle. Distribution stands beside."""

from __future__ import annotations

import uuid
from typing import Any

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assets.domain import asset as assets
from services.assets.domain import contract, ledger
from services.assets.views import asset_view, book_view

NAMESPACE = uuid.UUID("b1b0a6b2-0d1e-4a4c-8a5e-3a3f2f5b7c11")


def register_asset(ctx: Context, event: IncomingEvent) -> None:
    """Register the asset that an accepted project formed, once per project (X-01)."""
    said = event.data
    asset_id = uuid.uuid5(NAMESPACE, f"asset/{said['project']}").hex
    if ctx.store.assets.get_or_none(asset_id) is not None:
        return
    spec = {**said["asset"], "project": said["project"], "region": said["region"]}
    state = assets.register(spec | {"value_fen": said["funds_fen"]})
    agg = ctx.store.assets.new(asset_id, region=said["region"], state=state)
    told = {name: state[name] for name in ("project", "asset_class", "value_fen")}
    told |= {"asset": asset_id, "region": agg.region}
    events = [ctx.event("asset.registered", told)]
    ctx.save(ctx.store.assets, agg, "asset.registered", {"project": said["project"]}, events=events)


def sign_contract(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Put an operating asset under contract (X-05)."""
    agg = ctx.store.assets.get(request["asset"])
    if agg.carried_out(ctx.request_id):
        return dict(agg.remembered(ctx.request_id))
    agg.state = contract.sign(agg.state, request)
    view = asset_view(agg)
    ctx.save(ctx.store.assets, agg, "contract.signed", {"rent_fen": request["rent_fen"]}, result=view)
    return view


def settle_income(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Settle a year's income of an asset: what was due, what came in, what is short (X-06).

    The asset remembers the settlement; the village's book takes the entries, each once by its id, so a call
    that broke off between the two is completed when it comes again.
    """
    agg = ctx.store.assets.get(request["asset"])
    if not agg.carried_out(ctx.request_id):
        settled = contract.settle(agg.state, request["year"], request["received_fen"], ctx.today)
        agg.state["settlements"].append(settled)
        told = {name: settled[name] for name in ("year", "due_fen", "received_fen", "short_fen")}
        events = [ctx.event("income.settled", {"asset": agg.id, "region": agg.region, **told})]
        ctx.save(
            ctx.store.assets, agg, "income.settled", told, events=events, result={"year": settled["year"]}
        )
    _book(ctx, agg, request["year"])
    return asset_view(agg)


def _book(ctx: Context, agg: Aggregate, year: int) -> None:
    settled = next(one for one in agg.state["settlements"] if one["year"] == year)
    text = f"{agg.state['title']} {year} 年度"
    due = ledger.due(f"{agg.id}/{year}/due", ctx.today, f"{text}应收", settled["due_fen"])
    came = ledger.received(f"{agg.id}/{year}/received", ctx.today, f"{text}到账", settled["received_fen"])
    enter(ctx, agg.region, year, [due, came])


def enter(ctx: Context, village: str, year: int, entries: list[dict[str, Any]]) -> None:
    """Append entries to a village's book; an entry that stands there already is not entered again."""
    book = ctx.store.book(village, year)
    known = {one["id"] for one in book.state["entries"]}
    fresh = [one for one in entries if one["id"] not in known]
    if fresh:
        book.state["entries"] += fresh
        ctx.save(ctx.store.books, book, "entries.booked", {"entries": [one["id"] for one in fresh]})


def asset(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return one asset."""
    return asset_view(ctx.store.assets.get(request["asset"]))


def assets_of(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the assets of a region."""
    return [asset_view(agg) for agg in ctx.store.assets.find(region=request["region"], limit=10_000)]


def ledger_of(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return the book of a village and year."""
    return book_view(ctx.store.book(request["region"], request["year"]))


def region_of_asset(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a call about an asset belongs."""
    region: str = ctx.store.assets.get(request["asset"]).region
    return region
