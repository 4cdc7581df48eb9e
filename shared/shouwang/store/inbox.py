"""The inbox: which handler has dealt with which event, so that a redelivery has no second effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

from shouwang.store.bulk import duplicates
from shouwang.store.reaching import Document, reaching
from shouwang.store.together import Together

if TYPE_CHECKING:
    from shouwang.clock import Clock


class Inbox:
    """Marks of (handler, event id), unique by the collection's own key.

    What the handlers of a process ask and mark at the same moment goes in one round trip.
    """

    def __init__(self, collection: Collection[Document], clock: Clock) -> None:
        self._collection, self._clock = collection, clock
        self._asking = Together(self._seen)
        self._marking = Together(self._mark)

    def seen(self, handler: str, event_id: str) -> bool:
        """Tell whether it was marked."""
        return self._asking.ask(_key(handler, event_id))

    def mark(self, handler: str, event_id: str) -> bool:
        """Mark it, after its effect was stored; False when it was marked before."""
        return self._marking.ask(_key(handler, event_id))

    def forget(self, before: datetime) -> int:
        """Delete marks older than `before` (UTC), longer ago than any redelivery; returns how many."""
        with reaching("inbox"):
            return self._collection.delete_many({"at": {"$lt": before}}).deleted_count

    def _seen(self, keys: Sequence[str]) -> list[bool]:
        query = {"_id": {"$in": list(keys)}} if len(keys) > 1 else {"_id": keys[0]}
        with reaching("inbox"):
            found = {doc["_id"] for doc in self._collection.find(query, {"_id": 1})}
        return [key in found for key in keys]

    def _mark(self, keys: Sequence[str]) -> list[bool]:
        at = self._clock.now()
        with reaching("inbox"):
            known = self._insert([{"_id": key, "at": at} for key in keys])
        return [place not in known for place in range(len(keys))]

    def _insert(self, documents: list[Document]) -> set[int]:
        """Insert what is new; return the places of those that were there."""
        try:
            self._collection.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            return set(duplicates(error))
        return set()


def _key(handler: str, event_id: str) -> str:
    return f"{handler} {event_id}"
