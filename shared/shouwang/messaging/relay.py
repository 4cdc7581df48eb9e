"""The relay: takes events from the outbox to the bus, at least once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class PendingEvent(Protocol):
    """One event that waits in the outbox: its whole envelope, and the aggregate that holds it."""

    @property
    def ref(self) -> Any:
        """The aggregate, as `mark_sent` wants it."""

    @property
    def envelope(self) -> dict[str, Any]:
        """The CloudEvents envelope."""


class Outbox(Protocol):
    """What the relay needs of the store (`db.outbox`)."""

    def pending(self, limit: int) -> Sequence[PendingEvent]:
        """Return the oldest events not yet sent."""

    def mark_sent(self, ref: Any, event_ids: Sequence[str]) -> None:
        """Take the events out of the outbox of their aggregate."""


class Relay:
    """Publishes what is pending, marks it as sent once it is safe; `wake()` after each save."""

    def __init__(self, outbox: Outbox, amqp_uri: str, *, batch: int = 100, poll_seconds: float = 1.0) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Work in a thread of its own until `stop()`."""

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
