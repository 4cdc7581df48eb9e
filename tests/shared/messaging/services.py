"""Handlers for the tests of events."""

from collections.abc import Callable
from typing import Any

from shouwang.messaging import EventHandler, Inbox

from tests.shared.messaging.kit import FAST, MemoryInbox, Witness

Act = Callable[[dict[str, Any]], None]


def listener(
    name: str,
    source: str,
    event: str,
    act: Act,
    *,
    inbox: Inbox | None = None,
    delays_ms: tuple[int, ...] | None = FAST,
) -> type:
    """Return a service with one handler `hear` that does `act(envelope)`."""

    class Remembering(EventHandler):
        def inbox(self) -> Inbox | None:
            return inbox

    class Listener:
        @Remembering.decorator(source, event, delays_ms=delays_ms)
        def hear(self, envelope: dict[str, Any]) -> None:
            act(envelope)

    Listener.name = name
    return Listener


class Flaky:
    """Fails the first `times` deliveries of each event, then notes its number."""

    def __init__(self, times: int, error: Exception | None = None) -> None:
        self.times = times
        self.error = error or RuntimeError("430426199001011234")
        self.attempts = Witness()
        self.done = Witness()

    def __call__(self, envelope: dict[str, Any]) -> None:
        number = envelope["data"]["number"]
        self.attempts.note(number)
        if self.attempts.seen.count(number) <= self.times:
            raise self.error
        self.done.note(number)


def memory() -> MemoryInbox:
    """Return an empty inbox."""
    return MemoryInbox()
