"""The durable event handler: retries with back-off, then dead letters; effect once by the service's inbox.

A failed delivery goes into a shared delay queue and is acknowledged only when it is safe there. After the
last attempt it goes to the dead letters of its queue. An expected refusal is retried like any other error:
what it waits for may arrive in the meantime, and it is never lost without a trace.
"""

from __future__ import annotations

import logging
import sys
from functools import partial
from types import TracebackType
from typing import Any, Protocol

from kombu.message import Message
from nameko import config
from nameko.constants import AMQP_URI_CONFIG_KEY
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension
from nameko.messaging import decode_from_headers

from shouwang.errors import BadRequest, ShouwangError
from shouwang.messaging import envelope as envelopes
from shouwang.messaging import metrics, topology
from shouwang.messaging.connection import declare
from shouwang.messaging.failures import Failures, attempt_of
from shouwang.messaging.intake import Intake, Subscription
from shouwang.messaging.publisher import Publisher
from shouwang.messaging.suspects import Suspects

log = logging.getLogger(__name__)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]
ANY_SOURCE = "*"


class Inbox(Protocol):
    """Remembers which events a handler has handled (the store's `db.inbox`)."""

    def seen(self, handler: str, event_id: str) -> bool:
        """Say whether the handler has handled the event."""

    def mark(self, handler: str, event_id: str) -> object:
        """Remember that the handler has handled the event."""


class EventConsumer(SharedExtension, ProviderCollector):  # type: ignore[misc]
    """Takes the events of all handlers of one service, over one connection."""

    def start(self) -> None:
        """Declare every queue that the handlers need, then consume in a thread of the container."""
        uri = config[AMQP_URI_CONFIG_KEY]
        self.publisher = Publisher(uri)
        declare(uri, [queue for handler in self._providers for queue in handler.queues()])
        subscriptions = [Subscription(handler.queue, handler.take) for handler in self._providers]
        self.intake = Intake(uri, subscriptions, prefetch=self.container.max_workers)
        self.failures = Failures(self.publisher, self.intake)
        self.suspects = Suspects()
        self.container.spawn_managed_thread(self.intake.run)
        self.intake.wait_ready()

    def unregister_provider(self, provider: Any) -> None:
        """Stop taking events as soon as the first handler stops."""
        self.intake.stop()
        super().unregister_provider(provider)

    def stop(self) -> None:
        """Close, when no handler is at work any more."""
        super().stop()
        self.publisher.close()


