"""Inspection rounds with a ledger by village: who was visited, who was not (S-02)."""

from __future__ import annotations

from datetime import date
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
TOWN_DIGITS, VILLAGE_DIGITS = 9, 12


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
    half = rules.half_of(request["year"], request["half"])
    listed = _households(ctx, village)
    state = rules.ledger(half, village, request["opens_on"], request["closes_on"], listed)
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
        raise BadRequest(
            f"登记簿中没有这些户：{'、'.join(missing)}",
            code="round.no_such_household",
            remedy="请核对户编号；尚未登记的户先导入附件2 登记表。",
        )
    if not agg.carried_out(ctx.request_id):
        again_days = ctx.figures(agg.region).second_visit_days
        agg.state = rules.with_visits(agg.state, request["visits"], again_days)
        _check_past(ctx, request["visits"])
        ctx.save(ctx.store.ledgers, agg, "ledger.visited", {"visits": len(ids)})
    opened = [_clue(ctx, agg.id, visit) for visit in request["visits"] if visit["risks"]]
    return {"ledger": agg.id, "recorded": len(ids), "clues": opened}


def _check_village(agg: Aggregate, visits: list[Json]) -> None:
    wrong = [one["household"] for one in visits if region_of_id(one["household"]) != agg.region]
    if wrong:
        raise BadRequest(
            f"这些户不在本台账的村：{'、'.join(wrong)}",
            code="round.wrong_village",
            remedy="请记入其所在村的台账。",
        )


def _check_past(ctx: Context, visits: list[Json]) -> None:
    ahead = [one["household"] for one in visits if one["on"] > ctx.today]
    if ahead:
        raise BadRequest(
            f"这些户的走访日期晚于今天 {ctx.today}：{'、'.join(ahead)}",
            code="round.future",
            remedy="走访之后再登记，日期写实际走访之日。",
        )


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
    """Return the ledgers of a region in a year by their counts, and which rounds are still missing where."""
    year, region = request["year"], request["region"]
    halves = [rules.half_of(year, half) for half in rules.HALVES]
    ledgers = [one for half in halves for one in _counts(ctx, half, region)]
    held = {year: len({one["round"] for one in ledgers})}
    a_year = ctx.policy.at(min(date(year, 12, 31), ctx.today), region).find("inspection_rounds_a_year").value
    there = [(one["village"], one["round"]) for one in ledgers]
    return {
        "ledgers": [{"ledger": one["id"], **one, **one["count"]} for one in ledgers],
        "rounds_missing": rules.rounds_missing(held, year, a_year),
        "missing": rules.halves_missing(_villages(ctx, region), there, year),
    }


def inspection_sums(ctx: Context, request: Json) -> list[Json]:
    """Return a round summed by town (of a town: by village), from counts alone."""
    region = request["region"]
    ledgers = _counts(ctx, rules.half_of(request["year"], request["half"]), region)
    digits = TOWN_DIGITS if len(region) < TOWN_DIGITS else VILLAGE_DIGITS
    return rules.summed(ledgers, _villages(ctx, region), digits)


def _counts(ctx: Context, half: str, region: str) -> list[Json]:
    names = ["round", "village", "count"]
    return sorted(
        ctx.store.ledgers.rows(names, {"state.round": half}, region=region), key=lambda one: one["id"]
    )


def _villages(ctx: Context, region: str) -> dict[str, int]:
    return {row["id"]: row["households"] for row in ctx.store.villages.rows(["households"], region=region)}


def _households(ctx: Context, village: str) -> dict[str, str | None]:
    """Return the households of one village with their groups."""
    return {row["id"]: row["group"] for row in ctx.store.households.rows(["group"], region=village)}


def _coverage(ctx: Context, agg: Aggregate) -> Json:
    return {"ledger": agg.id, **rules.coverage(agg.state, _households(ctx, agg.region), ctx.today)}
