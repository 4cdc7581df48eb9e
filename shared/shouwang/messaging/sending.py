"""How an event looks when it leaves, and the way in which RabbitMQ takes it: confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shouwang.messaging import envelope as envelopes
from shouwang.messaging import metrics
from shouwang.messaging.connection import declare
from shouwang.messaging.publisher import Outgoing, Publisher
from shouwang.messaging.topology import EVENTS, events_exchange
from shouwang.messaging.waitlist import Waiting, WaitingEvent, Waitlist


class Way(Protocol):
    """How events leave the outbox."""

    def look(self) -> None:
        """Something may be new in the outbox."""

    def carry(self, batch: int) -> int:
        """Do one round; return how many events were handed over or marked as sent."""

    def idle(self) -> bool:
        """Say whether nothing waits that can still leave."""

    def close(self) -> None:
        """Drop the connections."""


class UntilConfirmed:
    """An event is sent when the broker has confirmed it."""

    def __init__(self, service: str, waitlist: Waitlist, amqp_uri: str) -> None:
        self._service = service
        self._waitlist = waitlist
        self._amqp_uri = amqp_uri
        self._publisher = Publisher(amqp_uri)
        self._declared = False

    def look(self) -> None:
        """Every round looks."""

    def carry(self, batch: int) -> int:
        """Publish the oldest events, confirmed as one batch, and mark them as sent."""
        waiting = self._waitlist.read(batch)
        messages = [outgoing(self._service, each, event) for each in waiting for event in each.events]
        if messages:
            self._declare()
            count_published(self._service, self._publisher.publish_all(messages))
            self._waitlist.mark_all(waiting)
        return len(messages)

    def idle(self) -> bool:
        """Say whether the outbox is empty."""
        return not self._waitlist.read(1)

    def close(self) -> None:
        """Drop the connections."""
        self._publisher.close()

    def _declare(self) -> None:
        if not self._declared:
            declare(self._amqp_uri, [events_exchange()])
            self._declared = True


def outgoing(service: str, waiting: Waiting, event: WaitingEvent) -> Outgoing:
    """Return the event in its envelope, ready to publish; no queue for it is no error, but it is counted."""
    envelope = envelopes.build(
        service,
        event.type,
        waiting.aggregate_id,
        event.data,
        sequence=event.version,
        businessdate=event.on,
        region=event.region,
        actor=event.actor,
        id=event.id,
        time=event.time,
    )
    key = envelopes.routing_key(envelope)
    return Outgoing(EVENTS, key, envelopes.encode(envelope), mandatory=True, message_id=event.id)


def count_published(service: str, routed: Sequence[bool]) -> None:
    """Count what the bus took over, and what of it nobody has a queue for."""
    metrics.PUBLISHED.labels(service).inc(len(routed))
    metrics.UNROUTED.labels(service).inc(routed.count(False))
