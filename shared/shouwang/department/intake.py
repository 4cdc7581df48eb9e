"""A file of the department comes in: staged by the worker, persons into the vault, then put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from shouwang.department import refused, vault
from shouwang.department.asking import Asked, asked_of
from shouwang.department.columnmaps import put_in_force
from shouwang.department.desk import Desk, feed_of, person_key, require_own
from shouwang.department.inbox import feeds
from shouwang.department.keeping import show_ages
from shouwang.department.metrics import count_rows
from shouwang.errors import Conflict
from shouwang.service import Context
from shouwang.store.paths import NOTHING
from shouwang.store.personal import guard

PUBLISHING = "publishing"
SHRUNK = 2
"""Of which less than half is left, or came, is pointed out."""
Json = dict[str, Any]


def import_table(ctx: Context, desk: Desk, request: Json) -> Json:
    """Import one file as a table and period, replacing that period whole; returns the report.

    The order makes a stop at any point harmless: nobody reads the staged file, the vault only grows, and the
    file is put in place by one rename. A repeated request returns the same report.
    """
    require_own(ctx, desk)
    ctx = replace(ctx, request_id=request["request_id"] or ctx.request_id)
    asked = asked_of(ctx, desk, request)
    feed = feed_of(ctx, desk, asked.id)
    if feed.carried_out(ctx.request_id):
        before = dict(feed.remembered(ctx.request_id))
        if asked.same_as(before) and _stands(desk, asked, before):
            put_in_force(ctx, desk, asked.table, asked.mapping)
            return before
        # The same file again after another one took its place, or none is left: a new import, not a repeat.
        ctx = replace(ctx, request_id=f"{ctx.request_id}/{feed.version}")
    with _alone(desk, asked) as progress:
        report = _bring_in(ctx, desk, asked, feed, progress)
    show_ages(desk, ctx.today)
    return report


def import_progress(ctx: Context, desk: Desk, request: Json) -> Json:
    """Tell how far an import under way has come: {running, stage, percent, rows}."""
    require_own(ctx, desk)
    known = desk.imports.get(f"{request['table']}:{request['period']}")
    return {"running": True, **known} if known else {"running": False}


def _stands(desk: Desk, asked: Asked, before: Json) -> bool:
    """Whether the file of the period is still the one that a report tells of; the lake says so, no memory."""
    told = desk.child.ask("standing", table=asked.table, period=asked.period)["mark"]
    made_of = {name: before.get(name, "") for name in ("digest", "corrections")}
    return bool(told == {**made_of, **asked.mark})


@contextmanager
def _alone(desk: Desk, asked: Asked) -> Iterator[Json]:
    """Let one import at a time into a period; it is seen by `import_progress` while it lasts."""
    if asked.id in desk.imports:
        raise Conflict(
            f"“{asked.table}” {asked.period} 正在导入。",
            code="import.running",
            remedy="请等它结束；要看进度，用 shouwang import progress。",
        )
    progress = desk.imports[asked.id] = {"stage": "waiting", "percent": 0, "rows": 0}
    try:
        yield progress
    finally:
        del desk.imports[asked.id]


def _bring_in(ctx: Context, desk: Desk, asked: Asked, feed: Any, progress: Json) -> Json:
    rejected = refused.Keeping(ctx, asked.id)
    try:
        report = _staged_and_published(ctx, desk, asked, progress, rejected)
        _record(ctx, feed, asked, report, rejected)
    except BaseException:
        rejected.forget()
        raise
    put_in_force(ctx, desk, asked.table, asked.mapping)
    refused.forget_others(ctx, asked.id, rejected.mark())
    count_rows(desk.code, asked.table, report["accepted"], report["rejected_rows"])
    return report


def _staged_and_published(
    ctx: Context, desk: Desk, asked: Asked, progress: Json, rejected: refused.Keeping
) -> Json:
    place: Json = {"table": asked.table, "period": asked.period}
    before = desk.child.ask("standing", **place)["rows"]
    staged = _staged(ctx, desk, asked, progress, rejected)
    own = {"mapping": asked.mapping.mark, "layout": asked.layout, "replaced": before is not None}
    report = {**staged["report"], **own}
    report["warnings"] = [*report["warnings"], *_doubts(ctx, asked, report, before)]
    guard(
        {"report": report, "files": asked.files}, NOTHING, "import"
    )  # what cannot be recorded is not published
    progress["stage"] = PUBLISHING
    published = desk.child.ask("publish", staged=staged["staged"], **place)
    return {**report, "replaced": published["replaced"]}


def _staged(ctx: Context, desk: Desk, asked: Asked, progress: Json, rejected: refused.Keeping) -> Json:
    def take(part: Json) -> None:
        progress.update(part.get("progress", {}))
        if "rejected" in part:
            rejected.take(part["rejected"])
        if "persons" in part:
            vault.keep(ctx, part["persons"], desk.region)

    files: Json = {"file": str(desk.inbox / asked.file), "mapping": asked.mapping.handed, "mark": asked.mark}
    if asked.corrections:
        files["corrections"] = str(desk.inbox / asked.corrections)
    place: Json = {"table": asked.table, "period": asked.period}
    staged: Json = desk.child.ask("stage", on_part=take, **place, **files, key=person_key(ctx).hex())
    return staged


def _doubts(ctx: Context, asked: Asked, report: Json, before: int | None) -> Iterator[Json]:
    """Yield what is taken in and should be looked at all the same."""
    now = report["accepted"]
    others = _other_periods(ctx, asked)
    earlier = max((period for period in others if period < asked.period), default=None)
    if before is not None and now * SHRUNK < before:
        yield {"code": "shrunk", "text": f"本期原有 {before} 行，现在只有 {now} 行；请核对文件是否完整。"}
    elif before is None and earlier and now * SHRUNK < others[earlier]["accepted"]:
        rows = others[earlier]["accepted"]
        text = f"上一期（{earlier}）有 {rows} 行，本期只有 {now} 行；请核对文件是否完整。"
        yield {"code": "fewer", "text": text}
    for period, other in others.items():
        if other.get("digest") == report["digest"]:
            yield {"code": "same_file", "text": f"{period} 导入的也是这个文件；请核对所属期。"}


def _other_periods(ctx: Context, asked: Asked) -> dict[str, Json]:
    """Return what is on record of the other periods of a table; as they are written, they stand in order."""
    split = ((*feed.id.split(":", 1), feed.state) for feed in feeds(ctx))
    return {
        period: state
        for table, period, state in split
        if table == asked.table
        and period != asked.period
        and "accepted" in state
        and "removed_on" not in state
    }


def _record(ctx: Context, feed: Any, asked: Asked, report: Json, rejected: refused.Keeping) -> None:
    counts = {name: report[name] for name in ("rows", "accepted", "rejected_rows", "digest", "mapping")}
    counts |= {"corrections": report["corrections"]}
    files = [*feed.state.get("files", []), *asked.files]
    feed.state.pop("removed_on", None)
    feed.state.update(counts, files=list(dict.fromkeys(files)), imported_on=ctx.today.isoformat())
    feed.state["refused"] = rejected.mark()
    ctx.save(ctx.store.feeds, feed, "table_imported", counts, result=report)
