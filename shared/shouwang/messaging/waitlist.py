"""What waits in the outbox, read past events that were altered outside the suite."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from shouwang.errors import Tampered
from shouwang.messaging import metrics

log = logging.getLogger(__name__)

Key = tuple[str, str]


class WaitingEvent(Protocol):
    """One event in the outbox (the store's OutboxEvent)."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def on(self) -> str: ...
    @property
    def time(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def region(self) -> str: ...
    @property
    def actor(self) -> Mapping[str, Any]: ...


class Waiting(Protocol):
    """The unsent events of one aggregate, in order (the store's Pending). key: (collection, aggregate id)."""

    @property
    def key(self) -> Key: ...
    @property
    def aggregate_id(self) -> str: ...
    @property
    def events(self) -> Sequence[WaitingEvent]: ...


class Outbox(Protocol):
    """What the relay needs of the store (`db.outbox`)."""

    def pending(self, limit: int = 500, skip: Collection[Key] = ()) -> Sequence[Any]:
        """Return up to `limit` aggregates with unsent events (Waiting), except those in `skip`."""

    def mark_sent(self, ref: Any, event_ids: Sequence[str]) -> object:
        """Take the first events of `ref` out of the outbox."""

    def mark_all_sent(self, refs: Sequence[Any]) -> object:
        """Take all events of these out of the outbox."""

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have `wake()` called after every save that leaves events."""


class Waitlist:
    """Reads an outbox; an aggregate whose events were altered is passed over, counted and told."""

    def __init__(self, service: str, outbox: Outbox) -> None:
        self.altered: set[Key] = set()
        self._service = service
        self._outbox = outbox

    def read(self, limit: int, skip: Collection[Key] = ()) -> Sequence[Waiting]:
        """Return up to `limit` aggregates with unsent events."""
        while True:
            try:
                found: Sequence[Waiting] = self._outbox.pending(limit, {*self.altered, *skip})
                return found
            except Tampered as error:
                self._pass_over(error)

    def mark(self, waiting: Waiting, event_ids: Sequence[str]) -> None:
        """Take the first events of an aggregate out of the outbox."""
        self._outbox.mark_sent(waiting, event_ids)

    def mark_all(self, waiting: Sequence[Waiting]) -> None:
        """Take all events of these aggregates out of the outbox."""
        self._outbox.mark_all_sent(waiting)

    def _pass_over(self, error: Tampered) -> None:
        key = (str(error.details["collection"]), str(error.details["id"]))
        if key in self.altered:
            raise error
        self.altered.add(key)
        metrics.ALTERED.labels(self._service).inc()
        log.error("events of %s/%s were altered outside the suite and stay where they are", *key)
