"""Import of the 附件2 workbook, a village a file, in batches that may be repeated (M-01, M-02, M-03)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shouwang.errors import BadRequest
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import roster as rules
from services.monitoring.domain.registry.roster import Frame, RosterHousehold
from services.monitoring.domain.registry.roster_form import COLUMNS
from services.monitoring.domain.registry.roster_household import keeping_refs
from services.monitoring.handlers.recording import record
from services.monitoring.metrics import count_roster

Json = dict[str, Any]
REGISTERED = "registered"
HELD, IMPORTED, EXPIRED = "held", "imported", "expired"
_OWN_FIELDS = ("status", "category", "monitoring", "left_out", "last_record", "settled")


def import_roster(ctx: Context, request: Json) -> Json:
    """Take in one batch; the same batch of the same file again changes nothing and answers the same."""
    agg, rows = _roster(ctx, request), _opened(ctx, request["sealed"])
    key = _batch_key(request, rows)
    if key in agg.state["batches"]:
        return dict(agg.state["batches"][key])
    report = _take_in(ctx, request, rows)
    agg.state["batches"][key] = report
    count_roster(report["households"], report["held_households"])
    counted = {name: report[name] for name in ("households", "persons", "rows", "held_households")}
    ctx.save(ctx.store.rosters, agg, "roster.batch", {"batch": request["batch"], **counted}, result=report)
    if len(agg.state["batches"]) >= request["batches"]:
        recount(ctx, request["village"])
    return report


def recount(ctx: Context, village: str) -> None:
    """Keep the totals of a village, so that figures of a county need not count every household."""
    sizes = ctx.store.households.tally("state.size", region=village)
    totals = {"households": sum(sizes.values()), "persons": sum(size * n for size, n in sizes.items())}
    agg = ctx.store.villages.get_or_none(village) or ctx.store.villages.new(village, region=village, state={})
    if agg.state != totals:
        agg.state = totals
        ctx.save(ctx.store.villages, agg, "village.counted", totals)


def _roster(ctx: Context, request: Json) -> Aggregate:
    roster_id = f"{request['village']}-{request['digest'][:32]}"
    found: Aggregate | None = ctx.store.rosters.get_or_none(roster_id)
    if found is not None:
        return found
    state = {name: request[name] for name in ("file", "digest")}
    state |= {"as_of": request["as_of"].isoformat(), "of": request["batches"], "batches": {}}
    new: Aggregate = ctx.store.rosters.new(roster_id, region=request["village"], state=state)
    return new


def _batch_key(request: Json, rows: list[Json]) -> str:
    """Name the batch by its rows: a file may come again with only the rows that were put right."""
    return f"{request['batch']}/{request['batches']}:{len(rows)}:{rows[0]['row']}-{rows[-1]['row']}"


def _opened(ctx: Context, sealed: str) -> list[Json]:
    rows: list[Json] = open_sealed(ctx.keys.sealing.private, sealed)
    well_formed = isinstance(rows, list) and all({"row", "cells"} <= set(row) for row in rows)
    if not well_formed:
        raise BadRequest("名册内容应为行的列表，每行有 row 和 cells", code="roster.form")
    if missing := rules.missing_columns(rows[0]["cells"] if rows else []):
        raise BadRequest(
            f"这不是附件2 采集表：缺少列 {'、'.join(missing)}",
            code="roster.missing_columns",
            remedy="请用公布的表样（docs/services/monitoring.md）导出后重新导入。",
            details={"columns": missing},
        )
    return rows


def _take_in(ctx: Context, request: Json, rows: list[Json]) -> Json:
    kept = _kept(ctx, request["village"])
    waiting = _waiting(kept, rules.ids_in(rows, request["village"]))
    households = rules.read([*rows, *_rows_of(waiting)], _frame(ctx, request))
    numbers = [number for one in households if not one.problems for number in one.id_numbers]
    households = rules.hold_known_elsewhere(households, ctx.store.homes_of(numbers))
    good = [one for one in households if not one.problems]
    held = [one for one in households if one.problems and one.id not in waiting]
    unchanged = _register(ctx, request, good)
    _release(ctx, [kept[one.id] for one in good if one.id in kept])
    _hold(ctx, request, held)
    return _report(rows, good, held, unchanged)


def _kept(ctx: Context, village: str) -> dict[str, Aggregate]:
    """Return the households of the village that wait to be put right."""
    found = ctx.store.held.find({"state.status": HELD}, region=village, limit=5000)
    return {agg.id: agg for agg in found}


def _waiting(kept: dict[str, Aggregate], named: set[str]) -> dict[str, Aggregate]:
    """Return those that wait only because another household holds the same person.

    When that one is put right they are read again from the rows that were kept, so that nobody has to hand in
    a household in which nothing was wrong.
    """
    codes = {id: [problem["code"] for problem in agg.state["problems"]] for id, agg in kept.items()}
    return {id: kept[id] for id in kept if id not in named and rules.waits_for_another(codes[id])}


def _rows_of(waiting: dict[str, Aggregate]) -> list[Json]:
    return [row for agg in waiting.values() for row in agg.state["rows"]]


def _frame(ctx: Context, request: Json) -> Frame:
    view = ctx.policy.at(request["as_of"], request["village"])
    names = {column.table for column in COLUMNS if column.table}
    tables = {name: {line.label: line.name for line in view.codes(name)} for name in names}
    return Frame(request["village"], request["as_of"], tables)


def _register(ctx: Context, request: Json, good: list[RosterHousehold]) -> int:
    """Store what is new or changed; return how many were the same already."""
    known = ctx.store.many_households([one.id for one in good])
    new = [_new(ctx, request, one) for one in good if one.id not in known]
    ctx.store.households.insert_many(new)
    changed = [known[one.id] for one in good if one.id in known and _renewed(known[one.id], one)]
    for agg in changed:
        ctx.save(ctx.store.households, agg, "household.changed", {"file": request["digest"][:16]})
    return len(good) - len(new) - len(changed)


def _new(ctx: Context, request: Json, one: RosterHousehold) -> Aggregate:
    state = {**one.state, "size": len(one.state["members"])}
    state |= {**dict.fromkeys(_OWN_FIELDS), "status": REGISTERED, "settled": []}
    agg: Aggregate = ctx.store.households.new(one.id, region=one.state["village"], state=state)
    record(ctx, agg, "household.registered", {"file": request["digest"][:16]})
    return agg


def _renewed(agg: Aggregate, one: RosterHousehold) -> bool:
    """Put what the file says into the household; tell whether anything differs."""
    members = keeping_refs(one.state["members"], agg.state["members"])
    kept = {name: agg.state[name] for name in _OWN_FIELDS}
    figures = {**agg.state["figures"], **one.state["figures"]}
    renewed = {**one.state, "members": members, "size": len(members), "figures": figures, **kept}
    differs = renewed != agg.state
    agg.state = renewed
    return differs


def _release(ctx: Context, kept: list[Aggregate]) -> None:
    """A household that came in corrected waits no longer."""
    for agg in kept:
        agg.state |= {"status": IMPORTED, "rows": None}
        ctx.save(ctx.store.held, agg, "held.imported")


def _hold(ctx: Context, request: Json, held: list[RosterHousehold]) -> None:
    days = ctx.policy.at(ctx.today, request["village"]).held_rows_days
    expires = (ctx.today + timedelta(days=days)).isoformat()
    new = []
    for one in held:
        agg = ctx.store.held_household(one.id, request["village"])
        agg.state = _held_state(request, one, expires)
        if agg.is_new:
            record(ctx, agg, "held.kept", {"problems": len(one.problems)})
            new.append(agg)
        else:
            ctx.save(ctx.store.held, agg, "held.kept", {"problems": len(one.problems)})
    ctx.store.held.insert_many(new)


def _held_state(request: Json, one: RosterHousehold, expires: str) -> Json:
    return {
        "file": request["file"],
        "digest": request["digest"],
        "status": HELD,
        "persons": len(one.rows),
        "row_numbers": one.row_numbers,
        "problems": [problem.to_dict() for problem in one.problems],
        "rows": [dict(row) for row in one.rows],
        "expires_on": expires,
    }


def _report(
    rows: list[Json], good: list[RosterHousehold], held: list[RosterHousehold], unchanged: int
) -> Json:
    return {
        "households": len(good),
        "persons": sum(len(one.rows) for one in good),
        "rows": len(rows),
        "unchanged": unchanged,
        "held_households": len(held),
        "held": [{"household": one.id, "rows": one.row_numbers} for one in held],
        "rejected": [problem.to_dict() for one in held for problem in one.problems],
    }


def expire_held(ctx: Context) -> None:
    """Forget the rows of what nobody corrected in time; that it was held stays on record."""
    for agg in ctx.store.held.find({"state.status": HELD}, limit=5000):
        if agg.state["expires_on"] < ctx.today.isoformat():
            agg.state |= {"status": EXPIRED, "rows": None}
            ctx.save(ctx.store.held, agg, "held.expired")


def held(ctx: Context, request: Json) -> list[Json]:
    """Return the households of a region that wait: rows and problems, never what stands in the cells."""
    found = ctx.store.held.find({"state.status": HELD}, region=request["region"], limit=request["limit"])
    kept = ("file", "row_numbers", "persons", "problems", "expires_on")
    return [{"household": agg.id} | {name: agg.state[name] for name in kept} for agg in found]
