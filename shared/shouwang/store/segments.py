"""Older history moves to segments, so that no document grows without bound."""

from __future__ import annotations

from typing import Any, Final

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from shouwang.errors import Tampered
from shouwang.store.aggregate import Aggregate

KEPT: Final = 50  # entries an aggregate may hold before the oldest move
MOVED: Final = 40  # entries of one segment
Document = dict[str, Any]


def overflow(agg: Aggregate) -> list[Document]:
    """Return the entries that must move before the next save: stored ones only, always the same ones."""
    return agg.history[:MOVED] if len(agg.history) > KEPT else []


def write_segment(segments: Collection[Document], agg: Aggregate, entries: list[Document]) -> None:
    """Store the next segment. A crash before the trim leaves it written: it is then written again, equal."""
    segment = {"_id": segment_id(agg.id, agg.segments), "agg": agg.id, "n": agg.segments, "entries": entries}
    try:
        segments.insert_one(segment)
    except DuplicateKeyError:
        _require_same(segments, segment)


def read_segments(segments: Collection[Document], agg_id: str, count: int) -> list[Document]:
    """Return the entries of the first `count` segments in order; Tampered when a segment is missing."""
    if not count:
        return []
    wanted = [segment_id(agg_id, number) for number in range(count)]
    found = {segment["_id"]: segment["entries"] for segment in segments.find({"_id": {"$in": wanted}})}
    missing = [name for name in wanted if name not in found]
    if missing:
        raise Tampered(
            f"历史分段缺失：{'、'.join(missing)}",
            code="store.segment_missing",
            where=agg_id,
            remedy="请从备份恢复该分段。",
        )
    return [entry for name in wanted for entry in found[name]]


def segment_id(agg_id: str, number: int) -> str:
    """Return the id of a segment."""
    return f"{agg_id}:{number}"


def _require_same(segments: Collection[Document], segment: Document) -> None:
    stored = segments.find_one({"_id": segment["_id"]})
    if stored is None or stored["entries"] != segment["entries"]:
        raise Tampered(
            "已有的历史分段与本对象的历史不符",
            code="store.segment_altered",
            where=segment["_id"],
            remedy="请用 shouwang verify 查明改动，并从备份恢复该分段。",
        )