class EventHandler(Entrypoint):  # type: ignore[misc]
    """Entry point: `@on_event("assistance", "measure.paid")`; the method takes the envelope (a dict).

    source: a service, or `*`. delays_ms: waiting times before each further attempt. delivery_limit: how often
    a message may come back because its consumer died. Override `inbox()` to name the service's memory. The
    worker's context data holds `event_id`, `attempt` (from 0) and `request_id` (stable over redeliveries).
    """

    consumer = EventConsumer()

    def __init__(
        self,
        source: str,
        event: str,
        *,
        delays_ms: tuple[int, ...] | None = None,
        delivery_limit: int = topology.DELIVERY_LIMIT,
        expected_exceptions: Any = (ShouwangError,),
        **options: Any,
    ) -> None:
        super().__init__(expected_exceptions=expected_exceptions, **options)
        self.source = source
        self.event = event
        self.delivery_limit = delivery_limit
        self.delays_ms = delays_ms

    def inbox(self) -> Inbox | None:
        """Return the memory of handled events; None: the handler itself must be idempotent."""
        return None

    def setup(self) -> None:
        """Fix the names and let the service's consumer know."""
        if self.delays_ms is None:
            self.delays_ms = topology.delays_for(config[AMQP_URI_CONFIG_KEY])
        self.name = topology.event_queue_name(self.container.service_name, self.method_name)
        self.queue = topology.event_queue(self.name, f"{self.source}.{self.event}", self.delivery_limit)
        self.consumer.register_provider(self)

    def queues(self) -> list[Any]:
        """Return every queue to declare: delays and dead letters before the handler's own."""
        delays = [
            topology.delay_queue(delay) for delay in {*(self.delays_ms or ()), topology.SUSPECT_DELAY_MS}
        ]
        return [topology.unclaimed_queue(), topology.dead_queue(self.name), *delays, self.queue]

    def stop(self) -> None:
        """Take no more events."""
        self.consumer.unregister_provider(self)

    def take(self, message: Message) -> None:
        """Handle one delivery in a thread of its own: the consumer's thread must not wait."""
        self.container.spawn_managed_thread(partial(self._take, message))

    def _take(self, message: Message) -> None:
        suspects = self.consumer.suspects
        if not suspects.admit(message):
            self.consumer.failures.defer(message, self.name)
        elif not self._begun(message):
            suspects.release(message)

    def _begun(self, message: Message) -> bool:
        """Start a worker, unless the message needs none."""
        try:
            envelope = envelopes.decode(message.body)
            self._check_subscribed(envelope)
            duplicate = self._seen(envelope)
        except BadRequest as poison:
            self.consumer.failures.bury(message, self.name, poison)
        except Exception as error:  # noqa: BLE001 (the memory is out of reach; the event waits and comes again)
            self._failed(message, error)
        else:
            return self._drop(message) if duplicate else self._spawn(message, envelope)
        return False

    def _spawn(self, message: Message, envelope: envelopes.Envelope) -> bool:
        try:
            self.container.spawn_worker(
                self,
                (envelope,),
                {},
                context_data=self._context(message, envelope),
                handle_result=partial(self._done, message, envelope),
            )
        except ContainerBeingKilled:
            self.consumer.intake.requeue(message)
            return False
        return True

    def _done(
        self,
        message: Message,
        envelope: envelopes.Envelope,
        worker_ctx: Any,
        result: Any,
        exc_info: ExcInfo | None,
    ) -> tuple[Any, Any]:
        exc_info = exc_info or self._remember(envelope)
        if exc_info is None:
            self._settle(message, "handled")
        else:
            self._failed(message, exc_info[1])
        self.consumer.suspects.release(message)
        return result, exc_info

    def _remember(self, envelope: envelopes.Envelope) -> Any:
        """Mark the event as handled; an error here is an error of the delivery, which then comes again."""
        inbox = self.inbox()
        try:
            if inbox is not None:
                inbox.mark(self.name, envelope["id"])
        except Exception:  # noqa: BLE001 (it is handed on, to be retried like any other)
            return sys.exc_info()
        return None

    def _seen(self, envelope: envelopes.Envelope) -> bool:
        inbox = self.inbox()
        return inbox is not None and inbox.seen(self.name, envelope["id"])

    def _drop(self, message: Message) -> bool:
        log.info("event handled before, dropped: %s", self.name)
        self._settle(message, "duplicate")
        return False

    def _settle(self, message: Message, outcome: str) -> None:
        metrics.HANDLED.labels(self.name, outcome).inc()
        self.consumer.intake.ack(message)

    def _failed(self, message: Message, error: BaseException) -> None:
        self.consumer.failures.failed(message, self.name, error, self.delays_ms or ())

    def _check_subscribed(self, envelope: envelopes.Envelope) -> None:
        """Refuse what an old binding of the queue still brings."""
        mine = [each for each in self.consumer._providers if each.name == self.name]
        if not any(each.wants(envelope) for each in mine):
            raise BadRequest(
                "处理程序没有订阅这种事件",
                code="bus.not_subscribed",
                where=self.name,
                remedy="多半是队列的旧绑定留下的：请在 RabbitMQ 中删去这个队列上不再订阅的绑定。",
            )

    def wants(self, envelope: envelopes.Envelope) -> bool:
        """Say whether the handler subscribes to events of this source and type."""
        source = envelopes.service_of(envelope)
        return self.source in (ANY_SOURCE, source) and self.event == envelopes.event_of(envelope)

    def _context(self, message: Message, envelope: envelopes.Envelope) -> dict[str, Any]:
        return {
            **decode_from_headers(message.headers),
            "event_id": envelope["id"],
            "attempt": attempt_of(message),
            "request_id": f"{self.name}:{envelope['id']}",
        }


on_event = EventHandler.decorator
