"""Between an aggregate in memory and its document: seals, opens, checks, chains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from shouwang.errors import ConfigurationError, Tampered
from shouwang.store.aggregate import Aggregate, Event, Head, Record
from shouwang.store.chain import event_mac, is_genuine, signed, state_digest
from shouwang.store.declaration import Declaration, State
from shouwang.store.fields import FieldBox, open_state, seal_state
from shouwang.store.keys import KeyRing
from shouwang.store.paths import values_at
from shouwang.store.personal import guard, guard_text

if TYPE_CHECKING:
    from shouwang.clock import Clock

REMEMBERED: Final = 64  # newest request ids kept on an aggregate
Document = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """Everything one save writes."""

    version: int
    state: State
    entries: list[Document]
    requests: list[Document]
    outbox: list[Document]
    head: Head
    blind: dict[str, list[str]]

    @property
    def stored_head(self) -> Document:
        """The head as it is stored."""
        return {"seq": self.head.seq, "mac": self.head.mac, "emitted": self.head.emitted}


class Codec:
    """Turns aggregates of one declaration into documents and back."""

    def __init__(self, declaration: Declaration, keys: KeyRing, clock: Clock) -> None:
        self.declaration, self.keys, self.clock = declaration, keys, clock
        self.kind = declaration.kind

    def box(self, agg_id: str) -> FieldBox:
        """Return what seals the fields of one aggregate."""
        return FieldBox(self.keys, self.kind, agg_id)

    def load(self, doc: Document) -> Aggregate:
        """Return the aggregate of a document, in the newest schema; Tampered, ConfigurationError."""
        self._refuse_newer(doc)
        box = self.box(doc["_id"])
        state = open_state(doc["state"], box)
        self.check(doc, state)
        head = doc["head"]
        return Aggregate(
            id=doc["_id"],
            kind=self.kind,
            region=doc["region"],
            state=self.migrated(state, doc["schema"]),
            version=doc["v"],
            schema=self.declaration.schema_version,
            history=doc["history"],
            segments=doc.get("segments", 0),
            head=Head(head["seq"], head["mac"], head["emitted"]),
            requests={item["id"]: _result(box, item) for item in doc.get("requests", ())},
            done={(item["id"], item["action"]) for item in doc.get("requests", ())},
        )

    def check(self, doc: Document, state: State) -> None:
        """Tampered unless the newest entry is genuine and vouches for this state."""
        newest = doc["history"][-1] if doc.get("history") else {}
        digest = state_digest(self.keys, doc["region"], doc["schema"], state, newest.get("key"))
        vouched = newest.get("v") == doc["v"] and newest.get("state") == digest
        if not (vouched and is_genuine(self.keys, self.kind, doc["_id"], newest)):
            raise _altered(self.kind, doc["_id"])

    def migrated(self, state: State, schema: int) -> State:
        """Return the state in the newest schema."""
        for version in range(schema, self.declaration.schema_version):
            state = self.declaration.migrations[version](state)
        return state

    def changes(self, agg: Aggregate) -> Changes:
        """Return what saving `agg` writes; nothing of `agg` is changed."""
        if not agg.pending:
            raise _no_entry(self.kind, agg.id)
        guard_text(agg.id, f"{self.kind} id")
        try:
            return self._changes(agg, self.box(agg.id))
        except (TypeError, ValueError) as error:
            error.add_note(f"{self.kind}/{agg.id}: state, detail, events and results hold JSON values only")
            raise

    def blind(self, state: State, generation: int | None = None) -> dict[str, list[str]]:
        """Return the blind index values of a state in clear."""
        return {
            name: sorted({self.keys.blind(name, str(value), generation) for value in values_at(state, path)})
            for name, path in self.declaration.blind.items()
        }

    def _changes(self, agg: Aggregate, box: FieldBox) -> Changes:
        changes = Changes(
            version=agg.version + 1,
            state=seal_state(agg.state, self.declaration.fields, box),
            entries=[],
            requests=[self._request(box, record) for record in agg.pending if record.entry.request_id],
            outbox=[],
            head=Head(agg.head.seq, agg.head.mac, agg.head.emitted),
            blind=self.blind(agg.state),
        )
        self._chain(agg, changes)
        return changes

    def _chain(self, agg: Aggregate, changes: Changes) -> None:
        digest = state_digest(self.keys, agg.region, self.declaration.schema_version, agg.state)
        at = self.clock.now().isoformat(timespec="milliseconds")
        for record in agg.pending:
            for event in record.events:
                changes.head.emitted += 1
                changes.outbox.append(self._event(agg, changes, record, event, at))
            self._append(agg, changes, self._entry(record, changes, digest, at))

    def _append(self, agg: Aggregate, changes: Changes, entry: Document) -> None:
        stored = signed(self.keys, self.kind, agg.id, entry)
        changes.entries.append(stored)
        changes.head.seq, changes.head.mac = stored["seq"], stored["mac"]

    def _entry(self, record: Record, changes: Changes, digest: str, at: str) -> Document:
        entry = record.entry
        guard(entry.detail, self.declaration.fields, f"{self.kind} detail")
        return {
            "seq": changes.head.seq + 1,
            "v": changes.version,
            "action": entry.action,
            "actor": dict(entry.actor),
            "on": entry.on.isoformat(),
            "at": at,
            "detail": dict(entry.detail),
            "request_id": entry.request_id,
            "emitted": changes.head.emitted,
            "state": digest,
            "key": self.keys.newest("mac"),
            "prev": changes.head.mac,
        }

    def _event(self, agg: Aggregate, changes: Changes, record: Record, event: Event, at: str) -> Document:
        guard(event.data, self.declaration.fields, f"{self.kind} event {event.type}")
        body = {
            "id": uuid4().hex,
            "n": changes.head.emitted,
            "type": event.type,
            "data": dict(event.data),
            "on": record.entry.on.isoformat(),
            "at": at,
            "v": changes.version,
            "region": agg.region,
            "actor": dict(record.entry.actor),
        }
        return {**body, "key": self.keys.newest("mac"), "mac": event_mac(self.keys, self.kind, agg.id, body)}

    def _request(self, box: FieldBox, record: Record) -> Document:
        request, action = record.entry.request_id, record.entry.action
        sealed = None if record.result is None else box.seal(_place(request), record.result)
        return {"id": request, "action": action, "result": sealed}

    def _refuse_newer(self, doc: Document) -> None:
        if doc["schema"] > self.declaration.schema_version:
            raise ConfigurationError(
                f"数据的结构版本是 {doc['schema']}，本程序只认识到 {self.declaration.schema_version}",
                code="store.newer_schema",
                where=f"{self.kind}/{doc['_id']}",
                remedy="数据由更新的程序写成：请升级本程序，不要降级运行。",
            )


def _result(box: FieldBox, item: Document) -> Any:
    return None if item["result"] is None else box.open(_place(item["id"]), item["result"])


def _place(request_id: str) -> str:
    return f"requests {request_id}"


def _altered(kind: str, agg_id: str) -> Tampered:
    return Tampered(
        "数据被绕过程序改动：内容与历史记录不符",
        where=f"{kind}/{agg_id}",
        remedy="请停止办理该对象，用 shouwang verify 查明改动，并从备份恢复。",
    )


def _no_entry(kind: str, agg_id: str) -> ConfigurationError:
    return ConfigurationError(
        "保存前没有写明做了什么",
        code="store.no_entry",
        where=f"{kind}/{agg_id}",
        remedy="先 agg.record(Entry(…))，再 save：没有历史的改动不能存。",
    )
