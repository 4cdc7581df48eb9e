"""Taking messages in, raw, over a connection that is made again whenever it is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kombu.connection import Connection
from kombu.entity import Queue
from kombu.message import Message
from kombu.mixins import ConsumerMixin
from kombu.utils.limits import TokenBucket
from nameko import config
from nameko.constants import DEFAULT_HEARTBEAT, HEARTBEAT_CONFIG_KEY

from shouwang.messaging.connection import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    LOST,
    connection_to,
    publish_without_reading,
    unreachable,
)

log = logging.getLogger(__name__)

RESTARTS_PER_SECOND = 2
RESTARTS_AT_ONCE = 3


@dataclass(frozen=True)
class Subscription:
    """One queue, and who takes its messages; no_ack: delivered is dealt with."""

    queue: Queue
    on_message: Callable[[Message], None]
    no_ack: bool = False


class Intake(ConsumerMixin):
    """Consumes from several queues on one connection; `run()` in a thread of its own until `stop()`.

    Message bodies are not decoded here: what cannot be decoded is the business of who takes it. `prefetch`
    is how many messages of each queue are held unacknowledged (0: no limit).
    """

    def __init__(
        self,
        amqp_uri: str,
        subscriptions: Sequence[Subscription],
        prefetch: int = 0,
        at_end: Callable[[Any], None] | None = None,
    ) -> None:
        self.amqp_uri = amqp_uri
        self.subscriptions = subscriptions
        self.prefetch = prefetch
        self.ready = threading.Event()
        self.ended = threading.Event()
        self._at_end = at_end
        self.restart_limit = TokenBucket(RESTARTS_PER_SECOND, capacity=RESTARTS_AT_ONCE)

    @property
    def connection(self) -> Connection:
        """What kombu's mixin clones for each attempt to connect."""
        return connection_to(self.amqp_uri, config.get(HEARTBEAT_CONFIG_KEY, DEFAULT_HEARTBEAT))

    def run(self, _tokens: int = 1, **options: Any) -> None:
        """Consume until stopped."""
        try:
            super().run(_tokens, **options)  # type: ignore[no-untyped-call]
        finally:
            self.ended.set()

    def stop(self) -> None:
        """Take nothing more; `run` returns within a second."""
        self.should_stop = True

    def wait_ready(self, seconds: float | None = None) -> None:
        """Wait until it is connected and consuming; Unavailable `bus.unreachable` when that takes longer."""
        if not self.ready.wait(seconds):
            raise unreachable(self.amqp_uri)

    def ack(self, message: Message) -> bool:
        """Acknowledge; False when the connection is lost, in which case the broker delivers it again."""
        return self._settle(message, message.ack)

    def requeue(self, message: Message) -> bool:
        """Give the message back; False when the connection is lost: the broker has it back already."""
        return self._settle(message, message.requeue)

    @contextmanager
    def consumer_context(self, **options: Any) -> Iterator[Any]:
        """Consume on one connection; `ready` says whether there is one."""
        try:
            with super().consumer_context(**options) as context:
                yield context
        finally:
            self.ready.clear()

    @contextmanager
    def establish_connection(self) -> Iterator[Connection]:
        """Connect, as often as it takes, without the long pauses of kombu's default."""
        with self.create_connection() as connection:  # type: ignore[no-untyped-call]
            connection.ensure_connection(
                self.on_connection_error,
                self.connect_max_retries,
                interval_start=FIRST_PAUSE,
                interval_step=FIRST_PAUSE * 2,
                interval_max=LONGEST_PAUSE,
            )
            publish_without_reading(connection)
            yield connection

    def get_consumers(self, consumer: Any, channel: Any) -> list[Any]:
        """Make a consumer for every queue, all on one channel."""
        return [
            consumer(
                queues=[each.queue],
                on_message=self._taker(each),
                no_ack=each.no_ack,
                prefetch_count=self.prefetch,
                tag_prefix=f"{each.queue.name}.",
            )
            for each in self.subscriptions
        ]

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **_: Any) -> None:
        """Let those go on who wait for the connection."""
        self.ready.set()

    def on_consume_end(self, connection: Any, channel: Any) -> None:
        """Clean up while the channel is still open."""
        if self._at_end is not None:
            self._at_end(channel)

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Say that the broker is away; kombu tries again after `interval` seconds."""
        log.warning("bus unreachable, next attempt in %.1f s: %s", interval, type(exc).__name__)

    def _taker(self, subscription: Subscription) -> Callable[[Message], None]:
        def take(message: Message) -> None:
            if self.should_stop and not subscription.no_ack:
                self.requeue(message)
            else:
                subscription.on_message(message)

        return take

    def _settle(self, message: Message, settle: Callable[[], None]) -> bool:
        if not message.channel.connection:
            return False
        try:
            settle()
        except LOST as error:
            log.warning("bus lost before a message was settled, it comes again: %s", type(error).__name__)
            return False
        return True
