"""Pages of a ledger, sealed to the caller; persons in clear only for those who work with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from shouwang.errors import Forbidden
from shouwang.sealing import seal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.documents.ledgers import LEDGERS
from services.monitoring.entries.who import STAFF

Json = dict[str, Any]
Page = tuple[list[Json], str | None]
PERSONS: Final = frozenset({"monitored", "removed"})


def ledger(ctx: Context, request: Json) -> Json:
    """Return a page of a ledger: {sealed, rows, next}."""
    kind = LEDGERS[request["ledger"]]
    if request["full"] and not set(ctx.actor.roles) & set(STAFF):
        raise Forbidden(
            "此角色只可取得隐去姓名和证件号的台账",
            code="documents.masked_only",
            remedy="请不带 full 重试，或由村、镇、县经办人员打印。",
        )
    found, after = _SOURCES[kind.name](ctx, request)
    if found and kind.name in PERSONS:
        purpose = f"{kind.title}：{request['purpose']}"
        ctx.reads.record_many(ctx.actor.to_dict(), [one["id"] for one in found], purpose, ctx.today)
    rows = [row for one in found for row in kind.rows(one, request["full"])]
    content = {
        "title": kind.title,
        "columns": [column.to_dict() for column in kind.columns],
        "rows": rows,
        "on": ctx.today.isoformat(),
        "region": request["region"],
    }
    return {"sealed": seal(request["key"], content), "rows": len(rows), "next": after}


def _page(found: list[Aggregate], limit: int) -> Page:
    plain = [{"id": agg.id, "region": agg.region, "state": agg.state} for agg in found[:limit]]
    return plain, found[limit - 1].id if len(found) > limit else None


def _bounds(request: Json) -> Json:
    return {"region": request["region"], "after": request["after"], "limit": request["limit"] + 1}


def _households(status: str) -> Callable[[Context, Json], Page]:
    def read(ctx: Context, request: Json) -> Page:
        found = ctx.store.households.find({"state.status": status}, **_bounds(request))
        return _page(found, request["limit"])

    return read


def _clues(ctx: Context, request: Json) -> Page:
    return _page(ctx.store.clues.find(**_bounds(request)), request["limit"])


def _inspections(ctx: Context, request: Json) -> Page:
    found, after = _page(ctx.store.ledgers.find(**_bounds(request)), request["limit"])
    rows = ctx.store.villages.rows(["households"], region=request["region"])
    sizes = {row["id"]: row["households"] for row in rows}
    return [{**one, "households": sizes.get(one["state"]["village"])} for one in found], after


def _problems(ctx: Context, request: Json) -> Page:
    return _page(ctx.store.problems.find(**_bounds(request)), request["limit"])


def _plans(ctx: Context, request: Json) -> Page:
    """The plans of assistance; it answers a region at once."""
    plans = ctx.bus.call("assistance", "plans", region=request["region"])
    return [{"id": one["plan"], "region": one["region"], "state": one} for one in plans], None


_SOURCES: Final[dict[str, Callable[[Context, Json], Page]]] = {
    "monitored": _households("monitored"),
    "removed": _households("removed"),
    "clues": _clues,
    "inspections": _inspections,
    "problems": _problems,
    "measures": _plans,
}
