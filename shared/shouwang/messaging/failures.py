"""What becomes of a delivery that failed: it waits and comes again, or it goes to the dead letters."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kombu.message import Message

from shouwang.errors import ShouwangError, Unavailable
from shouwang.messaging import metrics, topology
from shouwang.messaging.intake import Intake
from shouwang.messaging.publisher import JSON, Outgoing, Publisher

log = logging.getLogger(__name__)

UNEXPECTED = "unexpected"


class Failures:
    """Moves failed deliveries on; a message is acknowledged only when it is safe where it went."""

    def __init__(self, publisher: Publisher, intake: Intake) -> None:
        self._publisher = publisher
        self._intake = intake

    def failed(self, message: Message, queue: str, error: BaseException, delays_ms: tuple[int, ...]) -> None:
        """Let the message wait for its next attempt, or bury it when there is none left."""
        attempt = attempt_of(message)
        if attempt >= len(delays_ms):
            self.bury(message, queue, error)
            return
        log.warning("event failed, attempt %d comes in %d ms: %s", attempt + 2, delays_ms[attempt], queue)
        headers = {**clean(message.headers), topology.ATTEMPT: attempt + 1}
        self._move(message, topology.delay_name(delays_ms[attempt]), queue, headers, "retried")

    def defer(self, message: Message, queue: str) -> None:
        """Let a suspect wait until no other one runs; that is no failed attempt."""
        log.warning("event came back too often, it waits to be handled alone: %s", queue)
        headers = {**clean(message.headers), topology.SUSPECT: True}
        self._move(message, topology.delay_name(topology.SUSPECT_DELAY_MS), queue, headers, "deferred")

    def bury(self, message: Message, queue: str, error: BaseException) -> None:
        """Send the message to the dead letters of its queue, with the reason."""
        log.error("event goes to the dead letters of %s: %s", queue, reason_of(error))
        headers = {**clean(message.headers), **obituary(error)}
        self._move(message, topology.DEAD, queue, headers, "dead")

    def _move(
        self, message: Message, exchange: str, queue: str, headers: Mapping[str, Any], outcome: str
    ) -> None:
        try:
            safe = self._publisher.publish(copy_of(message, exchange, queue, headers))
        except Unavailable:
            safe = False
        if not safe:
            log.error("event could not be moved to %s, it goes back into %s", exchange, queue)
            self._intake.requeue(message)
            return
        metrics.HANDLED.labels(queue, outcome).inc()
        self._intake.ack(message)


def attempt_of(message: Message) -> int:
    """Return how many attempts failed before this one."""
    return int(message.headers.get(topology.ATTEMPT, 0))


def clean(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the broker wrote: it drops a message that it believes to go in a circle."""
    return {
        name: value
        for name, value in headers.items()
        if name not in topology.BROKER_HEADERS and not name.startswith(topology.BROKER_HEADER_PREFIXES)
    }


def copy_of(message: Message, exchange: str, routing_key: str, headers: Mapping[str, Any]) -> Outgoing:
    """Return the same message, for another place; it must find a queue there."""
    return Outgoing(
        exchange=exchange,
        routing_key=routing_key,
        body=message.body,
        headers=headers,
        mandatory=True,
        message_id=str(message.properties.get("message_id") or ""),
        content_type=message.content_type or JSON,
    )


def obituary(error: BaseException) -> dict[str, str]:
    """Return the headers that say why and when; an unforeseen error's text may hold data and stays out."""
    told = str(error) if isinstance(error, ShouwangError) else type(error).__name__
    return {
        topology.DEAD_REASON: reason_of(error),
        topology.DEAD_ERROR: told[:300],
        topology.DEAD_AT: datetime.now(UTC).isoformat(),
    }


def reason_of(error: BaseException) -> str:
    """Return the stable code of the reason."""
    return error.code if isinstance(error, ShouwangError) else UNEXPECTED
