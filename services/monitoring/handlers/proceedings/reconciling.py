"""Our list against the national system's own: read, compared, resolved matter by matter (I-05)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import cells
from services.monitoring.domain.proceedings import reconciling as rules
from services.monitoring.handlers.proceedings.sheets import opened_sheet
from services.monitoring.views.proceedings import reconciliation_view

Json = dict[str, Any]
PURPOSE: Final = "与全国系统核对"
EVERY: Final = 100_000
STANDING: Final = ("monitored", "removed")


def reconcile_national(ctx: Context, request: Json) -> Json:
    """Read a list exported there (sealed to us: {name, content: base64}) and keep what does not agree.

    Rows that cannot be read are reported by row and hold up nobody else; ID numbers are used, never kept.
    """
    reconciliation_id = f"{request['region']}-N{ctx.request_id[:16]}"
    if (before := ctx.store.reconciliations.get_or_none(reconciliation_id)) is not None:
        return reconciliation_view(before)
    lines, problems, rows = _read(ctx, request)
    ours = _ours(ctx, request["region"])
    homes = ctx.store.homes_of(sorted({line["id_number"] for line in lines}))
    same, matters = rules.compare(ours, lines, homes)
    state = {
        **{"on": ctx.today.isoformat(), "by": ctx.actor.id, "rows": rows, "same": same},
        **{"problems": problems, "matters": matters, "open": len(matters)},
    }
    agg = ctx.store.reconciliations.new(reconciliation_id, region=request["region"], state=state)
    ctx.reads.record(ctx.actor.to_dict(), request["region"], PURPOSE, ctx.today)
    detail = {"rows": rows, "same": same, "matters": len(matters), "problems": len(problems)}
    ctx.save(ctx.store.reconciliations, agg, "national.reconciled", detail)
    return reconciliation_view(agg)


def _read(ctx: Context, request: Json) -> tuple[list[Json], list[Json], int]:
    headings, rows = opened_sheet(ctx, request["sealed"])
    if missing := cells.lacking(headings, rules.NEEDED):
        raise BadRequest(
            f"清单缺少列：{'、'.join(missing)}", code="list.columns", remedy="请从国家系统重新导出。"
        )
    lines, problems = rules.read_rows(rows)
    return lines, problems, len(rows)


def _ours(ctx: Context, region: str) -> list[Json]:
    where = {"state.status": {"$in": list(STANDING)}}
    homes = ctx.store.households.find(where, region=region, limit=EVERY)
    numbers = _numbers(ctx, region)
    return [_line(home, numbers) for home in homes]


def _numbers(ctx: Context, region: str) -> dict[str, str]:
    """Return household → number there, as the towns confirmed it."""
    where = {"state.national.status": "confirmed"}
    found = ctx.store.cases.find(where, region=region, limit=EVERY)
    return {agg.state["household"]: agg.state["national"]["number"] for agg in found}


def _line(home: Aggregate, numbers: dict[str, str]) -> Json:
    monitoring = home.state["monitoring"]
    removed = home.state["status"] == "removed"
    return {
        "household": home.id,
        "number": numbers.get(home.id),
        "category": home.state["category"],
        "since": monitoring["since"],
        "removed": removed,
        "removed_on": monitoring["removed_on"] if removed else None,
    }


def resolve_matter(ctx: Context, request: Json) -> Json:
    """Note how one matter was settled, by whom; the last one closes the reconciliation."""
    agg = ctx.store.reconciliations.get(request["reconciliation"])
    if agg.carried_out(ctx.request_id):
        return reconciliation_view(agg)
    by = ctx.actor.on_behalf_of or ctx.actor.id
    done = {"how": request["how"], "note": request["note"], "by": by, "on": ctx.today.isoformat()}
    matters = rules.resolved(agg.state["matters"], request["matter"], done)
    still = sum(one["status"] == rules.OPEN for one in matters)
    agg.state = {**agg.state, "matters": matters, "open": still}
    detail = {"matter": request["matter"], "how": request["how"]}
    ctx.save(ctx.store.reconciliations, agg, "national.matter_resolved", detail)
    return reconciliation_view(agg)


def reconciliations(ctx: Context, request: Json) -> list[Json]:
    """Return the reconciliations of a region, the ones with open matters only unless `all`."""
    where = None if request["all"] else {"state.open": {"$gt": 0}}
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.reconciliations.find(where, region=request["region"], **page)
    return [reconciliation_view(agg) for agg in found]
