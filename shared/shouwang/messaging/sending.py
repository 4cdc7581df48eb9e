"""The two ways in which events leave the outbox: confirmed by RabbitMQ, or handled in the embedded suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import Any, Protocol

from shouwang.messaging import envelope as envelopes
from shouwang.messaging import metrics
from shouwang.messaging.connection import declare
from shouwang.messaging.publisher import JSON, UTF_8, Outgoing, Publisher
from shouwang.messaging.queues import Letter
from shouwang.messaging.topology import EVENTS, embedded, events_exchange
from shouwang.messaging.transport import broker_of


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
    def actor(self) -> Mapping[str, Any]: ...


class Waiting(Protocol):
    """The unsent events of one aggregate, in order (the store's Pending)."""

    @property
    def aggregate_id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def events(self) -> Sequence[WaitingEvent]: ...


class Outbox(Protocol):
    """What the relay needs of the store (`db.outbox`)."""

    def pending(self, limit: int = 100) -> Sequence[Any]:
        """Return up to `limit` aggregates with unsent events (Waiting)."""

    def mark_sent(self, ref: Any, event_ids: Sequence[str]) -> object:
        """Take the first events of `ref` out of the outbox."""

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have `wake()` called after every save that leaves events."""


class Way(Protocol):
    """How events leave; `carry` returns how many were handed over or marked as sent."""

    def carry(self, batch: int) -> int: ...
    def idle(self) -> bool: ...
    def close(self) -> None: ...


def way_for(service: str, outbox: Outbox, amqp_uri: str, wake: Callable[[], None]) -> Way:
    """Return the way that the address asks for."""
    if embedded(amqp_uri):
        return UntilHandled(service, outbox, amqp_uri, wake)
    return UntilConfirmed(service, outbox, amqp_uri)


class UntilConfirmed:
    """An event is sent when the broker has confirmed it."""

    def __init__(self, service: str, outbox: Outbox, amqp_uri: str) -> None:
        self._service = service
        self._outbox = outbox
        self._amqp_uri = amqp_uri
        self._publisher = Publisher(amqp_uri)
        self._declared = False

    def carry(self, batch: int) -> int:
        """Publish the oldest events, confirmed as one batch, and mark them as sent."""
        waiting: Sequence[Waiting] = self._outbox.pending(batch)
        messages = [outgoing(self._service, each, event) for each in waiting for event in each.events]
        if messages:
            self._declare()
            count_published(self._service, self._publisher.publish_all(messages))
        for each in waiting:
            self._outbox.mark_sent(each, [event.id for event in each.events])
        return len(messages)

    def idle(self) -> bool:
        """Say whether the outbox is empty."""
        return not self._outbox.pending(1)

    def close(self) -> None:
        """Drop the connections."""
        self._publisher.close()

    def _declare(self) -> None:
        if not self._declared:
            declare(self._amqp_uri, [events_exchange()])
            self._declared = True


class UntilHandled:
    """An event is sent when every queue that got it has handled it, on the embedded broker."""

    def __init__(self, service: str, outbox: Outbox, amqp_uri: str, wake: Callable[[], None]) -> None:
        self._service = service
        self._outbox = outbox
        self._broker = broker_of(amqp_uri)
        self._broker.exchanges.declare(EVENTS, "topic")
        self._wake = wake
        self._published: set[str] = set()
        self._handled: set[str] = set()
        self._dead: set[str] = set()

    def carry(self, batch: int) -> int:
        """Mark what has been handled, publish what is new."""
        waiting: Sequence[Waiting] = self._outbox.pending(batch + len(self._published))
        return sum(self._carry(each) for each in waiting)

    def idle(self) -> bool:
        """Say whether nothing waits but what died, and what stands behind it."""
        waiting: Sequence[Waiting] = self._outbox.pending(1 + len(self._published))
        return all(self._stuck(each) for each in waiting)

    def close(self) -> None:
        """Nothing to close."""

    def _carry(self, waiting: Waiting) -> int:
        marked = self._mark(waiting)
        new = [event for event in waiting.events[marked:] if event.id not in self._published]
        for event in new:
            self._route(waiting, event)
        return marked + len(new)

    def _mark(self, waiting: Waiting) -> int:
        done = [event.id for event in takewhile(lambda event: event.id in self._handled, waiting.events)]
        if done:
            self._outbox.mark_sent(waiting, done)
            self._handled.difference_update(done)
            self._published.difference_update(done)
        return len(done)

    def _route(self, waiting: Waiting, event: WaitingEvent) -> None:
        self._published.add(event.id)
        self._broker.watch(event.id, lambda handled: self._settled(event.id, handled))
        routed = self._broker.route(letter(outgoing(self._service, waiting, event))) > 0
        count_published(self._service, [routed])
        if not routed:
            self._settled(event.id, True)

    def _settled(self, event_id: str, handled: bool) -> None:
        (self._handled if handled else self._dead).add(event_id)
        if handled:
            self._dead.discard(event_id)
        self._wake()

    def _stuck(self, waiting: Waiting) -> bool:
        ids = [event.id for event in waiting.events]
        return ids[0] in self._dead and all(each in self._dead or each in self._handled for each in ids)


def outgoing(service: str, waiting: Waiting, event: WaitingEvent) -> Outgoing:
    """Return the event in its envelope, ready to publish; no queue for it is no error, but it is counted."""
    envelope = envelopes.build(
        service,
        event.type,
        waiting.aggregate_id,
        event.data,
        sequence=event.version,
        businessdate=event.on,
        region=waiting.region,
        actor=event.actor,
        id=event.id,
        time=event.time,
    )
    key = envelopes.routing_key(envelope)
    return Outgoing(EVENTS, key, envelopes.encode(envelope), mandatory=True, message_id=event.id)


def letter(message: Outgoing) -> Letter:
    """Return the message as the embedded broker takes it."""
    properties = {**message.properties(), "content_type": JSON, "content_encoding": UTF_8}
    return Letter(message.body, properties, dict(message.headers), message.exchange, message.routing_key)


def count_published(service: str, routed: Sequence[bool]) -> None:
    """Count what the bus took over, and what of it nobody has a queue for."""
    metrics.PUBLISHED.labels(service).inc(len(routed))
    metrics.UNROUTED.labels(service).inc(routed.count(False))
