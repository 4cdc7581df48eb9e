"""Rows of a file that were refused: kept whole, encrypted, thirty days, for the department's own officer.

They leave only sealed to a key that the officer's program made for the answer; each person read is on
record.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, Final

from shouwang.department.desk import Desk, person_key, require_own
from shouwang.department.inbox import KEEP_DAYS
from shouwang.department.pseudonyms import pseudonym
from shouwang.department.refused_sheet import SOURCE_DIGITS
from shouwang.errors import BadRequest, NotFound
from shouwang.identity import parse_id
from shouwang.sealing import seal
from shouwang.service import Context

PAGE: Final = 500
Json = dict[str, Any]


class Keeping:
    """The refused rows of one import as they come."""

    def __init__(self, ctx: Context, feed: str) -> None:
        self._ctx = ctx
        self._batch = f"{feed}:{uuid.uuid4().hex}"
        self._expires = ctx.today + timedelta(days=KEEP_DAYS)
        self._rows = 0

    def take(self, rows: list[Json]) -> None:
        """Keep some rows."""
        self._ctx.store.refused.keep(self._batch, rows, self._expires, start=self._rows)
        self._rows += len(rows)

    def forget(self) -> None:
        """Delete them again: the import did not take place."""
        if self._rows:
            self._ctx.store.refused.forget(self._batch)

    def mark(self) -> Json | None:
        """Return what the feed remembers of them; None when there are none."""
        if not self._rows:
            return None
        return {"batch": self._batch, "rows": self._rows, "expires": self._expires.isoformat()}


def forget_others(ctx: Context, feed: str, mark: Json | None) -> None:
    """Delete the rows of earlier imports of a period, also of one that was ended before it was recorded."""
    ctx.store.refused.forget_others(f"{feed}:", mark["batch"] if mark else "")


def purge(ctx: Context, on: date) -> int:
    """Delete what is past its day; returns how many rows."""
    removed: int = ctx.store.refused.purge(on)
    return removed


def rejected_rows(ctx: Context, desk: Desk, request: Json) -> Json:
    """Return refused rows of a period, sealed to the key given, a page at a time.

    NotFound `import.none_rejected`: the last import refused nothing, or their days are over.
    """
    require_own(ctx, desk)
    table, period = request["table"], request["period"]
    feed = _feed(ctx, table, period)
    mark = feed.state.get("refused")
    rows = ctx.store.refused.page(mark["batch"], request["start"], PAGE, ctx.today) if mark else []
    if not rows:
        raise _none(table, period)
    purpose = f"查看被拒的行 {table} {period}"
    ctx.reads.record_many(ctx.actor.to_dict(), _subjects(ctx, desk, table, rows), purpose, ctx.today)
    end = request["start"] + len(rows)
    return {
        "sealed": seal(request["key"], rows),
        "next": end if end < mark["rows"] else None,
        "total": mark["rows"],
        "source": feed.state["digest"][:SOURCE_DIGITS],
        "expires": mark["expires"],
        "headings": _headings(desk, table),
    }


def _feed(ctx: Context, table: str, period: str) -> Any:
    try:
        return ctx.store.feeds.get(f"{table}:{period}")
    except NotFound:
        raise _none(table, period) from None


def _none(table: str, period: str) -> NotFound:
    return NotFound(
        f"“{table}” {period} 没有留存被拒的行。",
        code="import.none_rejected",
        remedy=f"最近一次导入没有被拒的行，或已过 {KEEP_DAYS} 天删除；过期的请重新导入原文件。",
    )


def _headings(desk: Desk, table: str) -> list[str]:
    columns = (desk.table(table) or {"columns": []})["columns"]
    return list(dict.fromkeys(heading for column in columns for heading in column["headings"]))


def _subjects(ctx: Context, desk: Desk, table: str, rows: list[Json]) -> list[str]:
    """Return the pseudonyms of those who can be known, and the row where nobody can (a wrong number)."""
    columns = (desk.table(table) or {"columns": []})["columns"]
    labels = [column["headings"][0] for column in columns if column["kind"] == "id_number"]
    key = person_key(ctx)
    found = [_subject(key, row["cells"].get(label, "")) for row in rows for label in labels]
    return sorted({subject or f"{table}/row" for subject in found} or {f"{table}/row"})


def _subject(key: bytes, text: str) -> str | None:
    try:
        return pseudonym(key, parse_id(text).value)
    except BadRequest:
        return None
