"""The aggregates of one kind: load, find, save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from shouwang.errors import Conflict, NotFound, StaleVersion
from shouwang.store.aggregate import Aggregate
from shouwang.store.bulk import insert_all
from shouwang.store.codec import Changes, Codec
from shouwang.store.fields import open_state
from shouwang.store.holders import find_holders
from shouwang.store.index import ID, stored_path
from shouwang.store.query import build, split
from shouwang.store.reaching import Document, reaching
from shouwang.store.segments import overflow, read_segments, write_segment
from shouwang.store.writing import advance, inserted, taken, updated


class Repository:
    """The aggregates of one kind. Made by `Database.repository`."""

    def __init__(
        self,
        codec: Codec,
        collection: Collection[Document],
        segments: Collection[Document],
        saved: Callable[[], None],
    ) -> None:
        self.codec, self.collection, self.segments = codec, collection, segments
        self.declaration, self.kind = codec.declaration, codec.kind
        self._saved = saved

    def new(self, id: str, *, region: str, state: dict[str, Any]) -> Aggregate:
        """Make a new aggregate; nothing is stored before `save`."""
        return Aggregate(id, self.kind, region, state, schema=self.declaration.schema_version)

    def get(self, id: str) -> Aggregate:
        """Load one; NotFound, Tampered (its state does not fit its history)."""
        agg = self.get_or_none(id)
        if agg is None:
            raise NotFound(
                f"没有编号为 {id} 的{self.kind}",
                code="store.not_found",
                where=self._place(id),
                remedy="请核对编号；刚被合并或注销的，以新的编号为准。",
            )
        return agg

    def get_or_none(self, id: str) -> Aggregate | None:
        """Load one, or None when there is none."""
        with reaching(self._place(id)):
            doc = self.collection.find_one({"_id": id})
        return None if doc is None else self.codec.load(doc)

    def find_one(
        self, *, where: Mapping[str, Any] | None = None, blind: tuple[str, str] | None = None
    ) -> Aggregate | None:
        """Load the only match or None; Conflict `store.not_unique` when there are several."""
        found = self.find(where, blind=blind, limit=2)
        if len(found) > 1:
            raise Conflict(
                f"有不止一个{self.kind}符合条件，应只有一个",
                code="store.not_unique",
                where=self.declaration.collection,
                remedy="请核对重复的登记；要取全部的用 find。",
                details={"ids": [agg.id for agg in found]},
            )
        return found[0] if found else None

    def find(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        after: str | None = None,
        until: str | None = None,
        limit: int = 100,
        blind: tuple[str, str] | None = None,
    ) -> list[Aggregate]:
        """Load a page ordered by id; `after` is the last id of the page before, `until` the last id wanted.

        `where`: stored paths (`state.category`, or `category` for short) and values; `region`: any prefix of
        a division code. ConfigurationError `store.no_index` when no declared index begins with a field asked.
        """
        query = build(self.declaration, where, region, after, self._blinded(blind), until)
        with reaching(self.declaration.collection):
            pages = [self.collection.find(part).sort(ID, 1).limit(limit) for part in split(query)]
            docs = {doc[ID]: doc for page in pages for doc in page}
        return [self.codec.load(docs[id]) for id in sorted(docs)[:limit]]

    def scan(self, *, region: str | None = None, batch: int = 500) -> Iterator[Aggregate]:
        """Walk all aggregates ordered by id, `batch` at a time; for jobs, not for calls."""
        query = build(self.declaration, None, region)
        with reaching(self.declaration.collection):
            for doc in self.collection.find(query).sort(ID, 1).batch_size(batch):
                yield self.codec.load(doc)

    def rows(
        self,
        names: Sequence[str],
        where: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        limit: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """Yield {"id": …, "region": …, <name>: value} of the named fields only: fast, for figures.

        limit: at most so many, in no order; 0: all.
        Encrypted fields come in clear. The chain is not checked: do not decide a case on this.
        """
        paths = {name: stored_path(name) for name in names}
        query = build(self.declaration, where, region)
        wanted = dict.fromkeys([*paths.values(), "region", "schema"], 1)
        with reaching(self.declaration.collection):
            for doc in self.collection.find(query, wanted).limit(limit):
                yield self._row(doc, paths)

    def count(self, where: Mapping[str, Any] | None = None, *, region: str | None = None) -> int:
        """Count by an index; without a condition by the store's own tally."""
        query = build(self.declaration, where, region)
        with reaching(self.declaration.collection):
            if not query:
                return self.collection.estimated_document_count()
            return self.collection.count_documents(query)

    def tally(
        self, by: str, where: Mapping[str, Any] | None = None, *, region: str | None = None
    ) -> dict[Any, int]:
        """Count by the values of one scalar field, e.g. `tally("state.category", region="430426")`."""
        group = {"$group": {"_id": f"${stored_path(by)}", "n": {"$sum": 1}}}
        query = build(self.declaration, where, region)
        with reaching(self.declaration.collection):
            return {row["_id"]: row["n"] for row in self.collection.aggregate([{"$match": query}, group])}

    def holders(self, name: str, values: Iterable[str]) -> dict[str, list[str]]:
        """Return for each value of a blind index the ids of the aggregates that hold it; absent when none."""
        with reaching(self.declaration.collection):
            return find_holders(self, name, list(values))

    def save(self, agg: Aggregate) -> Aggregate:
        """Store state, history, events and request memory in one atomic update, one round trip.

        StaleVersion when somebody saved in between; Conflict `store.duplicate` when the id or a unique index
        is taken. A creation repeated by the same request takes over what is stored.
        """
        changes = self.codec.changes(agg)
        with reaching(self._place(agg.id)):
            stored = self._insert(agg, changes) if agg.is_new else self._update(agg, changes)
        if stored and changes.outbox:
            self._saved()
        return agg

    def insert_many(self, aggs: Sequence[Aggregate]) -> int:
        """Store many new aggregates in bulk; returns how many are new (repeats of a request are none).

        Conflict with `details.ids` when ids or unique indexes are taken; the others are then stored, and the
        same call may be repeated.
        """
        with reaching(self.declaration.collection):
            new = insert_all(self.codec, self.collection, aggs)
        if any(agg.head.emitted for agg in aggs):
            self._saved()
        return new

    def history(self, agg: Aggregate) -> list[dict[str, Any]]:
        """Return every entry from the first on; Tampered when a segment is missing."""
        with reaching(self._place(agg.id)):
            return [*read_segments(self.segments, agg.id, agg.segments), *agg.history]

    def _insert(self, agg: Aggregate, changes: Changes) -> bool:
        try:
            self.collection.insert_one(inserted(self.codec, agg, changes))
        except DuplicateKeyError as error:
            self._take_over(agg, error)
            return False
        advance(agg, changes, [])
        return True

    def _update(self, agg: Aggregate, changes: Changes) -> bool:
        moved = overflow(agg)
        if moved:
            write_segment(self.segments, agg, moved)
        try:
            result = self.collection.update_one(*updated(agg, changes, len(moved)))
        except DuplicateKeyError as error:
            raise taken(self.kind, [agg.id]) from error
        if result.matched_count == 0:
            raise self._lost(agg)
        advance(agg, changes, moved)
        return True

    def _take_over(self, agg: Aggregate, error: DuplicateKeyError) -> None:
        stored = self.get_or_none(agg.id)
        if stored is None or not any(stored.carried_out(record.entry.request_id) for record in agg.pending):
            raise taken(self.kind, [agg.id]) from error
        for field in fields(Aggregate):
            setattr(agg, field.name, getattr(stored, field.name))

    def _lost(self, agg: Aggregate) -> StaleVersion | NotFound:
        if self.collection.find_one({"_id": agg.id}, {"_id": 1}) is None:
            return NotFound(
                f"{self.kind} {agg.id} 已不在库中",
                code="store.not_found",
                remedy="请重新查询后再办；刚被合并或注销的，以新的编号为准。",
            )
        return StaleVersion(
            f"{self.kind} {agg.id} 已被他人修改", where=self._place(agg.id), remedy="请重新读取后再办理。"
        )

    def _blinded(self, blind: tuple[str, str] | None) -> tuple[str, list[str]] | None:
        return None if blind is None else (blind[0], self.codec.keys.blinds(*blind))

    def _row(self, doc: Document, paths: Mapping[str, str]) -> dict[str, Any]:
        if doc["schema"] == self.declaration.schema_version:
            state = open_state(doc.get("state", {}), self.codec.box(doc["_id"]))
        else:  # a migration needs the whole state
            state = self.get(doc["_id"]).state
        plain = {**doc, "state": state}
        return {"id": doc["_id"], "region": doc["region"]} | {
            name: _value(plain, path) for name, path in paths.items()
        }

    def _place(self, id: str) -> str:
        return f"{self.declaration.collection}/{id}"


def _value(doc: Document, path: str) -> Any:
    value: Any = doc
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
