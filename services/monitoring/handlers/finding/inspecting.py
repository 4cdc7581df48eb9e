"""Inspection rounds with a ledger by village: who was visited, who was not (S-02)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.finding import rounds as rules
from services.monitoring.handlers.finding.clues import take_in
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.recording import record

Json = dict[str, Any]
INSPECTION: Final = "inspection"


def inspection_round(ctx: Context, request: Json) -> list[Json]:
    """Open a round: a ledger for each village of the region that has households; open ones stay."""
    given = (request["year"], request["half"], request["opens_on"], request["closes_on"])
    rules.check_days(*given)
    villages = sorted(row["id"] for row in ctx.store.villages.rows(["households"], region=request["region"]))
    ids = [rules.round_id(village, request["year"], request["half"]) for village in villages]
    there = {agg.id for agg in ctx.store.ledgers.find({"_id": {"$in": ids}}, limit=len(ids) or 1)}
    new = [_ledger(ctx, request, one) for one, id in zip(villages, ids, strict=True) if id not in there]
    ctx.store.ledgers.insert_many(new)
    return [_coverage(ctx, ctx.store.ledgers.get(id)) for id in ids]


def _ledger(ctx: Context, request: Json, village: str) -> Aggregate:
    half = f"{request['year']}-{request['half']}"
    state = rules.ledger(half, village, request["opens_on"], request["closes_on"])
    ledger_id = rules.round_id(village, request["year"], request["half"])
    agg: Aggregate = ctx.store.ledgers.new(ledger_id, region=village, state=state)
    record(ctx, agg, "ledger.opened")
    return agg


def record_finding(ctx: Context, request: Json) -> Json:
    """Record visits; whoever was found at risk becomes a clue (the same visit twice changes nothing)."""
    agg = ctx.store.ledgers.get(request["ledger"])
    _check_village(agg, request["visits"])
    ids = [visit["household"] for visit in request["visits"]]
    there = ctx.store.many_households(ids)
    if missing := [one for one in ids if one not in there]:
        raise BadRequest(f"登记簿中没有这些户：{'、'.join(missing)}", code="round.no_such_household")
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.with_visits(agg.state, request["visits"])
        ctx.save(ctx.store.ledgers, agg, "ledger.visited", {"visits": len(ids)})
    opened = [_clue(ctx, agg.id, visit) for visit in request["visits"] if visit["risks"]]
    return {"ledger": agg.id, "recorded": len(ids), "clues": opened}


def _check_village(agg: Aggregate, visits: list[Json]) -> None:
    wrong = [one["household"] for one in visits if region_of_id(one["household"]) != agg.region]
    if wrong:
        raise BadRequest(f"这些户不在本台账的村：{'、'.join(wrong)}", code="round.wrong_village")


def _clue(ctx: Context, ledger: str, visit: Json) -> str:
    source = clue_rules.source(
        INSPECTION,
        visit["on"],
        visit["risks"],
        reporter=ctx.actor.on_behalf_of or ctx.actor.id,
        note=visit["note"],
        round=ledger,
        request=ctx.request_id,
        department=None,
        key=None,
    )
    return take_in(ctx, visit["household"], None, source, region_of_id(visit["household"])).id


def inspection(ctx: Context, request: Json) -> Json:
    """Return one ledger with its coverage."""
    return _coverage(ctx, ctx.store.ledgers.get(request["ledger"]))


def inspections(ctx: Context, request: Json) -> Json:
    """Return the ledgers of a region in a year, and how many of the year's rounds are still missing."""
    halves = [f"{request['year']}-{half}" for half in rules.HALVES]
    found = ctx.store.ledgers.find({"state.round": {"$in": halves}}, region=request["region"], limit=2000)
    held = {request["year"]: len({agg.state["round"] for agg in found})}
    a_year = ctx.figures(request["region"]).inspection_rounds_a_year
    return {
        "ledgers": [_coverage(ctx, agg) for agg in found],
        "rounds_missing": rules.rounds_missing(held, request["year"], a_year),
    }


def _coverage(ctx: Context, agg: Aggregate) -> Json:
    households = sorted(row["id"] for row in ctx.store.households.rows(["number"], region=agg.region))
    return {"ledger": agg.id, **rules.coverage(agg.state, households)}
