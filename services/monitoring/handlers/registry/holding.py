"""Households of a roster that wait to be put right: kept encrypted for some days, then forgotten (M-02)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import roster as rules
from services.monitoring.domain.registry.roster import RosterHousehold
from services.monitoring.handlers.recording import record

Json = dict[str, Any]
HELD, IMPORTED, EXPIRED, RESOLVED = "held", "imported", "expired", "resolved"
MOST: Final = 5000


def kept(ctx: Context, village: str) -> dict[str, Aggregate]:
    """Return the households of the village that wait to be put right."""
    found = ctx.store.held.find({"state.status": HELD}, region=village, limit=MOST)
    return {agg.id: agg for agg in found}


def waiting(held_before: dict[str, Aggregate], named: set[str]) -> dict[str, Aggregate]:
    """Return those that wait only because another household holds the same person.

    When that one is put right they are read again from the rows that were kept, so that nobody has to hand in
    a household in which nothing was wrong.
    """
    codes = {id: [one["code"] for one in agg.state["problems"]] for id, agg in held_before.items()}
    return {
        id: held_before[id] for id in held_before if id not in named and rules.waits_for_another(codes[id])
    }


def rows_of(waiting_ones: dict[str, Aggregate]) -> list[Json]:
    """Return the rows that were kept of them."""
    return [row for agg in waiting_ones.values() for row in agg.state["rows"]]


def release(ctx: Context, corrected: list[Aggregate]) -> None:
    """A household that came in corrected waits no longer."""
    for agg in corrected:
        agg.state |= {"status": IMPORTED, "rows": None}
        ctx.save(ctx.store.held, agg, "held.imported")


def hold(ctx: Context, request: Json, held: list[RosterHousehold]) -> None:
    """Keep the rows of what cannot come in, until somebody corrects them or their day passes."""
    days = ctx.policy.at(ctx.today, request["village"]).held_rows_days
    expires = (ctx.today + timedelta(days=days)).isoformat()
    new = []
    for one in held:
        agg = ctx.store.held_household(one.id, request["village"])
        if agg.carried_out(ctx.request_id):
            continue
        agg.state = _state(request, one, expires)
        if agg.is_new:
            record(ctx, agg, "held.kept", {"problems": len(one.problems)})
            new.append(agg)
        else:
            ctx.save(ctx.store.held, agg, "held.kept", {"problems": len(one.problems)})
    ctx.store.held.insert_many(new)


def _state(request: Json, one: RosterHousehold, expires: str) -> Json:
    return {
        "file": request["file"],
        "digest": request["digest"],
        "as_of": request["as_of"].isoformat(),
        "status": HELD,
        "persons": len(one.rows),
        "row_numbers": one.row_numbers,
        "problems": [problem.to_dict() for problem in one.problems],
        "rows": [dict(row) for row in one.rows],
        "expires_on": expires,
    }


def expire(ctx: Context) -> None:
    """Forget the rows of what nobody corrected in time; that it was held stays on record."""
    for agg in ctx.store.every(ctx.store.held, {"state.status": HELD}):
        if agg.state["expires_on"] < ctx.today.isoformat():
            agg.state |= {"status": EXPIRED, "rows": None}
            ctx.save(ctx.store.held, agg, "held.expired")


def held(ctx: Context, request: Json) -> list[Json]:
    """Return the households of a region that wait: rows and problems, never what stands in the cells."""
    found = ctx.store.held.find({"state.status": HELD}, region=request["region"], limit=request["limit"])
    names = ("file", "row_numbers", "persons", "problems", "expires_on")
    return [{"household": agg.id} | {name: agg.state[name] for name in names} for agg in found]
