"""The documents and updates that a save sends, and what it leaves on the aggregate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shouwang.errors import Conflict
from shouwang.masking import scrub
from shouwang.store.aggregate import Aggregate
from shouwang.store.codec import REMEMBERED, Changes, Codec
from shouwang.store.index import AT

Document = dict[str, Any]


def inserted(codec: Codec, agg: Aggregate, changes: Changes) -> Document:
    """Return the document of a new aggregate. `outbox_n` is there only where events wait (sparse index)."""
    doc = {
        "_id": agg.id,
        "v": changes.version,
        "schema": codec.declaration.schema_version,
        "region": agg.region,
        AT: changes.entries[-1]["at"],
        "state": changes.state,
        "history": changes.entries,
        "segments": 0,
        "head": changes.stored_head,
        "outbox": changes.outbox,
        "requests": changes.requests,
        "blind": changes.blind,
    }
    return {**doc, "outbox_n": len(changes.outbox)} if changes.outbox else doc


def updated(agg: Aggregate, changes: Changes, moved: int) -> tuple[Document, Document]:
    """Return filter and update of a save; `moved` entries leave for a segment already written."""
    update: Document = {
        "$set": {
            "v": changes.version,
            "schema": agg.schema,
            "region": agg.region,
            AT: changes.entries[-1]["at"],
            "state": changes.state,
            "head": changes.stored_head,
            "blind": changes.blind,
        },
        "$push": {},
    }
    _history(update, agg, changes, moved)
    if changes.requests:
        update["$push"]["requests"] = {"$each": changes.requests, "$slice": -REMEMBERED}
    if changes.outbox:
        update["$push"]["outbox"] = {"$each": changes.outbox}
        update["$inc"] = {"outbox_n": len(changes.outbox)}
    return {"_id": agg.id, "v": agg.version}, {name: part for name, part in update.items() if part}


def advance(agg: Aggregate, changes: Changes, moved: Sequence[Document]) -> None:
    """Bring the aggregate in memory to what was stored; what it remembered by itself it may do again."""
    agg.version, agg.head = changes.version, changes.head
    agg.history = [*agg.history[len(moved) :], *changes.entries]
    agg.segments += bool(moved)
    results = {record.entry.request_id: record.result for record in agg.pending if record.entry.request_id}
    agg.requests = dict(list({**agg.requests, **results}.items())[-REMEMBERED:])
    agg.pending = []


def taken(kind: str, ids: Sequence[str]) -> Conflict:
    """Return the error for an id or a unique key that somebody else holds.

    A number of a household or a case may be said to who wrote it; no id is a valid ID number (decision 0026),
    and a mistyped one is hidden.
    """
    return Conflict(
        f"{kind}编号或唯一字段已被占用：{scrub('、'.join(ids[:5]))}{'…' if len(ids) > 5 else ''}",
        code="store.duplicate",
        where=kind,
        remedy="请核对是否重复登记；已有的请读取后修改。",
        details={"ids": list(ids)},
    )


def _history(update: Document, agg: Aggregate, changes: Changes, moved: int) -> None:
    if moved:
        update["$set"]["history"] = [*agg.history[moved:], *changes.entries]
        update["$set"]["segments"] = agg.segments + 1
    else:
        update["$push"]["history"] = {"$each": changes.entries}
