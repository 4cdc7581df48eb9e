"""Publishing with confirms: over kept connections, one message or many at a time.

kombu's own producer pool builds a connection object for every message and waits for each confirm in turn;
here a channel is kept in confirm mode and a whole batch is confirmed at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import amqp

from shouwang.messaging.connection import LOST, PATIENCE_SECONDS, connect, persist

TRANSIENT, PERSISTENT = 1, 2
JSON = "application/json"
UTF_8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to publish. `expiration_ms`: the broker drops it when nobody took it by then."""

    exchange: str
    routing_key: str
    body: bytes | str
    headers: Mapping[str, Any] = field(default_factory=dict)
    mandatory: bool = False
    persistent: bool = True
    expiration_ms: int | None = None
    reply_to: str | None = None
    correlation_id: str | None = None
    message_id: str = field(default_factory=lambda: str(uuid4()))
    content_type: str = JSON

    def properties(self) -> dict[str, Any]:
        """Return the AMQP properties that are set."""
        wanted = {
            "delivery_mode": PERSISTENT if self.persistent else TRANSIENT,
            "message_id": self.message_id,
            "correlation_id": self.correlation_id,
            "reply_to": self.reply_to,
            "expiration": None if self.expiration_ms is None else str(self.expiration_ms),
        }
        return {name: value for name, value in wanted.items() if value is not None}


class ConfirmedChannel:
    """One connection with one channel in confirm mode; used by one (green) thread at a time."""

    def __init__(self, amqp_uri: str) -> None:
        self._connection = connect(amqp_uri)
        self._channel: Any = self._connection.channel()
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._confirmed)
        self._channel.events["basic_nack"].add(self._refused)
        self._channel.events["basic_return"].add(self._came_back)
        self._sent = 0
        self._open: set[int] = set()
        self._nacked = False
        self._returned: set[str] = set()

    def send(self, messages: Sequence[Outgoing], seconds: float) -> list[bool]:
        """Publish all, wait until the broker is responsible for all; say of each whether a queue took it."""
        self._returned.clear()
        for message in messages:
            self._sent += 1
            self._open.add(self._sent)
            self._publish(message)
        while self._open:
            self._connection.drain_events(timeout=seconds)
        if self._nacked:
            raise amqp.RecoverableConnectionError("the broker refused a message")
        return [message.message_id not in self._returned for message in messages]

    def close(self) -> None:
        """Drop the connection without ceremony: it may be broken."""
        self._connection.collect()

    def _publish(self, message: Outgoing) -> None:
        encoded = self._channel.prepare_message(
            message.body,
            content_type=message.content_type,
            content_encoding=UTF_8,
            headers=dict(message.headers),
            properties=message.properties(),
        )
        self._channel.basic_publish(
            encoded, exchange=message.exchange, routing_key=message.routing_key, mandatory=message.mandatory
        )

    def _confirmed(self, number: int, multiple: bool) -> None:
        if multiple:
            self._open = {each for each in self._open if each > number}
        else:
            self._open.discard(number)

    def _refused(self, number: int, multiple: bool) -> None:
        self._nacked = True
        self._confirmed(number, multiple)

    def _came_back(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        self._returned.add(str(message.properties.get("message_id")))


class Publisher:
    """Publishes from any number of (green) threads; keeps as many connections as were busy at once."""

    def __init__(self, amqp_uri: str) -> None:
        self.amqp_uri = amqp_uri
        self._free: list[ConfirmedChannel] = []

    def publish(self, message: Outgoing, patience: float = PATIENCE_SECONDS) -> bool:
        """Publish; say whether a queue took it. Unavailable `bus.unreachable` after `patience` seconds."""
        return self.publish_all([message], patience)[0]

    def publish_all(self, messages: Sequence[Outgoing], patience: float = PATIENCE_SECONDS) -> list[bool]:
        """Publish all or raise; after a lost connection the whole batch goes again (at least once)."""
        return persist(lambda: self._attempt(messages, patience), self.amqp_uri, patience) if messages else []

    def close(self) -> None:
        """Drop all connections."""
        while self._free:
            self._free.pop().close()

    def _attempt(self, messages: Sequence[Outgoing], seconds: float) -> list[bool]:
        channel = self._free.pop() if self._free else ConfirmedChannel(self.amqp_uri)
        try:
            routed = channel.send(messages, seconds)
        except BaseException as error:
            channel.close()
            if isinstance(error, LOST):
                self.close()
            raise
        self._free.append(channel)
        return routed
