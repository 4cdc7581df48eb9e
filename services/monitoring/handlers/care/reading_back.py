"""A filled worklist comes back: each row by the same handler as a single entry, reported row by row.

Nothing is overwritten: where the system has changed since the sheet was made, both values go back to the
cadre, who decides for the sheet by sending the row again as decided (docs/decisions/0155).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest, Conflict, NotFound, Refused, ShouwangError
from shouwang.sealing import open_sealed, seal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import evaluation as evaluation_rules
from services.monitoring.domain.care import sheets as rules
from services.monitoring.domain.care.contacts import LOOKED_AT
from services.monitoring.handlers.care import contacting, evaluating, filling, income_sheets
from services.monitoring.handlers.care.sheets import OPEN, current, in_words, is_genuine, target
from services.monitoring.handlers.places import region_of_id
from services.monitoring.metrics import count_sheet_rows

Json = dict[str, Any]
TAKEN, UNCHANGED, BLANK, REFUSED, CONFLICT = "taken", "unchanged", "blank", "refused", "conflict"
HOME: Final = "户编号"
ITEM: Final = "项目"
FIELDS: Final = {"kind", "row", "token", "cells"}


def region_of_sheet(ctx: Context, request: Json) -> str:
    """Resolve the village of a sheet."""
    return region_of_id(request["sheet"])


def read_sheet(ctx: Context, request: Json) -> Json:
    """Read a filled sheet back; a row that is wrong is reported, the good ones go in."""
    agg = ctx.store.worksheets.get(request["sheet"])
    rows = _opened(ctx, request["sealed"])
    _check_open(agg)
    decided = {(one["kind"], one["row"]) for one in request["decided"]}
    met: set[str] = set()
    conflicts: list[Json] = []
    reports = [_read(ctx, agg, row, (row["kind"], row["row"]) in decided, met, conflicts) for row in rows]
    counts = Counter(one["status"] for one in reports)
    for status, number in counts.items():
        count_sheet_rows(status, number)
    ctx.save(ctx.store.worksheets, agg, "worksheet.read", dict(counts))
    totals = {name: counts[name] for name in (TAKEN, UNCHANGED, BLANK, REFUSED)}
    shown = [one for one in reports if one["status"] not in (TAKEN, BLANK)]
    sealed = seal(request["key"], conflicts)
    return {"sheet": agg.id, **totals, "conflicts": counts[CONFLICT], "rows": shown, "sealed": sealed}


def _opened(ctx: Context, sealed: str) -> list[Json]:
    rows = open_sealed(ctx.keys.sealing.private, sealed)
    if not isinstance(rows, list) or not all(_well_formed(row) for row in rows):
        raise BadRequest(
            "清单内容应为行的列表", code="care.sheet_form", remedy="请用 shouwang worklist import 读回。"
        )
    return rows


def _well_formed(row: Any) -> bool:
    """Whether it is {kind, row: number, token, cells: {heading: text}}."""
    if not isinstance(row, dict) or set(row) != FIELDS or not isinstance(row["cells"], dict):
        return False
    texts = [row["kind"], row["token"], *row["cells"].values()]
    return isinstance(row["row"], int) and all(isinstance(one, str) for one in texts)


def _check_open(agg: Aggregate) -> None:
    if agg.state["status"] != OPEN:
        raise BadRequest(
            "工作清单已过期",
            code="care.sheet_expired",
            where=agg.id,
            remedy="请重新导出，把填好的内容抄入新表。",
        )


def _report(
    row: Json, status: str, column: str = "", problem: str = "", remedy: str = "", code: str = ""
) -> Json:
    told = {"kind": row["kind"], "row": row["row"], "status": status, "column": column}
    return told | {"problem": problem, "remedy": remedy, "code": code}


def _read(
    ctx: Context, agg: Aggregate, row: Json, decided: bool, met: set[str], conflicts: list[Json]
) -> Json:
    """Read one row: whose it is, whether anything stands there, whether it can be true and may go in."""
    try:
        kept = _kept(ctx, agg, row, met)
    except BadRequest as error:
        return _report(row, REFUSED, HOME, error.message, error.remedy, error.code)
    if rules.is_blank(kept["kind"], row["cells"]):
        return _report(row, BLANK)
    values, problems = _values(kept, row, ctx.today)
    if problems:
        first = problems[0]
        return _report(row, REFUSED, first.column, first.message, first.remedy, first.code)
    of_row = replace(ctx, request_id=f"{row['token'].rpartition('/')[0]}/{_digest(values)}")
    if kept["taken"] == _digest(values) or target(ctx, kept["kind"], kept).carried_out(of_row.request_id):
        return _report(row, UNCHANGED)
    known = current(ctx, kept["kind"], kept)
    if _changed(kept, values, known) and not (decided and kept["shown"] == known):
        return _conflict(ctx, row, kept, values, known, conflicts)
    return _taken(of_row, row, kept, values)


def _changed(kept: Json, values: Json, known: Json) -> bool:
    """Whether what the row says would overwrite what came into the system since the sheet was made."""
    if kept["kind"] == rules.INCOME and kept["taken"] is None:
        return income_sheets.differs(kept, values, known)
    return kept["taken"] is not None or known != kept["seen"]


def _kept(ctx: Context, agg: Aggregate, row: Json, met: set[str]) -> Json:
    """Return what is kept of a row; BadRequest: not of this sheet, altered, moved, or there twice."""
    sheet, _, rest = str(row["token"]).partition("/")
    number, _, mac = rest.partition("/")
    kept: Json | None = agg.state["rows"].get(number) if sheet == agg.id else None
    if kept is None or kept["kind"] != row["kind"]:
        raise BadRequest(
            "不是本清单的行", code="care.row_foreign", remedy="请只在导出的行内填写；别村别表的行请用其原表。"
        )
    if not is_genuine(ctx, sheet, number, mac):
        raise BadRequest(
            "行标识被改动", code="care.row_altered", remedy="请勿改动隐藏的标识列，重新导出后再填。"
        )
    if number in met:
        raise BadRequest("同一行在表中出现两次", code="care.row_twice", remedy="请删去复制的行，只留一行。")
    met.add(number)
    _check_place(kept, row)
    return kept


def _check_place(kept: Json, row: Json) -> None:
    """Refuse a row whose locked cells are another household's: it was sorted or pasted."""
    stands = [row["cells"].get(HOME, "").strip() == kept["household"]]
    if kept["kind"] == rules.CELLS:
        stands.append(row["cells"].get(ITEM, "").strip() == filling.column_of(kept["path"]).heading)
    if not all(stands):
        raise BadRequest(
            "行内容与标识不是同一户（同一项）",
            code="care.row_moved",
            remedy="请勿排序或整行粘贴，重新导出后再填。",
        )


