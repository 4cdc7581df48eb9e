"""The way in which the embedded suite takes events: sent is what every queue that got it has handled.

An aggregate is in flight while events of it are. It is not read again meanwhile, unless it takes long (a slow
handler, a retry): then later events of it go on their way too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from time import monotonic

from shouwang.messaging.publisher import JSON, UTF_8, Outgoing
from shouwang.messaging.queues import Letter
from shouwang.messaging.sending import count_published, outgoing
from shouwang.messaging.topology import EVENTS
from shouwang.messaging.transport import broker_of
from shouwang.messaging.waitlist import Key, Waiting, WaitingEvent, Waitlist

LONG_SECONDS = 0.5
AT_ONCE = 1000
"""Aggregates in flight before no further one is read."""


@dataclass(frozen=True)
class Flight:
    """An aggregate whose events are under way. seen: how many saves there had been when it was read."""

    waiting: Waiting
    since: float
    seen: int


class UntilHandled:
    """An event is sent when it is handled; one that died stays, with what stands behind it."""

    def __init__(self, service: str, waitlist: Waitlist, amqp_uri: str, wake: Callable[[], None]) -> None:
        self._service = service
        self._waitlist = waitlist
        self._broker = broker_of(amqp_uri)
        self._broker.exchanges.declare(EVENTS, "topic")
        self._wake = wake
        self._saves = 1
        self._looked_at = 0
        self._flights: dict[Key, Flight] = {}
        self._settled: set[Key] = set()
        self._handled: set[str] = set()
        self._dead: set[str] = set()
        self._under_way: set[str] = set()

    def look(self) -> None:
        """Something may be new in the outbox."""
        self._saves += 1

    def carry(self, batch: int) -> int:
        """Mark what has been handled; publish what is new, if there may be something."""
        marked = self._land()
        if self._looked_at == self._saves or len(self._flights) >= AT_ONCE:
            return marked
        seen = self._saves
        waiting = self._waitlist.read(batch, self._passed())
        self._looked_at = seen if len(waiting) < batch else 0
        return marked + sum(self._carry(each, seen) for each in waiting)

    def idle(self) -> bool:
        """Say whether nothing waits but what died, and what stands behind it."""
        return not self._flights and all(
            self._stuck(each) for each in self._waitlist.read(len(self._dead) + 1)
        )

    def close(self) -> None:
        """Nothing to close."""

    def _passed(self) -> list[Key]:
        until = monotonic() - LONG_SECONDS
        return [key for key, flight in self._flights.items() if flight.since > until]

    def _land(self) -> int:
        """Mark the aggregates of which nothing is under way any more."""
        settled, self._settled = self._settled, set()
        ready = [self._flights[key] for key in settled if key in self._flights]
        return sum(self._landed(flight) for flight in ready if self._is_down(flight.waiting))

    def _landed(self, flight: Flight) -> int:
        """Mark an aggregate; look again if something was passed over or could not be marked yet."""
        del self._flights[flight.waiting.key]
        marked = self._mark(flight.waiting)
        if flight.seen != self._saves or marked < len(flight.waiting.events):
            self._looked_at = 0
        return marked

    def _is_down(self, waiting: Waiting) -> bool:
        return not any(event.id in self._under_way for event in waiting.events)

    def _mark(self, waiting: Waiting) -> int:
        """Mark the first events, as far as they are handled."""
        done = [event.id for event in takewhile(lambda event: event.id in self._handled, waiting.events)]
        if done:
            self._waitlist.mark(waiting, done)
            self._handled.difference_update(done)
        return len(done)

    def _carry(self, waiting: Waiting, seen: int) -> int:
        marked = self._mark(waiting)
        return marked + self._depart(waiting, waiting.events[marked:], seen)

    def _depart(self, waiting: Waiting, events: Sequence[WaitingEvent], seen: int) -> int:
        new = [event for event in events if not self._known(event)]
        if new or not self._is_down(waiting):
            self._flights[waiting.key] = Flight(waiting, monotonic(), seen)
        for event in new:
            self._publish(waiting, event)
        return len(new)

    def _known(self, event: WaitingEvent) -> bool:
        return event.id in self._under_way or event.id in self._handled or event.id in self._dead

    def _publish(self, waiting: Waiting, event: WaitingEvent) -> None:
        self._under_way.add(event.id)
        self._broker.watch(event.id, lambda handled: self._settle(waiting.key, event.id, handled))
        routed = self._broker.route(letter(outgoing(self._service, waiting, event))) > 0
        count_published(self._service, [routed])
        if not routed:
            self._broker.forget(event.id)
            self._settle(waiting.key, event.id, True)

    def _settle(self, key: Key, event_id: str, handled: bool) -> None:
        """Note what became of an event; called by the broker, so it must not wait."""
        self._under_way.discard(event_id)
        (self._handled if handled else self._dead).add(event_id)
        if handled and event_id in self._dead:
            self._dead.discard(event_id)
            self._looked_at = 0
        self._settled.add(key)
        self._wake()

    def _stuck(self, waiting: Waiting) -> bool:
        first, *_ = (event.id for event in waiting.events)
        return first in self._dead and all(self._known(event) for event in waiting.events)


def letter(message: Outgoing) -> Letter:
    """Return the message as the embedded broker takes it."""
    properties = {**message.properties(), "content_type": JSON, "content_encoding": UTF_8}
    return Letter(message.body, properties, dict(message.headers), message.exchange, message.routing_key)
