"""Messages that may have killed a process: handled one at a time, so that no other dies with them.

When a process dies, everything that it held comes back and is counted, the innocent with the guilty. What
came back twice is a suspect: it runs only when no other suspect does; the others wait in a delay queue.
What kills its process again then reaches the delivery limit of its queue alone.
"""

from __future__ import annotations

from typing import Any

import eventlet
from kombu.message import Message

from shouwang.messaging.topology import SUSPECT

SUSPECT_AFTER = 2
GRACE_SECONDS = 0.3
"""Time for the other suspects to be moved to safety before one runs."""


class Suspects:
    """Of one process and service: which suspect is running, if any."""

    def __init__(self) -> None:
        self._running: Message | None = None

    def admit(self, message: Message) -> bool:
        """Say whether the message may run now; a suspect that may runs after a moment."""
        if not suspected(message.headers):
            return True
        if self._running is not None:
            return False
        self._running = message
        eventlet.sleep(GRACE_SECONDS)
        return True

    def release(self, message: Message) -> None:
        """The message is done with."""
        if self._running is message:
            self._running = None


def suspected(headers: dict[str, Any]) -> bool:
    """Say whether the message came back too often to be trusted."""
    return bool(headers.get(SUSPECT)) or int(headers.get("x-delivery-count", 0)) >= SUSPECT_AFTER