def _values(kept: Json, row: Json, today: date) -> tuple[Json, list[rules.Problem]]:
    if kept["kind"] != rules.CELLS:
        return rules.read_row(kept["kind"], row["cells"], today)
    return {"text": row["cells"][rules.COLUMNS[rules.CELLS][-1].heading].strip()}, []


def _digest(values: Json) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _conflict(ctx: Context, row: Json, kept: Json, values: Json, known: Json, conflicts: list[Json]) -> Json:
    kept["shown"] = known
    told = {"kind": row["kind"], "row": row["row"], "household": kept["household"]}
    conflicts.append(
        told | {"in_sheet": rules.shown(kept["kind"], values), "in_system": in_words(ctx, kept, known)}
    )
    message = "清单导出后系统中已有变动，未覆盖。"
    remedy = "请比对两边的值；确定以表为准的，用 --use-sheet 再读回。"
    return _report(row, CONFLICT, "", message, remedy, "care.row_conflict")


def _taken(ctx: Context, row: Json, kept: Json, values: Json) -> Json:
    """Put a row in by the handler of a single entry; what that refuses is reported, the others go on."""
    try:
        PUT[kept["kind"]](ctx, kept, values)
    except (BadRequest, Refused, Conflict, NotFound) as error:
        return _refused(row, error)
    kept |= {"taken": _digest(values), "shown": None, "seen": current(ctx, kept["kind"], kept)}
    return _report(row, TAKEN)


def _refused(row: Json, error: ShouwangError) -> Json:
    column = income_sheets.COLUMNS.get(error.code, "") if row["kind"] == rules.INCOME else ""
    return _report(row, REFUSED, column, error.message, error.remedy, error.code)


def _visit(ctx: Context, kept: Json, values: Json) -> None:
    looked = list(LOOKED_AT) if values["looked"] == "all" else [values["looked"]]
    given = {
        "household": kept["household"],
        "on": date.fromisoformat(values["on"]),
        "looked": looked,
        "next_on": None,
    }
    given |= {"change": values["change"], "risks": [values["risks"]] if values["risks"] else []}
    contacting.record_contact_visit(ctx, {**given, "note": values["note"] or ""})


def _evaluation(ctx: Context, kept: Json, values: Json) -> None:
    given = {
        name: values[name]
        for name in ("risk_stands", "secured", "income_stable", "measures_work", "conclusion")
    }
    given |= {"household": kept["household"], "quarter": kept["quarter"], "reason": values["reason"] or ""}
    given["new_risks"] = [values["new_risks"]] if values["new_risks"] else []
    done = ctx.store.evaluations.get(kept["evaluation"]).state["status"] == evaluation_rules.DONE
    evaluating.evaluate(ctx, {**given, "correct": done})


def _cell(ctx: Context, kept: Json, values: Json) -> None:
    known = filling.current(ctx.store.households.get(kept["household"]).state, kept["path"]) is not None
    filling.fill(ctx, kept["household"], kept["path"], values["text"], instead=known)


PUT: Final = {
    rules.VISIT: _visit,
    rules.EVALUATION: _evaluation,
    rules.CELLS: _cell,
    rules.INCOME: income_sheets.put,
}
