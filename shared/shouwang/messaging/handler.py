"""The durable event handler: retries with back-off, then dead letters; effect once by the service's inbox."""

from __future__ import annotations

from typing import Any, Protocol

from nameko.extensions import Entrypoint


class Inbox(Protocol):
    """Remembers which events a handler has handled (the store's `db.inbox`)."""

    def seen(self, handler: str, event_id: str) -> bool:
        """Say whether the handler has handled the event."""

    def mark(self, handler: str, event_id: str) -> None:
        """Remember that the handler has handled the event."""


class EventHandler(Entrypoint):  # type: ignore[misc]
    """Entry point: `@on_event("assistance", "measure.paid")`; the method takes the envelope (a dict).

    Source may be `*`. Override `inbox()` to name the service's inbox. The worker context data holds `event_id`,
    `attempt` and `request_id` (stable over redeliveries).
    """

    def __init__(
        self,
        source: str,
        event: str,
        *,
        delays_ms: tuple[int, ...] | None = None,
        delivery_limit: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)

    def inbox(self) -> Inbox | None:
        """Return the memory of handled events; None: the handler itself must be idempotent."""
        return None


on_event = EventHandler.decorator
