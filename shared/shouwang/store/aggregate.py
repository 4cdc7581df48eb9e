"""One aggregate is one document: its state, its newest history, and what it still has to tell the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shouwang.errors import Conflict


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of history: who did what, on which business date, by which request. No personal data."""

    action: str
    actor: Mapping[str, Any]
    on: date
    detail: Mapping[str, Any] = field(default_factory=dict)
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something others must hear of; leaves through the outbox. `data` is JSON without personal data."""

    type: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """An entry that waits for the next save, with its events and the answer to remember."""

    entry: Entry
    events: tuple[Event, ...]
    result: Any


@dataclass(slots=True)
class Head:
    """Where the chain of history stands: entries so far, last MAC, events emitted so far."""

    seq: int = 0
    mac: str = ""
    emitted: int = 0


@dataclass(slots=True, eq=False)
class Aggregate:
    """A loaded or new aggregate. Change `state` (JSON values only), `record` why, then save it.

    `version` is 0 until first saved; `history` holds the newest entries, `Repository.history` reads all.
    """

    id: str
    kind: str
    region: str
    state: dict[str, Any]
    version: int = 0
    schema: int = 1
    history: list[dict[str, Any]] = field(default_factory=list)
    segments: int = 0
    head: Head = field(default_factory=Head)
    pending: list[Record] = field(default_factory=list)
    requests: dict[str, Any] = field(default_factory=dict)
    done: set[tuple[str, str]] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        """Tell whether it was never saved."""
        return self.version == 0

    def record(self, entry: Entry, events: Sequence[Event] = (), result: Any = None) -> None:
        """Note what was done; goes to the store with the next save. `result` (JSON) is remembered.

        Conflict `store.repeated_request` when this request did the same to the stored aggregate before: a
        redelivered command must ask `carried_out` first, so that nothing happens twice.
        """
        if (entry.request_id, entry.action) in self.done:
            raise _repeated(self, entry)
        self.pending.append(Record(entry, tuple(events), result))

    def remembered(self, request_id: str) -> Any:
        """Return the result of a request already carried out, or None (see `carried_out`)."""
        return self.requests.get(request_id)

    def carried_out(self, request_id: str) -> bool:
        """Tell whether this request changed the aggregate before, whatever its result was."""
        return request_id in self.requests


def _repeated(agg: Aggregate, entry: Entry) -> Conflict:
    return Conflict(
        f"请求 {entry.request_id} 已对{agg.kind} {agg.id} 办理过“{entry.action}”",
        code="store.repeated_request",
        where=f"{agg.kind}/{agg.id}",
        remedy="先用 carried_out(request_id) 判断是否办理过，办理过的直接返回已记住的结果。",
    )
