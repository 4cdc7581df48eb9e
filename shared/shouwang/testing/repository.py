"""A repository in memory that behaves like the real one: versions, history, remembered requests, outbox.

One suite of tests runs against both (`tests/shared/testing/test_repositories.py`). Nothing is encrypted or
chained here, but what the real one refuses (a search without an index, personal data in clear) is refused.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from shouwang.errors import ConfigurationError, Conflict, NotFound, StaleVersion
from shouwang.store.aggregate import Aggregate, Record
from shouwang.store.declaration import Declaration
from shouwang.store.fields import seal_state
from shouwang.store.index import stored_path
from shouwang.store.personal import guard, guard_text
from shouwang.store.query import build
from shouwang.testing.matching import matches, values_at

Document = dict[str, Any]


class _NoSeal:
    """Where the real repository encrypts, the fake lets the value be."""

    where = "fake"

    def seal(self, path: str, value: Any) -> Any:
        del path
        return value


_BOX: Final[Any] = _NoSeal()


class FakeRepository:
    """The aggregates of one kind, in memory; `events` keeps everything that would have left."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration, self.kind = declaration, declaration.kind
        self.events: list[dict[str, Any]] = []
        self._stored: dict[str, Aggregate] = {}

    def new(self, id: str, *, region: str, state: dict[str, Any]) -> Aggregate:
        """Make a new aggregate; nothing is stored before `save`."""
        return Aggregate(id, self.kind, region, state, schema=self.declaration.schema_version)

    def get(self, id: str) -> Aggregate:
        """Load a copy of one; NotFound."""
        found = self.get_or_none(id)
        if found is None:
            raise NotFound(
                f"没有编号为 {id} 的{self.kind}",
                code="store.not_found",
                remedy="请核对编号；刚被合并或注销的，以新的编号为准。",
            )
        return found

    def get_or_none(self, id: str) -> Aggregate | None:
        """Load a copy of one, or None when there is none."""
        return copy.deepcopy(self._stored.get(id))

    def find_one(
        self, *, where: Mapping[str, Any] | None = None, blind: tuple[str, str] | None = None
    ) -> Aggregate | None:
        """Load the only match or None; Conflict `store.not_unique` when there are several."""
        found = self.find(where, blind=blind, limit=2)
        if len(found) > 1:
            raise Conflict(
                f"有不止一个{self.kind}符合条件，应只有一个",
                code="store.not_unique",
                remedy="请核对重复的登记；要取全部的用 find。",
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
        """Load a page ordered by id; ConfigurationError `store.no_index` as the real one."""
        found = self._matching(where, region, after, blind)
        return copy.deepcopy([one for one in found if until is None or one.id <= until][:limit])

    def scan(self, *, region: str | None = None, batch: int = 500) -> Iterator[Aggregate]:
        """Walk all aggregates by id."""
        del batch
        return iter(copy.deepcopy(self._matching(None, region)))

    def rows(
        self,
        names: Sequence[str],
        where: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield {"id", "region", <name>: value} of the named fields."""
        for agg in self._matching(where, region):
            values = {name: _first(agg, stored_path(name)) for name in names}
            yield copy.deepcopy({"id": agg.id, "region": agg.region, **values})

    def count(self, where: Mapping[str, Any] | None = None, *, region: str | None = None) -> int:
        """Count what matches."""
        return len(self._matching(where, region))

    def tally(
        self, by: str, where: Mapping[str, Any] | None = None, *, region: str | None = None
    ) -> dict[Any, int]:
        """Count by the values of one scalar field."""
        return dict(Counter(_first(agg, stored_path(by)) for agg in self._matching(where, region)))

    def holders(self, name: str, values: Iterable[str]) -> dict[str, list[str]]:
        """Return for each value of a blind index the ids that hold it; absent when none."""
        held = {
            value: [agg.id for agg in self._matching(None, None, None, (name, value))] for value in values
        }
        return {value: ids for value, ids in held.items() if ids}

    def save(self, agg: Aggregate) -> Aggregate:
        """Store in one step; StaleVersion, Conflict `store.duplicate`, and what the real one refuses."""
        self._check(agg)
        if agg.is_new and self._repeated(agg):
            return self._take_over(agg)
        self._check_version(agg)
        self._check_unique(agg)
        agg.version += 1
        for record in agg.pending:
            self._write(agg, record)
        agg.pending = []
        self._stored[agg.id] = copy.deepcopy(agg)
        return agg

    def insert_many(self, aggs: Sequence[Aggregate]) -> int:
        """Store many new ones; repeats of a request are left out, taken ids are a Conflict at the end."""
        new = [agg for agg in aggs if agg.id not in self._stored]
        for agg in new:
            self.save(agg)
        held = [agg.id for agg in aggs if agg not in new and not self._repeated(agg)]
        if held:
            raise self._taken(held)
        return len(new)

    def history(self, agg: Aggregate) -> list[dict[str, Any]]:
        """Return every entry from the first on."""
        return list(agg.history)

    def _matching(
        self,
        where: Mapping[str, Any] | None,
        region: str | None,
        after: str | None = None,
        blind: tuple[str, str] | None = None,
    ) -> list[Aggregate]:
        query = build(self.declaration, where, region, after, (blind[0], [blind[1]]) if blind else None)
        documents = ((id, self._document(self._stored[id])) for id in sorted(self._stored))
        return [self._stored[id] for id, document in documents if matches(document, query)]

    def _document(self, agg: Aggregate) -> Document:
        lookups = {
            name: [str(value) for value in values_at(agg.state, ".".join(path))]
            for name, path in self.declaration.blind.items()
        }
        return {"_id": agg.id, "region": agg.region, "v": agg.version, "state": agg.state, "blind": lookups}

    def _check(self, agg: Aggregate) -> None:
        if not agg.pending:
            raise ConfigurationError(
                f"保存{self.kind}前没有 record 说明做了什么",
                code="store.no_entry",
                remedy="先 agg.record(Entry(…))，再 save：没有历史的改动不能存。",
            )
        guard_text(agg.id, f"{self.kind} id")
        json.dumps(agg.state, allow_nan=False)
        seal_state(agg.state, self.declaration.fields, _BOX)
        for record in agg.pending:
            guard(dict(record.entry.detail), self.declaration.fields, f"{self.kind} detail")
            for event in record.events:
                guard(dict(event.data), self.declaration.fields, f"{self.kind} event {event.type}")

    def _check_version(self, agg: Aggregate) -> None:
        stored = self._stored.get(agg.id)
        if agg.is_new and stored is not None:
            raise self._taken([agg.id])
        if not agg.is_new and stored is None:
            raise NotFound(
                f"{self.kind} {agg.id} 已不在库中",
                code="store.not_found",
                remedy="请重新查询后再办；刚被合并或注销的，以新的编号为准。",
            )
        if stored is not None and stored.version != agg.version:
            raise StaleVersion(f"{self.kind} {agg.id} 已被他人修改", remedy="请重新读取后再办理。")

    def _check_unique(self, agg: Aggregate) -> None:
        others = [other for other in self._stored.values() if other.id != agg.id]
        for index in self.declaration.indexes:
            key = [values_at(self._document(agg), path) for path in index.fields]
            if index.unique and any(
                key == [values_at(self._document(other), path) for path in index.fields] for other in others
            ):
                raise self._taken([agg.id])

    def _taken(self, ids: list[str]) -> Conflict:
        return Conflict(
            f"编号或唯一项已被占用（{self.kind}）",
            code="store.duplicate",
            details={"ids": ids},
            remedy="请核对是否重复登记；已有的请读取后修改。",
        )

    def _repeated(self, agg: Aggregate) -> bool:
        stored = self._stored.get(agg.id)
        return stored is not None and any(stored.carried_out(one.entry.request_id) for one in agg.pending)

    def _take_over(self, agg: Aggregate) -> Aggregate:
        stored = self.get(agg.id)
        for each in fields(Aggregate):
            setattr(agg, each.name, getattr(stored, each.name))
        return agg

    def _write(self, agg: Aggregate, record: Record) -> None:
        entry = record.entry
        agg.head.seq += 1
        for event in record.events:
            agg.head.emitted += 1
            data = json.loads(json.dumps(dict(event.data), allow_nan=False))
            about = {"subject": agg.id, "region": agg.region, "sequence": agg.version}
            self.events.append({"type": event.type, "data": data, **about})
        agg.history.append(
            {
                "seq": agg.head.seq,
                "v": agg.version,
                "action": entry.action,
                "actor": dict(entry.actor),
                "on": entry.on.isoformat(),
                "detail": json.loads(json.dumps(dict(entry.detail), allow_nan=False)),
                "request_id": entry.request_id,
            }
        )
        if entry.request_id:
            agg.requests[entry.request_id] = copy.deepcopy(record.result)
            agg.done.add((entry.request_id, entry.action))


def _first(agg: Aggregate, path: str) -> Any:
    document = {"_id": agg.id, "region": agg.region, "v": agg.version, "state": agg.state}
    return next(iter(values_at(document, path)), None)
