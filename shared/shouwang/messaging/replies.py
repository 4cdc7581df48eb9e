"""Waiting for replies: one kept queue and consumer for all calls of a client."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any
from uuid import uuid4

from kombu.message import Message

from shouwang.errors import Unavailable
from shouwang.messaging.intake import Intake, Subscription
from shouwang.messaging.publisher import Outgoing, Publisher
from shouwang.messaging.topology import RPC_EXCHANGE, reply_queue

log = logging.getLogger(__name__)

STOP_SECONDS = 2.0


class Slot:
    """The place where one call waits for its reply."""

    def __init__(self) -> None:
        self._arrived = threading.Event()
        self._reply: dict[str, Any] | None = None

    def fill(self, reply: dict[str, Any]) -> None:
        """Put the reply in and let the caller go on."""
        self._reply = reply
        self._arrived.set()

    def wait(self, seconds: float) -> dict[str, Any] | None:
        """Return the reply, or None when the time is over."""
        self._arrived.wait(max(0.0, seconds))
        return self._reply


class Replies:
    """The reply queue of one client and those who wait on it."""

    def __init__(self, amqp_uri: str, owner: str) -> None:
        self.address = str(uuid4())
        self.queue = reply_queue(owner, self.address)
        subscription = Subscription(self.queue, self._arrived, no_ack=True)
        self.intake = Intake(amqp_uri, [subscription], at_end=self._remove_queue)
        self._slots: dict[str, Slot] = {}

    def expect(self, identity: str) -> Slot:
        """Make the place for the reply to the call with this correlation id."""
        slot = self._slots[identity] = Slot()
        return slot

    def forget(self, identity: str) -> None:
        """Wait for it no longer; a reply that comes after all is dropped."""
        self._slots.pop(identity, None)

    def stop(self, publisher: Publisher) -> None:
        """End the consumer, woken by an empty message to itself, and remove the queue."""
        self.intake.stop()
        try:
            publisher.publish(Outgoing(RPC_EXCHANGE, self.address, b"{}", persistent=False), STOP_SECONDS)
        except Unavailable:
            log.warning("bus unreachable at the end: the reply queue goes by its expiry")
        self.intake.ended.wait(STOP_SECONDS)

    def _arrived(self, message: Message) -> None:
        slot = self._slots.get(message.properties.get("correlation_id", ""))
        if slot is not None:
            slot.fill(json.loads(message.body))

    def _remove_queue(self, channel: Any) -> None:
        if self.intake.should_stop:
            channel.queue_delete(self.queue.name)
