"""A worklist of a village goes out: what is to be done where, sealed to who asked (D-02, D-03, M-02).

Names stand on it, because a cadre on the road needs them: made for the village or town alone, every read
on record, gone after its time. Each row carries a token: sheet, row and a MAC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.periods import Quarter
from shouwang.sealing import seal
from shouwang.service import Context
from shouwang.store import Aggregate
from shouwang.vocabulary import Category, Risk, State

from services.monitoring.domain.care import contacts as contact_rules
from services.monitoring.domain.care import evaluation as evaluation_rules
from services.monitoring.domain.care import sheets as rules
from services.monitoring.domain.registry.roster_form import NO, YES, Column
from services.monitoring.domain.registry.roster_household import HEAD
from services.monitoring.handlers.care import filling, income_sheets

Json = dict[str, Any]
OPEN, EXPIRED = "open", "expired"
MOST: Final = 5000
HINTS: Final = {
    "yuan": "金额（元）",
    "months": "0–12，可填 3.5",
    "id": "18 或 20 位号码",
    "codes": "多项用“、”隔开",
    "date": "如 2021-09-10",
}
LABELS: Final = {one.value: one.label for kind in (Risk, State, Category) for one in kind}


def make_sheet(ctx: Context, request: Json) -> Json:
    """Make a sheet of the kinds asked; every household on it counts as read."""
    village = request["village"]
    number = ctx.db.next_number(f"worksheet/{village}")
    id = f"{village}-S{number}"
    expires = (ctx.today + timedelta(days=ctx.figures(village).worksheet_days)).isoformat()
    kinds = {kind: list(_rows(ctx, kind, request)) for kind in rules.KINDS if kind in request["kinds"]}
    kept, shown = _numbered(ctx, id, kinds)
    homes = sorted({row["household"] for row in kept.values()})
    if homes:
        ctx.reads.record_many(ctx.actor.to_dict(), homes, "导出入户工作清单", ctx.today)
    state = {
        "status": OPEN,
        "made_on": ctx.today.isoformat(),
        "expires_on": expires,
        "by": ctx.actor.id,
        "rows": kept,
    }
    agg = ctx.store.worksheets.new(id, region=village, state=state)
    ctx.save(ctx.store.worksheets, agg, "worksheet.made", {"rows": len(kept)})
    book = {
        "sheet": id,
        "village": village,
        "made_on": state["made_on"],
        "expires_on": expires,
        "how": list(rules.HOW),
    }
    sealed = seal(request["key"], {**book, "kinds": shown})
    return {"sheet": id, "village": village, "expires_on": expires, "rows": len(kept), "sealed": sealed}


def _rows(ctx: Context, kind: str, request: Json) -> Iterator[Json]:
    if kind == rules.INCOME:
        return _incomes(ctx, request["village"], _quarter(ctx, request["quarter"]))
    return MAKERS[kind](ctx, request["village"])


def _quarter(ctx: Context, asked: str | None) -> Quarter:
    """Return the quarter to collect: the one asked, else the last that is over; none is filled in ahead."""
    last = income_sheets.last_quarter(ctx.today)
    quarter = Quarter.parse(asked) if asked else last
    if quarter > last:
        raise BadRequest(f"{quarter} 尚未结束", code="income.future", remedy="季度结束后再采集，不预填。")
    return quarter


def _numbered(ctx: Context, sheet: str, kinds: dict[str, list[Json]]) -> tuple[dict[str, Json], list[Json]]:
    """Return what is kept of the rows by number, and what is shown of them by kind."""
    kept: dict[str, Json] = {}
    shown = []
    for kind, rows in kinds.items():
        lines = []
        for row in rows:
            number = str(len(kept) + 1)
            kept[number] = {
                "kind": kind,
                **row["about"],
                "seen": current(ctx, kind, row["about"]),
                "taken": None,
                "shown": None,
            }
            lines.append({"token": token(ctx, sheet, number), "cells": row["cells"], **row.get("fill", {})})
        columns = [one.to_dict() for one in rules.COLUMNS[kind]]
        shown.append({"kind": kind, "title": rules.KINDS[kind], "columns": columns, "rows": lines})
    return kept, shown


def token(ctx: Context, sheet: str, row: str) -> str:
    """Return the token of a row; who has no key of monitoring cannot make one."""
    return f"{sheet}/{row}/{ctx.keys.mac(_message(sheet, row))[:24]}"


def is_genuine(ctx: Context, sheet: str, row: str, mac: str) -> bool:
    """Whether a token was made here, under any key still at hand."""
    return any(ctx.keys.mac(_message(sheet, row), one)[:24] == mac for one in ctx.keys.generations("mac"))


def _message(sheet: str, row: str) -> bytes:
    return f"worksheet\0{sheet}\0{row}".encode()


def target(ctx: Context, kind: str, about: Json) -> Aggregate:
    """Return what a row would change."""
    if kind == rules.VISIT:
        found: Aggregate = ctx.store.contacts.get(about["household"])
    elif kind == rules.EVALUATION:
        found = ctx.store.evaluations.get(about["evaluation"])
    elif kind == rules.INCOME:
        found = income_sheets.book_of(ctx, about)
    else:
        found = ctx.store.households.get(about["household"])
    return found


def current(ctx: Context, kind: str, about: Json) -> Json:
    """Return what the system knows now of what a row is about: what a conflict is judged by."""
    state = target(ctx, kind, about).state
    if kind == rules.VISIT:
        return {"visited": state["visited"], "last": state["last_visit_on"]}
    if kind == rules.EVALUATION:
        return {"status": state["status"], "conclusion": state["conclusion"]}
    if kind == rules.INCOME:
        return income_sheets.current(state, about["quarter"])
    return {"value": filling.current(state, about["path"])}


def in_words(ctx: Context, kept: Json, known: Json) -> str:
    """Return what the system knows as a line for the cadre."""
    if kept["kind"] == rules.VISIT:
        return f"上次走访：{known['last'] or '无'}，共 {known['visited']} 次"
    if kept["kind"] == rules.EVALUATION:
        said = evaluation_rules.CONCLUSIONS.get(known["conclusion"] or "")
        return said or evaluation_rules.STATUSES[known["status"]]
    if kept["kind"] == rules.INCOME:
        return income_sheets.in_words(known)
    return filling.in_words(ctx, kept["household"], kept["path"], known["value"])


def _visits(ctx: Context, village: str) -> Iterator[Json]:
    where = {"state.due_kind": contact_rules.VISIT}
    found = ctx.store.contacts.find(where, region=village, limit=MOST)
    homes = ctx.store.many_households([agg.id for agg in found])
    for agg in sorted(found, key=lambda one: (one.state["due_on"], one.id)):
        home = homes[agg.id]
        known = [_category(home), _risks(home), agg.state["last_visit_on"] or "", agg.state["due_on"]]
        yield {"about": {"household": agg.id}, "cells": [*_head(home), *known]}


def _evaluations(ctx: Context, village: str) -> Iterator[Json]:
    found = ctx.store.evaluations.find({"state.status": evaluation_rules.DUE}, region=village, limit=MOST)
    homes = ctx.store.many_households([agg.state["household"] for agg in found])
    for agg in found:
        home = homes[agg.state["household"]]
        about = {"household": home.id, "evaluation": agg.id, "quarter": agg.state["quarter"]}
        yield {"about": about, "cells": [*_head(home), agg.state["quarter"], _risks(home)]}


def _cells(ctx: Context, village: str) -> Iterator[Json]:
    for home in ctx.store.households.find({"state.status": "monitored"}, region=village, limit=MOST):
        for path in home.state["unknown"]:
            column = filling.column_of(path)
            member = filling.member_of(home.state, path)["name"] if column.level == "person" else ""
            cells = [*_head(home)[:3], member or "", column.heading]
            yield {
                "about": {"household": home.id, "path": path},
                "cells": cells,
                "fill": _fill(ctx, column, village),
            }


def _incomes(ctx: Context, village: str, quarter: Quarter) -> Iterator[Json]:
    for home, missing in income_sheets.homes_due(ctx, village, quarter):
        cells = [*_head(home), str(quarter), income_sheets.missing_in_words(missing)]
        yield {"about": {"household": home.id, "quarter": str(quarter)}, "cells": cells}


def _fill(ctx: Context, column: Column, village: str) -> Json:
    """Return how this one cell is to be filled in: a choice, a date, or text with a hint."""
    if column.kind == "yesno":
        return {"kind": "choice", "choices": [YES, NO], "hint": ""}
    if column.kind == "code":
        lines = ctx.figures(village).codes(column.table)
        return {"kind": "choice", "choices": [one.label for one in lines], "hint": ""}
    return {
        "kind": "date" if column.kind == "date" else "text",
        "choices": [],
        "hint": HINTS.get(column.kind, ""),
    }


def _head(home: Aggregate) -> list[str]:
    state = home.state
    head = next((one for one in state["members"] if one["relation"] == HEAD), state["members"][0])
    return [home.id, head["name"] or "（待补）", state["group"] or "", state["phone"] or ""]


def _risks(home: Aggregate) -> str:
    return "、".join(LABELS.get(one, one) for one in home.state["monitoring"]["risks"])


def _category(home: Aggregate) -> str:
    return LABELS.get(home.state["category"] or "", "")


MAKERS: Final = {rules.VISIT: _visits, rules.EVALUATION: _evaluations, rules.CELLS: _cells}


def expire_sheets(ctx: Context) -> None:
    """Forget the rows of sheets whose time is over; that they were made stays on record."""
    where = {"state.status": OPEN, "state.expires_on": {"$lt": ctx.today.isoformat()}}
    for agg in ctx.store.worksheets.find(where, limit=MOST):
        agg.state |= {"status": EXPIRED, "rows": None}
        ctx.save(ctx.store.worksheets, agg, "worksheet.expired")
