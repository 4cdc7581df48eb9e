"""The outbox: events that were stored with their aggregate and still have to leave."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from pymongo import UpdateOne

from shouwang.errors import Tampered
from shouwang.store.chain import event_mac, sent_mac
from shouwang.store.reaching import Document, reaching

if TYPE_CHECKING:
    from shouwang.store.keys import KeyRing
    from shouwang.store.repository import Repository

_FIELDS = {"outbox": 1, "region": 1}
_WAITING = {"outbox_n": {"$gte": 1}}  # not "$gt": 0, for which some servers walk through every 0
SWEEP_SECONDS = 1.0
"""How often every collection is looked into, whoever saved there."""


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """An event waiting to be published, with what its envelope needs.

    number: counts the aggregate's events from 1. on: business date, time: moment (both ISO). version and
    region: the aggregate's when it happened.
    """

    id: str
    number: int
    type: str
    data: Mapping[str, Any]
    on: str
    time: str
    version: int
    region: str
    actor: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """The unsent events of one aggregate, in order. It is the `ref` that `mark_sent` takes."""

    collection: str
    kind: str
    aggregate_id: str
    region: str
    events: tuple[OutboxEvent, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What `Outbox.pending(skip=…)` takes to pass over this aggregate."""
        return self.collection, self.aggregate_id


class Outbox:
    """All unsent events of one database."""

    def __init__(self, keys: KeyRing, repositories: Mapping[str, Repository]) -> None:
        self._keys, self._repositories = keys, repositories
        self._listeners: list[Callable[[], None]] = []
        self._touched: set[str] = set()
        self._swept = -SWEEP_SECONDS

    def pending(self, limit: int = 500, skip: Collection[tuple[str, str]] = ()) -> list[Pending]:
        """Return up to `limit` aggregates with unsent events; `skip` holds (collection, aggregate id).

        Take large pages: some servers read every match to answer one page. Tampered (details: collection,
        id) when a waiting event was altered: alert, and pass that aggregate over with `skip`.
        """
        found: list[Pending] = []
        for name in self._to_look_into():
            if len(found) < limit:
                found += self._look_into(name, limit - len(found), skip)
        return found

    def _look_into(self, name: str, limit: int, skip: Collection[tuple[str, str]]) -> list[Pending]:
        """Return what waits in one collection; it counts as quiet only when nothing at all does."""
        passed = [agg_id for collection, agg_id in skip if collection == name]
        self._touched.discard(name)  # before the look: a save meanwhile puts it back
        try:
            found = self._of(self._repositories[name], limit, passed)
        except BaseException:
            self._touched.add(name)
            raise
        if found or passed:
            self._touched.add(name)
        return found

    def _to_look_into(self) -> list[str]:
        """Return the collections saved to in this process; every second all, for what others saved."""
        now = monotonic()
        if now - self._swept >= SWEEP_SECONDS:
            self._swept = now
            self._touched = set(self._repositories)
        return [name for name in self._repositories if name in self._touched]

    def mark_sent(self, ref: Pending, event_ids: Sequence[str]) -> bool:
        """Take the first events of `ref` out of the outbox; False when another relay did so before.

        The ids must be the first ones of `ref.events`, without a gap: the order of an aggregate is kept.
        """
        sent = [event for event in ref.events if event.id in set(event_ids)]
        if not sent or sent != list(ref.events[: len(sent)]):
            raise ValueError("events of an aggregate are marked from the first on, without a gap")
        repo = self._repositories[ref.collection]
        with reaching(ref.collection):
            return repo.collection.update_one(*self._taken_out(ref, sent)).matched_count == 1

    def mark_all_sent(self, refs: Sequence[Pending]) -> int:
        """Take all events of these out of the outbox, one round trip a collection; returns how many it was.

        An aggregate that another relay marked before is left as it is.
        """
        marked = 0
        for name in dict.fromkeys(ref.collection for ref in refs):
            updates = [UpdateOne(*self._taken_out(ref, ref.events)) for ref in refs if ref.collection == name]
            with reaching(name):
                written = self._repositories[name].collection.bulk_write(updates, ordered=False)
            marked += written.matched_count
        return marked

    def count(self) -> int:
        """Return how many aggregates still have unsent events."""
        with reaching("outbox"):
            return sum(repo.collection.count_documents(_WAITING) for repo in self._repositories.values())

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have `wake()` called after every save that leaves events (same process): no polling."""
        self._listeners.append(wake)

    def saved(self, collection: str) -> None:
        """Note that events wait in a collection, and tell the listeners."""
        self._touched.add(collection)
        self.wake()

    def wake(self) -> None:
        """Tell the listeners that events wait."""
        for listener in self._listeners:
            listener()

    def _of(self, repo: Repository, limit: int, passed: list[str]) -> list[Pending]:
        query: Document = {**_WAITING}
        if passed:
            query["_id"] = {"$nin": passed}
        with reaching(repo.declaration.collection):
            docs = list(repo.collection.find(query, _FIELDS).limit(limit))
        return [self._pending(repo, doc) for doc in docs]

    def _pending(self, repo: Repository, doc: Document) -> Pending:
        events = tuple(self._event(repo, doc["_id"], event) for event in doc["outbox"])
        return Pending(repo.declaration.collection, repo.kind, doc["_id"], doc["region"], events)

    def _event(self, repo: Repository, agg_id: str, event: Document) -> OutboxEvent:
        expected = event_mac(self._keys, repo.kind, agg_id, event)
        if not hmac.compare_digest(expected.encode(), str(event.get("mac", "")).encode()):
            raise _altered(repo.declaration.collection, agg_id)
        return OutboxEvent(
            event["id"],
            event["n"],
            event["type"],
            event["data"],
            event["on"],
            event["at"],
            event["v"],
            event["region"],
            event["actor"],
        )

    def _taken_out(self, ref: Pending, sent: Sequence[OutboxEvent]) -> tuple[Document, Document]:
        """Return filter and update that take these first events out, unless that was done before."""
        first, last = sent[0].number, sent[-1].number
        mac = sent_mac(self._keys, ref.kind, ref.aggregate_id, last)
        return {"_id": ref.aggregate_id, "sent.n": first - 1 or None}, {
            "$pull": {"outbox": {"n": {"$lte": last}}},
            "$inc": {"outbox_n": first - last - 1},
            "$set": {"sent": {"n": last, "key": self._keys.newest("mac"), "mac": mac}},
        }


def _altered(collection: str, agg_id: str) -> Tampered:
    return Tampered(
        "待发事件被绕过程序改动",
        code="store.outbox_altered",
        where=f"{collection}/{agg_id}",
        remedy="该对象的事件已停发，请用 shouwang verify 查明改动。",
        details={"collection": collection, "id": agg_id},
    )
