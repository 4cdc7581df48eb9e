"""Inbox (being written)."""

from __future__ import annotations


class Inbox:
    """Which handler has dealt with which event."""

    def seen(self, handler: str, event_id: str) -> bool:
        """Tell whether it was marked."""
        raise NotImplementedError

    def mark(self, handler: str, event_id: str) -> bool:
        """Mark it; False when it was marked before."""
        raise NotImplementedError
