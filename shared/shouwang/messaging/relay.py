"""The relay: takes events from the outbox to the bus, at least once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol


class WaitingEvent(Protocol):
    """One event in the outbox (the store's OutboxEvent)."""

    id: str
    type: str
    data: Mapping[str, Any]
    on: str
    time: str
    version: int
    actor: Mapping[str, Any]


class Waiting(Protocol):
    """The unsent events of one aggregate, in order (the store's Pending)."""

    collection: str
    aggregate_id: str
    region: str
    events: Sequence[WaitingEvent]


class Outbox(Protocol):
    """What the relay needs of the store (`db.outbox`)."""

    def pending(self, limit: int = 100) -> Sequence[Any]:
        """Return up to `limit` aggregates with unsent events (Waiting)."""

    def mark_sent(self, ref: Any, event_ids: Sequence[str]) -> object:
        """Take the first events of `ref` out of the outbox."""

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have `wake()` called after every save that leaves events."""


class Relay:
    """Publishes what is pending, marks it as sent once it is safe: `Relay("monitoring", db.outbox, amqp_uri)`."""

    def __init__(
        self, service: str, outbox: Outbox, amqp_uri: str, *, batch: int = 100, poll_seconds: float = 1.0
    ) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Work in a (green) thread of its own until `stop()`; subscribes to the outbox."""

    def stop(self) -> None:
        """Finish the batch at hand and stop."""

    def wake(self) -> None:
        """Look into the outbox now."""

    def pump(self) -> int:
        """Publish one batch in the calling thread; return how many events were handed over."""
        raise NotImplementedError

    def idle(self) -> bool:
        """Say whether the outbox is empty, apart from events that died on the embedded transport."""
        raise NotImplementedError
