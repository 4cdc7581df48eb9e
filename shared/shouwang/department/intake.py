"""A file of the department comes in: staged by the worker, persons into the vault, then put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from shouwang.department import refused, vault
from shouwang.department.columnmaps import current
from shouwang.department.desk import Desk, feed_of, person_key, require_own
from shouwang.department.keeping import show_ages
from shouwang.department.metrics import count_rows
from shouwang.errors import Conflict
from shouwang.service import Context

PUBLISHING = "publishing"
Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One import as it is asked for: files of the inbox, the mapping in force, the table as declared today.

    digest of the file is known when it was read; `layout` tells whether the plugin still declares the same.
    """

    table: str
    period: str
    file: str
    corrections: str | None
    mapping: Any
    layout: str

    @property
    def id(self) -> str:
        """Id of the feed document."""
        return f"{self.table}:{self.period}"

    def same_as(self, report: Json) -> bool:
        """Whether a report answers what is asked now, but for the files themselves."""
        return bool(report.get("mapping") == self.mapping.mark and report.get("layout") == self.layout)


def import_table(ctx: Context, desk: Desk, request: Json) -> Json:
    """Import one file as a table and period, replacing that period whole; returns the report.

    The order makes a stop at any point harmless: nobody reads the staged file, the vault only grows, and the
    file is put in place by one rename. A repeated request returns the same report.
    """
    require_own(ctx, desk)
    ctx = replace(ctx, request_id=request["request_id"] or ctx.request_id)
    asked = _asked(ctx, desk, request)
    feed = feed_of(ctx, desk, asked.id)
    if feed.carried_out(ctx.request_id):
        before = dict(feed.remembered(ctx.request_id))
        if _stands(feed, before) and asked.same_as(before):
            return before
        # The same file again after another one took its place: that is a new import, not a repeat.
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


def _asked(ctx: Context, desk: Desk, request: Json) -> Asked:
    table = desk.known_table(request["table"])
    named = {name: request[name] for name in ("period", "file", "corrections")}
    return Asked(table, **named, mapping=current(ctx, table), layout=desk.layout(table))


def _stands(feed: Any, before: Json) -> bool:
    return all(before.get(name, "") == feed.state.get(name, "") for name in ("digest", "corrections"))


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
    rejected, before = refused.Keeping(ctx, asked.id), feed.state.get("refused")
    try:
        report = _staged_and_published(ctx, desk, asked, progress, rejected)
        _record(ctx, feed, asked, report, rejected)
    except BaseException:
        rejected.forget()
        raise
    refused.forget(ctx, before)
    count_rows(desk.code, asked.table, report["accepted"], report["rejected_rows"])
    return report


def _staged_and_published(
    ctx: Context, desk: Desk, asked: Asked, progress: Json, rejected: refused.Keeping
) -> Json:
    def take(part: Json) -> None:
        progress.update(part.get("progress", {}))
        if "rejected" in part:
            rejected.take(part["rejected"])
        if "persons" in part:
            vault.keep(ctx, part["persons"], desk.region)

    place: Json = {"table": asked.table, "period": asked.period}
    files: Json = {"file": str(desk.inbox / asked.file), "mapping": asked.mapping.handed}
    if asked.corrections:
        files["corrections"] = str(desk.inbox / asked.corrections)
    staged = desk.child.ask("stage", on_part=take, **place, **files, key=person_key(ctx).hex())
    progress["stage"] = PUBLISHING
    published = desk.child.ask("publish", staged=staged["staged"], **place)
    own = {"mapping": asked.mapping.mark, "layout": asked.layout}
    return {**staged["report"], **own, "replaced": published["replaced"]}


def _record(ctx: Context, feed: Any, asked: Asked, report: Json, rejected: refused.Keeping) -> None:
    counts = {name: report[name] for name in ("rows", "accepted", "rejected_rows", "digest", "mapping")}
    counts |= {"corrections": report["corrections"]}
    files = [*feed.state.get("files", []), asked.file, *([asked.corrections] if asked.corrections else [])]
    feed.state.pop("removed_on", None)
    feed.state.update(counts, files=list(dict.fromkeys(files)), imported_on=ctx.today.isoformat())
    feed.state["refused"] = rejected.mark()
    ctx.save(ctx.store.feeds, feed, "table_imported", counts, result=report)
