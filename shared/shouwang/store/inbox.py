"""The inbox: which handler has dealt with which event, so that a redelivery has no second effect."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pymongo.collection import Collection

from shouwang.store.reaching import Document, insert_once, reaching

if TYPE_CHECKING:
    from shouwang.clock import Clock


class Inbox:
    """Marks of (handler, event id), unique by the collection's own key."""

    def __init__(self, collection: Collection[Document], clock: Clock) -> None:
        self._collection, self._clock = collection, clock

    def seen(self, handler: str, event_id: str) -> bool:
        """Tell whether it was marked."""
        with reaching("inbox"):
            return self._collection.find_one({"_id": _key(handler, event_id)}, {"_id": 1}) is not None

    def mark(self, handler: str, event_id: str) -> bool:
        """Mark it, after its effect was stored; False when it was marked before."""
        with reaching("inbox"):
            return insert_once(self._collection, {"_id": _key(handler, event_id), "at": self._clock.now()})

    def forget(self, before: datetime) -> int:
        """Delete marks older than `before` (UTC), longer ago than any redelivery; returns how many."""
        with reaching("inbox"):
            return self._collection.delete_many({"at": {"$lt": before}}).deleted_count


def _key(handler: str, event_id: str) -> str:
    return f"{handler} {event_id}"
