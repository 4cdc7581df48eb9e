"""Read models of assets."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate

from services.assets.domain import distribution, ledger

ASSET = ("title", "asset_class", "kind", "value_fen", "project", "rights", "contract", "settlements")


def asset_view(agg: Aggregate) -> dict[str, Any]:
    """Return an asset as callers see it."""
    return {"asset": agg.id, "region": agg.region, **{name: agg.state[name] for name in ASSET}}


def distribution_view(agg: Aggregate) -> dict[str, Any]:
    """Return a distribution as callers see it."""
    case = agg.state["case"]
    kept = {name: agg.state[name] for name in ("year", "uses", "paid_on")}
    return {
        "distribution": agg.id,
        "region": agg.region,
        **kept,
        "status": case["status"],
        "step": case["step"],
    }


def book_view(agg: Aggregate) -> dict[str, Any]:
    """Return a book with the balance of each account."""
    entries = agg.state["entries"]
    balances = {account: ledger.balance(entries, account) for account in ledger.ACCOUNTS}
    return {"region": agg.region, "year": agg.state["year"], "entries": entries, "balances": balances}


def figures(ctx: Context, request: dict[str, Any]) -> dict[str, int]:
    """Count assets and sum what came in, went out and was kept, in fen."""
    region = request["region"]
    books = [agg.state["entries"] for agg in ctx.store.books.find(region=region, limit=100_000)]
    paid = [agg for agg in ctx.store.distributions.find(region=region, limit=100_000) if agg.state["paid_on"]]
    uses = [one for agg in paid for one in agg.state["uses"]]
    kept = distribution.kept(uses)
    return {
        "assets_registered": ctx.store.assets.count(region=region),
        "income_fen": sum(received(entries) for entries in books),
        "distributed_fen": distribution.total(uses) - kept,
        "kept_funds_fen": kept,
    }


def received(entries: list[dict[str, Any]]) -> int:
    """Return fen that came in: everything ever debited to cash."""
    lines = (line for entry in entries for line in entry["lines"])
    return sum(line["debit_fen"] for line in lines if line["account"] == ledger.CASH)
