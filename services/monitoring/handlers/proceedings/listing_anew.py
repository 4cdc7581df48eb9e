"""A village's list of households monitored before: one case each, a report row by row (I-06)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from typing import Any, Final

from shouwang.errors import BadRequest, Conflict, NotFound, Refused, ShouwangError
from shouwang.service import Context

from services.monitoring.domain.proceedings import anew as rules
from services.monitoring.domain.proceedings import cells
from services.monitoring.handlers.proceedings import opening
from services.monitoring.handlers.proceedings.sheets import opened_sheet

Json = dict[str, Any]
MOST: Final = 500
OPENED, UNCHANGED, REFUSED = "opened", "unchanged", "refused"


def verify_list(ctx: Context, request: Json) -> Json:
    """Open a case for each row that is sound; a row that is wrong is reported and holds up nobody else.

    The same row again, in this file or in a corrected one, is the same case.
    """
    rows = _rows(ctx, request)
    report = [_row(ctx, request["village"], one) for one in rows]
    counts = Counter(one["status"] for one in report)
    totals = {name: counts[name] for name in (OPENED, UNCHANGED, REFUSED)}
    return {"village": request["village"], "rows": len(rows), **totals, "report": report}


def _rows(ctx: Context, request: Json) -> list[Json]:
    headings, rows = opened_sheet(ctx, request["sealed"])
    if missing := cells.lacking(headings, rules.NEEDED):
        raise BadRequest(
            f"清单缺少列：{'、'.join(missing)}", code="list.columns", remedy="请补上这些列后再试。"
        )
    if len(rows) > MOST:
        raise BadRequest(
            f"清单有 {len(rows)} 行，一次最多 {MOST} 行", code="list.too_long", remedy="请分几次导入。"
        )
    return rows


def _row(ctx: Context, village: str, row: Json) -> Json:
    try:
        given = _given(ctx, row, village)
        of_row = replace(ctx, request_id=f"anew/{_digest(given)}")
        known = opening.opened_before(of_row, given["household"])
        view = known or opening.verify_anew(of_row, {**given, "clue": None, "warning": None})
    except (BadRequest, Conflict, NotFound, Refused) as error:
        return _refused(row, error)
    told = {"status": UNCHANGED if known else OPENED, "household": given["household"], "case": view["case"]}
    return {"row": row["row"], **told, "column": "", "problem": "", "remedy": "", "code": ""}


def _given(ctx: Context, row: Json, village: str) -> Json:
    given = rules.read(row["cells"], village)
    if ctx.store.households.get_or_none(given["household"]) is None:
        raise cells.bad("户编号", "在登记簿里没有这一户，请核对编号或先导入名册")
    return given


def _refused(row: Json, error: ShouwangError) -> Json:
    column = error.details.get("column", "")
    told = {"problem": error.message, "remedy": error.remedy, "code": error.code}
    return {"row": row["row"], "status": REFUSED, "household": None, "case": None, "column": column, **told}


def _digest(given: Json) -> str:
    """Name a row by what it says, so that it is the same request whenever it comes."""
    return hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()
