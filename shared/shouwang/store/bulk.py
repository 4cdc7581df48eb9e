"""Bulk insert for imports: everything a save does, hundreds of documents a round trip."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

from shouwang.errors import ConfigurationError
from shouwang.store.aggregate import Aggregate
from shouwang.store.codec import Changes, Codec
from shouwang.store.writing import advance, inserted, taken

CHUNK: Final = 500  # documents a round trip; other green threads get their turn in between
DUPLICATE: Final = 11000
Document = dict[str, Any]


def insert_all(codec: Codec, collection: Collection[Document], aggs: Sequence[Aggregate]) -> int:
    """Insert in chunks; return how many were new. Conflict names the ids that others hold."""
    held: list[str] = []
    new = 0
    for start in range(0, len(aggs), CHUNK):
        chunk = aggs[start : start + CHUNK]
        refused = _insert_chunk(codec, collection, chunk)
        new += len(chunk) - len(refused)
        held += [agg.id for agg in refused if not _repeats(collection, agg)]
        time.sleep(0)
    if held:
        raise taken(codec.kind, held)
    return new


def _insert_chunk(
    codec: Codec, collection: Collection[Document], aggs: Sequence[Aggregate]
) -> list[Aggregate]:
    changes = [_new_changes(codec, agg) for agg in aggs]
    docs = [inserted(codec, agg, change) for agg, change in zip(aggs, changes, strict=True)]
    try:
        collection.insert_many(docs, ordered=False)
        refused = set()
    except BulkWriteError as error:
        refused = set(duplicates(error))
    for number, agg in enumerate(aggs):
        if number not in refused:
            advance(agg, changes[number], [])
    return [aggs[number] for number in sorted(refused)]


def _new_changes(codec: Codec, agg: Aggregate) -> Changes:
    if not agg.is_new:
        raise ConfigurationError(
            "insert_many 只用于新对象", code="store.not_new", where=agg.id, remedy="已有的请逐个 save。"
        )
    return codec.changes(agg)


def duplicates(error: BulkWriteError) -> Iterator[int]:
    """Yield the places of the documents whose keys were taken; any other error is raised."""
    problems = error.details.get("writeErrors", [])
    if not problems or error.details.get("writeConcernErrors"):
        raise error
    for problem in problems:
        if problem["code"] != DUPLICATE:
            raise error
        yield problem["index"]


def _repeats(collection: Collection[Document], agg: Aggregate) -> bool:
    ids = [record.entry.request_id for record in agg.pending if record.entry.request_id]
    stored = collection.find_one({"_id": agg.id}, {"requests.id": 1}) if ids else None
    return stored is not None and any(item["id"] in ids for item in stored.get("requests", ()))
