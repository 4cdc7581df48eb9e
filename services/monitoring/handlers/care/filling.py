"""One cell of 附件2 that nobody had filled in, filled in (M-02); read as in an imported roster."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import BadRequest, Conflict
from shouwang.money import format_yuan
from shouwang.periods import twelve_months_before
from shouwang.sealing import open_sealed, seal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry.cells import read_cell
from services.monitoring.domain.registry.roster_form import BY_FIELD, MONEY_FIELDS, NO, SEPARATOR, YES, Column
from services.monitoring.domain.registry.roster_household import GIVER
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.registry import changing

Json = dict[str, Any]
MEMBER: Final = "members"
REASON: Final = "登记表补缺"
PAPER: Final = "入户工作清单"


def fill_cell(ctx: Context, request: Json) -> Json:
    """Fill in one cell; a known one only with `instead`."""
    opened = open_sealed(ctx.keys.sealing.private, request["sealed"])
    if not isinstance(opened, dict) or not isinstance(opened.get("text"), str):
        raise BadRequest("密封内容里没有 text", code="care.cell_sealed", remedy='应为 {"text": …}。')
    return fill(ctx, request["household"], request["path"], opened["text"], instead=request["instead"])


def fill(ctx: Context, household: str, path: str, text: str, *, instead: bool = False) -> Json:
    """Put the text of a cell into the household; BadRequest `roster.…` when it cannot be true."""
    agg = ctx.store.households.get(household)
    if not agg.carried_out(ctx.request_id):
        _check_unknown(agg, path, instead)
        if not text.strip():
            raise BadRequest("该项没有填写", code="care.cell_text", where=household, remedy="请填写内容。")
        ctx.reads.record(ctx.actor.to_dict(), household, REASON, ctx.today)
        put = _put_figure if column_of(path).kind == "yuan" else _put_by_change
        put(ctx, agg, path, text)
        agg = ctx.store.households.get(household)
    return {"household": household, "unknown": agg.state["unknown"]}


def _put_by_change(ctx: Context, agg: Aggregate, path: str, text: str) -> None:
    """A field of the registry is put right as any correction is: dated, with its history (D-01)."""
    column = column_of(path)
    ref = member_of(agg.state, path)["ref"] if column.level == "person" else None
    sealed = seal(ctx.keys.sealing.public, {column.field: text})
    told = {"household": agg.id, "kind": "correction", "on": ctx.today, "ref": ref, "sealed": sealed}
    rest = dict.fromkeys(("head", "to", "judgement", "registration"))
    changing.change_members(ctx, {**rest, **told, "relations": {}, "reason": REASON, "paper": PAPER})


def _put_figure(ctx: Context, agg: Aggregate, path: str, text: str) -> None:
    """An amount stands with its window, giver and day (M-06)."""
    column = column_of(path)
    fen = read_cell(column, text, {}, ctx.today)
    agg.state["figures"] = {**agg.state["figures"], column.field: _figure(ctx, fen)}
    agg.state["unknown"] = [one for one in agg.state["unknown"] if one != path]
    ctx.save(ctx.store.households, agg, "household.cell_filled", {"item": column.field})


def _check_unknown(agg: Aggregate, path: str, instead: bool) -> None:
    column_of(path)
    if path not in agg.state["unknown"] and not instead:
        raise Conflict(
            "该项已有内容",
            code="care.cell_known",
            where=agg.id,
            remedy="请核对；确需更改的注明更改（instead）。",
        )


def column_of(path: str) -> Column:
    """Return the column of a path such as "wages" or "members.01.health"."""
    column = BY_FIELD.get(path.rpartition(".")[2])
    wanted = "person" if path.startswith(f"{MEMBER}.") else "household"
    if column is None or column.level != wanted:
        raise BadRequest("登记表没有这一项", code="care.no_cell", remedy="请用 worklist 查看缺项。")
    return column


def member_of(state: Json, path: str) -> Json:
    """Return the member whom a path names."""
    ending = path.split(".")[1]
    found: Json | None = next((one for one in state["members"] if one["ref"].endswith(f"-{ending}")), None)
    if found is None:
        raise BadRequest("户内没有这名成员", code="care.no_member", remedy="请用 household 查看成员。")
    return found


def current(state: Json, path: str) -> Any:
    """Return what stands in a cell now; None is unknown."""
    column = column_of(path)
    if column.level == "person":
        return member_of(state, path)[column.field]
    if column.field in MONEY_FIELDS:
        return state["figures"].get(column.field, {}).get("fen")
    return state[column.field]


def in_words(ctx: Context, household: str, path: str, value: Any) -> str:
    """Return a cell as people write it: a label, an amount in yuan, 是 or 否."""
    column = column_of(path)
    if column.kind == "yuan" and value is not None:
        return format_yuan(value)
    if isinstance(value, bool):
        return YES if value else NO
    labels = {line.name: line.label for line in _lines(ctx, household, column)}
    given = value if isinstance(value, list) else [value]
    return SEPARATOR.join(str(labels.get(one, one)) for one in given if one is not None) or "（空）"


def _lines(ctx: Context, household: str, column: Column) -> Any:
    return ctx.figures(region_of_id(household)).codes(column.table) if column.table else ()


def _figure(ctx: Context, fen: int) -> Json:
    window = twelve_months_before(ctx.today)
    frame = {"from": window.start.isoformat(), "to": window.end.isoformat()}
    return {"fen": fen, "giver": GIVER, "on": ctx.today.isoformat(), **frame}
