"""Connection and channel of the embedded transport: what kombu and nameko use of py-amqp's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

from amqp.protocol import queue_declare_ok_t
from eventlet.queue import LightQueue
from kombu.exceptions import ChannelError
from kombu.message import Message as KombuMessage
from kombu.transport import base

from shouwang.messaging.broker import Broker
from shouwang.messaging.queues import Letter, MessageQueue, Subscriber

Deliver = Callable[[KombuMessage], None]
Held = tuple[Letter, MessageQueue, Subscriber | None]


class Link:
    """One connection: the deliveries that wait for the consumer to drain them."""

    def __init__(self, client: Any, broker: Broker) -> None:
        self.client = client
        self.broker = broker
        self.channels: list[Channel] = []
        self.inbox: LightQueue[tuple[Deliver, KombuMessage]] = LightQueue()
        self.open = True


class Channel(base.StdChannel):
    """What kombu and nameko use of an AMQP channel; `events` and `confirm_select` as in py-amqp."""

    def __init__(self, link: Link, channel_id: int) -> None:
        self.connection: Link | None = link
        self.channel_id = channel_id
        self.no_ack_consumers: Any = set()
        self.events: defaultdict[str, set[Callable[..., None]]] = defaultdict(set)
        self._broker = link.broker
        self._link = link
        self._prefetch = 0
        self._tags = count(1)
        self._published = count(1)
        self._confirms = False
        self._held: dict[int, Held] = {}
        self._subscribers: dict[str, tuple[MessageQueue, Subscriber]] = {}

    # exchanges and queues

    def exchange_declare(
        self, exchange: str, type: str = "direct", arguments: Any = None, passive: bool = False, **_: Any
    ) -> None:
        """Make the exchange; passive: ChannelError if it is not there."""
        if passive and not self._broker.exchanges.exists(exchange):
            raise ChannelError(f"NOT_FOUND - no exchange '{exchange}'")
        alternate = str((arguments or {}).get("alternate-exchange", ""))
        self._broker.exchanges.declare(exchange, type or "direct", alternate)

    def exchange_delete(self, exchange: str, **_: Any) -> None:
        """Remove the exchange."""
        self._broker.exchanges.delete(exchange)

    def queue_declare(
        self, queue: str = "", passive: bool = False, arguments: Any = None, **_: Any
    ) -> queue_declare_ok_t:
        """Make the queue; passive: ChannelError if it is not there."""
        if passive and queue not in self._broker.queues:
            raise ChannelError(f"NOT_FOUND - no queue '{queue}'")
        found = self._broker.declare_queue(queue, arguments)
        return queue_declare_ok_t(queue, len(found.waiting), len(found.subscribers))

    def queue_bind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        """Bind the queue."""
        if exchange:
            self._broker.exchanges.bind(exchange, queue, routing_key or "")

    def queue_unbind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        """Undo a binding."""
        self._broker.exchanges.unbind(exchange, queue, routing_key)

    def queue_purge(self, queue: str, **_: Any) -> int:
        """Throw away what waits in the queue."""
        return self._broker.declare_queue(queue).purge()

    def queue_delete(self, queue: str, **_: Any) -> None:
        """Remove the queue."""
        self._broker.delete_queue(queue)

    # publishing

    def confirm_select(self, nowait: bool = False) -> None:
        """Confirm what is published from now on, by the `basic_ack` callbacks."""
        self._confirms = True

    def prepare_message(
        self,
        body: Any,
        priority: int | None = None,
        content_type: str | None = None,
        content_encoding: str | None = None,
        headers: dict[str, Any] | None = None,
        properties: dict[str, Any] | None = None,
    ) -> Letter:
        """Return the message as `basic_publish` takes it."""
        kept = {
            **(properties or {}),
            "content_type": content_type,
            "content_encoding": content_encoding,
            "priority": priority,
        }
        return Letter(body, kept, dict(headers or {}), "", "")

    def basic_publish(
        self, message: Letter, exchange: str = "", routing_key: str = "", mandatory: bool = False, **_: Any
    ) -> None:
        """Route the message; a mandatory one that no queue takes is returned."""
        message.exchange, message.routing_key = exchange or "", routing_key or ""
        if not self._broker.route(message) and mandatory:
            self._return(message)
        if self._confirms:
            number = next(self._published)
            for confirmed in list(self.events["basic_ack"]):
                confirmed(number, False)

    def _return(self, message: Letter) -> None:
        error = ChannelError(f"NO_ROUTE {message.exchange}/{message.routing_key}")
        if not self.events["basic_return"]:
            raise error
        for returned in list(self.events["basic_return"]):
            returned(error, message.exchange, message.routing_key, message)

    # consuming

    def basic_qos(self, prefetch_size: int = 0, prefetch_count: int = 0, apply_global: bool = False) -> None:
        """Limit what later consumers of this channel hold unacknowledged."""
        self._prefetch = prefetch_count

    def basic_consume(
        self, queue: str, no_ack: bool = False, callback: Any = None, consumer_tag: str = "", **_: Any
    ) -> str:
        """Have messages of the queue delivered to `callback` when the connection is drained."""

        def deliver(letter: Letter, source: MessageQueue, subscriber: Subscriber) -> None:
            message = self._hand_out(letter, source, subscriber, consumer_tag)
            if no_ack:
                self._settle(message.delivery_tag)
            self._link.inbox.put((callback, message))

        subscriber = Subscriber(deliver, 0 if no_ack else self._prefetch)
        found = self._broker.declare_queue(queue)
        self._subscribers[consumer_tag] = found, subscriber
        if no_ack:
            self.no_ack_consumers.add(consumer_tag)
        found.subscribe(subscriber)
        return consumer_tag

    def basic_cancel(self, consumer_tag: str, **_: Any) -> None:
        """End a consumer; what it holds stays with the channel."""
        if consumer_tag in self._subscribers:
            queue, subscriber = self._subscribers.pop(consumer_tag)
            queue.unsubscribe(subscriber)

    def basic_get(self, queue: str, no_ack: bool = False, **_: Any) -> KombuMessage | None:
        """Return one message, or None."""
        source = self._broker.declare_queue(queue)
        letter = source.get()
        if letter is None:
            return None
        message = self._hand_out(letter, source, None, "")
        if no_ack:
            self._settle(message.delivery_tag)
        return message

    def message_to_python(self, raw_message: KombuMessage) -> KombuMessage:
        """Messages are made ready in `basic_consume`."""
        return raw_message

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:
        """The message is dealt with."""
        self._settle(delivery_tag).dispatch()

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:
        """The message goes back into its queue, or to the dead letters."""
        letter, queue, subscriber = self._held.pop(delivery_tag)
        if subscriber is not None:
            subscriber.held -= 1
        (queue.back if requeue else queue.reject)(letter)
        queue.dispatch()

    def basic_recover(self, requeue: bool = True) -> None:
        """Give everything unacknowledged back, oldest first in line."""
        for tag in sorted(self._held, reverse=True):
            self.basic_reject(tag, requeue=True)

    def close(self) -> None:
        """Close: consumers end, what was not acknowledged goes back."""
        if self.connection is None:
            return
        self.connection = None
        for tag in list(self._subscribers):
            self.basic_cancel(tag)
        self.basic_recover()
        self._link.channels.remove(self)

    def _hand_out(
        self, letter: Letter, queue: MessageQueue, subscriber: Subscriber | None, consumer_tag: str
    ) -> KombuMessage:
        tag = next(self._tags)
        self._held[tag] = letter, queue, subscriber
        return KombuMessage(
            body=letter.body,
            delivery_tag=tag,
            content_type=letter.properties.get("content_type"),
            content_encoding=letter.properties.get("content_encoding"),
            delivery_info={
                "exchange": letter.exchange,
                "routing_key": letter.routing_key,
                "consumer_tag": consumer_tag,
                "redelivered": letter.deliveries > 0,
            },
            properties=letter.properties,
            headers=letter.headers,
            channel=self,
        )

    def _settle(self, tag: int) -> MessageQueue:
        letter, queue, subscriber = self._held.pop(tag)
        if subscriber is not None:
            subscriber.held -= 1
        queue.ack(letter)
        return queue
