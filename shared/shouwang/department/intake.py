"""A file of the department comes in: staged by the worker, persons into the vault, then put in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from shouwang.department import vault
from shouwang.department.desk import Desk, person_key, require_own
from shouwang.department.metrics import count_rows
from shouwang.errors import BadRequest, NotFound
from shouwang.service import Context
from shouwang.suggestions import did_you_mean

KEEP_DAYS: Final = 30
"""Days after which an imported file is removed from the inbox: it holds ID numbers in clear."""


def import_table(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Import one file as a table and period, replacing that period whole; returns the report.

    The order makes a stop at any point harmless: nobody reads the staged file, the vault only grows, and the
    file is put in place by one rename. A repeated request returns the same report.
    """
    require_own(ctx, desk)
    ctx = replace(ctx, request_id=request["request_id"] or ctx.request_id)
    table, period = _known(desk, request["table"]), request["period"]
    feed = _feed(ctx, desk, f"{table}:{period}")
    if feed.carried_out(ctx.request_id):
        before = dict(feed.remembered(ctx.request_id))
        if before["digest"] == feed.state["digest"]:
            return before
        # The same file again after another one took its place: that is a new import, not a repeat.
        ctx = replace(ctx, request_id=f"{ctx.request_id}/{feed.version}")
    report = _bring_in(ctx, desk, table, period, desk.inbox / request["file"])
    count_rows(desk.code, table, report["accepted"], report["rejected_rows"])
    return _record(ctx, feed, report, request["file"])


def remove_old_files(ctx: Context, desk: Desk, on: date) -> int:
    """Remove imported files from the inbox after `KEEP_DAYS`; returns how many."""
    limit = (on - timedelta(days=KEEP_DAYS)).isoformat()
    old = ctx.store.feeds.find({"imported_on": {"$lt": limit}}, limit=1000)
    paths = {desk.inbox / agg.state["file"] for agg in old}
    present = [path for path in paths if path.is_file()]
    for path in present:
        path.unlink()
    return len(present)


def _known(desk: Desk, table: str) -> str:
    if desk.table(table) is None:
        names = [known["name"] for known in desk.described["tables"]]
        raise BadRequest(
            f"{desk.manifest.title}没有表“{table}”。",
            code="import.no_table",
            remedy=did_you_mean(table, names),
        )
    return table


def _feed(ctx: Context, desk: Desk, id: str) -> Any:
    try:
        return ctx.store.feeds.get(id)
    except NotFound:
        return ctx.store.feeds.new(id, region=desk.region, state={})


def _bring_in(ctx: Context, desk: Desk, table: str, period: str, file: Path) -> dict[str, Any]:
    place: dict[str, Any] = {"table": table, "period": period}

    def keep(persons: dict[str, str]) -> None:
        vault.keep(ctx, persons, desk.region)

    args = {**place, "file": str(file), "key": person_key(ctx).hex()}
    staged = desk.child.ask("stage", on_part=keep, **args)
    published = desk.child.ask("publish", staged=staged["staged"], **place)
    return {**staged["report"], "replaced": published["replaced"]}


def _record(ctx: Context, feed: Any, report: dict[str, Any], file: str) -> dict[str, Any]:
    counts = {name: report[name] for name in ("rows", "accepted", "rejected_rows", "digest")}
    feed.state.update(counts, file=file, imported_on=ctx.today.isoformat())
    ctx.save(ctx.store.feeds, feed, "table_imported", counts, result=report)
    return report
