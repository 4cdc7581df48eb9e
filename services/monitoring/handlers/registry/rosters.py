"""Import of the 附件2 workbook, a village a file, in batches that may be repeated (M-01, M-02, M-03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from shouwang.errors import BadRequest
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import reimport
from services.monitoring.domain.registry import roster as rules
from services.monitoring.domain.registry.roster import Problem, RosterHousehold
from services.monitoring.domain.registry.roster_form import BY_FIELD
from services.monitoring.handlers.registry import duplicating, holding, registering, villages
from services.monitoring.metrics import count_roster

Json = dict[str, Any]


def import_roster(ctx: Context, request: Json) -> Json:
    """Take in one batch; the same batch of the same file again changes nothing and answers the same."""
    agg, rows = _roster(ctx, request), _opened(ctx, request["sealed"])
    key = _batch_key(request, rows)
    if key in agg.state["batches"]:
        return dict(agg.state["batches"][key])
    report = take_in(ctx, request, rows)
    agg.state["batches"][key] = report
    count_roster(report["households"], report["held_households"])
    counted = {name: report[name] for name in ("households", "persons", "rows", "held_households")}
    ctx.save(ctx.store.rosters, agg, "roster.batch", {"batch": request["batch"], **counted}, result=report)
    batches = agg.state["batches"].values()
    if len(batches) >= request["batches"] and any(one["new"] or one["changed"] for one in batches):
        villages.recount(ctx, request["village"])
    return report


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
        raise BadRequest(
            "名册内容应为行的列表，每行有 row 和 cells",
            code="roster.form",
            remedy="请用 shouwang import roster 导入附件2 工作簿。",
        )
    if missing := rules.missing_columns(rows[0]["cells"] if rows else []):
        raise BadRequest(
            f"这不是附件2 采集表：缺少列 {'、'.join(missing)}",
            code="roster.missing_columns",
            remedy="请用公布的表样（docs/services/monitoring.md）导出后重新导入。",
            details={"columns": missing},
        )
    return rows


def take_in(ctx: Context, request: Json, rows: list[Json]) -> Json:
    """Read the rows, register what is sound, hold the rest; return the report (see schemas.RosterReport)."""
    kept = holding.kept(ctx, request["village"])
    waiting = holding.waiting(kept, rules.ids_in(rows, request["village"]))
    households = rules.read(
        [*rows, *holding.rows_of(waiting)], villages.frame(ctx, request["village"], request["as_of"])
    )
    known = ctx.store.many_households([one.id for one in households])
    households = [_held_if_ended(one, known.get(one.id)) for one in households]
    numbers = [number for one in households if not one.problems for number in one.id_numbers]
    elsewhere = ctx.store.homes_of(numbers)
    households = rules.hold_known_elsewhere(households, elsewhere)
    good = [one for one in households if not one.problems]
    held = [one for one in households if one.problems and one.id not in waiting]
    lines = registering.register(ctx, request, good, known)
    duplicating.found_among_new(ctx, [one for one in good if one.id not in known])
    holding.release(ctx, [kept[one.id] for one in good if one.id in kept])
    holding.hold(ctx, request, held)
    duplicating.found_at_import(ctx, request, held, elsewhere)
    return _report(rows, good, held, lines)


def read_again(ctx: Context, household: str) -> None:
    """Read a household that waits once more from its kept rows, after somebody decided what held it."""
    agg = ctx.store.held.get_or_none(household)
    if agg is None or agg.state["status"] != holding.HELD:
        return
    if not agg.state["rows"]:
        agg.state |= {"status": holding.RESOLVED, "rows": None}
        ctx.save(ctx.store.held, agg, "held.resolved")
        return
    request = {name: agg.state[name] for name in ("file", "digest")}
    request |= {"village": agg.region, "as_of": date.fromisoformat(agg.state["as_of"])}
    take_in(ctx, request, list(agg.state["rows"]))
    villages.recount(ctx, agg.region)


def _held_if_ended(one: RosterHousehold, known: Aggregate | None) -> RosterHousehold:
    """A number whose household has died out or moved away is not given to another family."""
    if known is None or known.state["ended"] is None:
        return one
    text = "该户登记已终止（全户死亡或迁出），户编号不得转给另一户；人回来的请先办返回。"
    return one.held_for(
        Problem(one.row_numbers[0], BY_FIELD["number"].heading, text, "roster.household_ended")
    )


def _report(
    rows: list[Json], good: list[RosterHousehold], held: list[RosterHousehold], lines: list[Json]
) -> Json:
    outcomes = Counter(line["outcome"] for line in lines)
    return {
        "households": len(good),
        "persons": sum(len(one.rows) for one in good),
        "rows": len(rows),
        **{name: outcomes[name] for name in _COUNTED},
        "missing_members": _sum(lines, "missing"),
        "to_clarify": _sum(lines, "to_clarify"),
        "held_households": len(held),
        "held": [{"household": one.id, "rows": one.row_numbers} for one in held],
        "rejected": [problem.to_dict() for one in held for problem in one.problems],
        "lines": [line for line in lines if line["outcome"] != reimport.UNCHANGED or line["missing"]],
    }


_COUNTED = (reimport.NEW, reimport.CHANGED, reimport.UNCHANGED, reimport.OLDER)


def _sum(lines: Iterable[Json], name: str) -> int:
    return sum(len(line[name]) for line in lines)
