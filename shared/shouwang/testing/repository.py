"""A repository in memory that behaves like the real one: versions, history, remembered requests, outbox."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shouwang.errors import Conflict, NotFound, StaleVersion
from shouwang.store.aggregate import Aggregate, Record
from shouwang.testing.matching import matches, values_at


class FakeRepository:
    """The aggregates of one kind, in memory; `events` keeps everything that would have left."""

    def __init__(
        self,
        kind: str,
        blind: Mapping[str, str] | None = None,
        unique: Sequence[tuple[str, ...]] = (),
        schema_version: int = 1,
    ) -> None:
        self.kind, self.schema_version = kind, schema_version
        self.events: list[dict[str, Any]] = []
        self._blind, self._unique = dict(blind or {}), list(unique)
        self._documents: dict[str, Aggregate] = {}

    def new(self, id: str, *, region: str, state: dict[str, Any]) -> Aggregate:
        """Make a new aggregate; nothing is stored before `save`."""
        return Aggregate(id, self.kind, region, state, schema=self.schema_version)

    def get(self, id: str) -> Aggregate:
        """Load a copy of one; NotFound."""
        if id not in self._documents:
            raise NotFound(f"没有编号为 {id} 的{self.kind}", code="store.not_found")
        return copy.deepcopy(self._documents[id])

    def find_one(
        self, *, where: Mapping[str, Any] | None = None, blind: tuple[str, str] | None = None
    ) -> Aggregate | None:
        """Load the only match or None; Conflict when there are several."""
        found = self._matching(where, None, blind)
        if len(found) > 1:
            raise Conflict(f"有 {len(found)} 个{self.kind}符合，应只有一个", code="store.not_unique")
        return copy.deepcopy(found[0]) if found else None

    def find(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        after: str | None = None,
        limit: int = 100,
        blind: tuple[str, str] | None = None,
    ) -> list[Aggregate]:
        """Load a page ordered by id; `after` is the last id of the page before."""
        found = [agg for agg in self._matching(where, region, blind) if after is None or agg.id > after]
        return copy.deepcopy(found[:limit])

    def scan(self, *, region: str | None = None, batch: int = 500) -> Iterator[Aggregate]:
        """Walk all aggregates by id."""
        del batch
        return iter(copy.deepcopy(self._matching(None, region, None)))

    def count(self, where: Mapping[str, Any] | None = None, *, region: str | None = None) -> int:
        """Count what matches."""
        return len(self._matching(where, region, None))

    def tally(
        self, by: str, where: Mapping[str, Any] | None = None, *, region: str | None = None
    ) -> dict[Any, int]:
        """Count by the values of one scalar field."""
        found = self._matching(where, region, None)
        return dict(Counter(next(iter(values_at(_document(agg), by)), None) for agg in found))

    def save(self, agg: Aggregate) -> Aggregate:
        """Store a copy in one step; StaleVersion, Conflict (id or unique index taken)."""
        self._check_version(agg)
        self._check_unique(agg)
        json.dumps(agg.state, allow_nan=False)
        agg.version += 1
        for record in agg.pending:
            self._write(agg, record)
        agg.pending = []
        self._documents[agg.id] = copy.deepcopy(agg)
        return agg

    def insert_many(self, aggs: Sequence[Aggregate]) -> int:
        """Store many new aggregates; those whose request was carried out before are left out."""
        new = [agg for agg in aggs if not self._repeated(agg)]
        for agg in new:
            self.save(agg)
        return len(new)

    def history(self, agg: Aggregate) -> list[dict[str, Any]]:
        """Return every entry from the first on."""
        return list(agg.history)

    def _matching(
        self, where: Mapping[str, Any] | None, region: str | None, blind: tuple[str, str] | None
    ) -> list[Aggregate]:
        found = (self._documents[id] for id in sorted(self._documents))
        return [
            agg
            for agg in found
            if agg.region.startswith(region or "")
            and matches(_document(agg), where or {})
            and (blind is None or blind[1] in self._blind_values(agg, blind[0]))
        ]

    def _blind_values(self, agg: Aggregate, name: str) -> list[Any]:
        return values_at(agg.state, self._blind[name])

    def _check_version(self, agg: Aggregate) -> None:
        stored = self._documents.get(agg.id)
        if agg.is_new and stored is not None:
            raise Conflict(f"编号 {agg.id} 已存在", code="store.duplicate")
        if not agg.is_new and (stored is None or stored.version != agg.version):
            raise StaleVersion(f"{self.kind} {agg.id} 已被他人修改", remedy="请重新读取后再办理。")

    def _check_unique(self, agg: Aggregate) -> None:
        for fields in self._unique:
            key = [values_at(_document(agg), path) for path in fields]
            others = (other for other in self._documents.values() if other.id != agg.id)
            if any(key == [values_at(_document(other), path) for path in fields] for other in others):
                raise Conflict(f"{'、'.join(fields)} 已被占用", code="store.duplicate")

    def _write(self, agg: Aggregate, record: Record) -> None:
        entry = record.entry
        agg.head.seq += 1
        agg.history.append(
            {
                "seq": agg.head.seq,
                "action": entry.action,
                "actor": dict(entry.actor),
                "on": entry.on.isoformat(),
                "detail": copy.deepcopy(dict(entry.detail)),
                "request_id": entry.request_id,
            }
        )
        if entry.request_id:
            agg.requests[entry.request_id] = copy.deepcopy(record.result)
        for event in record.events:
            agg.head.emitted += 1
            data = json.loads(json.dumps(dict(event.data), allow_nan=False))
            self.events.append(
                {
                    "type": event.type,
                    "data": data,
                    "subject": agg.id,
                    "region": agg.region,
                    "sequence": agg.version,
                }
            )

    def _repeated(self, agg: Aggregate) -> bool:
        stored = self._documents.get(agg.id)
        return stored is not None and any(
            record.entry.request_id in stored.requests for record in agg.pending if record.entry.request_id
        )


def _document(agg: Aggregate) -> dict[str, Any]:
    return {"_id": agg.id, "region": agg.region, "v": agg.version, "state": agg.state}
