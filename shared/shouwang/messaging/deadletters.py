"""Dead letters: list, look, redrive, drop with the reason on record.

    letters = DeadLetters(amqp_uri)
    letters.list()                                   # of every handler
    letters.redrive(queue="monitoring.count_income")
    letters.drop("monitoring.count_income", id, reason="重复导入", by="county-officer-7")

No data is shown unless asked for; a dropped letter leaves a record without its data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from kombu.exceptions import ChannelError
from kombu.message import Message

from shouwang.errors import BadRequest, NotFound, Unavailable
from shouwang.messaging import topology
from shouwang.messaging.connection import LOST, connect, declare, persist, unreachable
from shouwang.messaging.failures import clean, copy_of
from shouwang.messaging.finding import dead_queues
from shouwang.messaging.publisher import Outgoing, Publisher

OBITUARY = (topology.ATTEMPT, topology.DEAD_REASON, topology.DEAD_ERROR, topology.DEAD_AT)


@dataclass(frozen=True)
class DeadLetter:
    """One dead letter, without its data. reason: stable code; attempts: how many failed."""

    queue: str
    id: str
    event: str
    subject: str
    reason: str
    error: str
    died_at: str
    attempts: int
    redriven: int


@dataclass(frozen=True)
class Dropped:
    """The record of a letter that was dropped by hand."""

    letter: DeadLetter
    reason: str
    by: str
    at: str


Letters = list[DeadLetter]
Messages = Iterator[Message]
Described = Iterator[tuple[Message, DeadLetter]]


@dataclass
class DeadLetters:
    """The dead letters of the `queues` named, else of all.

    RabbitMQ tells the names of all queues through its management API only: `management_url`, else the
    environment variable MANAGEMENT_URL, else port 15672 of the broker's host, with the account of `amqp_uri`.
    """

    amqp_uri: str
    queues: Iterable[str] | None = None
    management_url: str | None = None
    _publisher: Publisher = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._publisher = Publisher(self.amqp_uri)

    def list(self, queue: str | None = None, limit: int = 1000) -> Letters:
        """Return the dead letters of one handler's queue, or of all; at most `limit` of each."""
        return [told for name in self._names(queue) for _, told in self._all(name, limit)]

    def show(self, queue: str, id: str, *, with_data: bool = False) -> dict[str, Any]:
        """Return one letter's envelope; its `data` only when asked for."""
        with self._letters(queue) as letters:
            message = _find(letters, queue, id)
            return _shown(message, with_data)

    def redrive(self, queue: str | None = None, id: str | None = None) -> int:
        """Send one letter, those of a queue, or all, back for a fresh start; return how many."""
        if id is not None and queue is None:
            raise BadRequest("只写了编号，没有写队列", code="bus.queue_missing", remedy="请同时写明队列名。")
        sent = sum(self._redrive(name, id) for name in self._names(queue))
        if id is not None and not sent:
            raise _not_found(str(queue), id)
        return sent

    def drop(self, queue: str, id: str, *, reason: str, by: str) -> DeadLetter:
        """Take one letter away for good; who did it and why stays on record."""
        if not reason.strip() or not by.strip():
            raise BadRequest(
                "作废必须写明理由和经办人", code="bus.reason_missing", remedy="请补充 reason 和 by。"
            )
        declare(self.amqp_uri, [topology.dropped_queue()])
        with self._letters(queue) as letters:
            message = _find(letters, queue, id)
            told = describe(message, queue)
            self._publisher.publish(_record(message, queue, reason, by))
            message.ack()
        return told

    def dropped(self, limit: int = 1000) -> Sequence[Dropped]:
        """Return the record of what was dropped."""
        declare(self.amqp_uri, [topology.dropped_queue()])
        with self._messages(topology.DROPPED, limit) as messages:
            return [_dropped(message) for message in messages]

    def close(self) -> None:
        """Give the connections back."""
        self._publisher.close()

    def _names(self, queue: str | None) -> Sequence[str]:
        if queue is not None:
            return [queue]
        if self.queues is not None:
            return sorted(self.queues)
        return dead_queues(self.amqp_uri, self.management_url)

    def _all(self, queue: str, limit: int) -> Sequence[tuple[Message, DeadLetter]]:
        with self._letters(queue, limit) as letters:
            return list(letters)

    def _redrive(self, queue: str, id: str | None) -> int:
        sent = 0
        with self._letters(queue) as letters:
            for message, told in letters:
                if id in (None, told.id):
                    self._send_back(message, told)
                    sent += 1
        return sent

    def _send_back(self, message: Message, told: DeadLetter) -> None:
        headers = {name: value for name, value in clean(message.headers).items() if name not in OBITUARY}
        headers[topology.REDRIVEN] = told.redriven + 1
        if not self._publisher.publish(copy_of(message, "", told.queue, headers)):
            raise _nobody(told.queue)
        message.ack()

    @contextmanager
    def _letters(self, queue: str, limit: int = 100_000) -> Iterator[Described]:
        with self._messages(topology.dead_queue_name(queue), limit) as messages:
            yield ((message, describe(message, queue)) for message in messages)

    @contextmanager
    def _messages(self, name: str, limit: int) -> Iterator[Messages]:
        """Hold the messages of a queue; what is not acknowledged is back in it when the block ends."""
        held: list[Message] = []
        try:
            with persist(lambda: connect(self.amqp_uri), self.amqp_uri) as connection:
                channel: Any = connection.channel()
                try:
                    yield _take(channel, name, limit, held)
                finally:
                    _give_back(channel, held)
        except LOST as error:
            raise unreachable(self.amqp_uri) from error


def describe(message: Message, queue: str) -> DeadLetter:
    """Return what may be told about a dead letter."""
    headers, envelope = message.headers, _envelope(message)
    return DeadLetter(
        queue=_origin(message, queue),
        id=str(message.properties.get("message_id") or envelope.get("id") or _digest(message)),
        event=str(envelope.get("type", "")),
        subject=str(envelope.get("subject", "")),
        reason=str(headers.get(topology.DEAD_REASON) or _broker_reason(headers)),
        error=str(headers.get(topology.DEAD_ERROR, "")),
        died_at=str(headers.get(topology.DEAD_AT, "")),
        attempts=int(headers.get(topology.ATTEMPT, 0)) + 1,
        redriven=int(headers.get(topology.REDRIVEN, 0)),
    )


def _take(channel: Any, name: str, limit: int, held: list[Message]) -> Iterator[Message]:
    for _ in range(min(limit, _count(channel, name))):
        raw = channel.basic_get(name)
        if raw is None:
            return
        held.append(channel.message_to_python(raw))
        yield held[-1]


def _count(channel: Any, name: str) -> int:
    try:
        return int(channel.queue_declare(name, passive=True).message_count)
    except ChannelError as error:
        raise _no_queue(name) from error


def _give_back(channel: Any, held: Iterable[Message]) -> None:
    """Put back one by one: what a closing connection holds would be out of sight for a moment longer."""
    for message in held:
        if not message.acknowledged:
            message.requeue()
    if channel.connection:
        channel.close()


def _find(letters: Iterable[tuple[Message, DeadLetter]], queue: str, id: str) -> Message:
    for message, told in letters:
        if told.id == id:
            return message
    raise _not_found(queue, id)


def _shown(message: Message, with_data: bool) -> dict[str, Any]:
    envelope = _envelope(message)
    if with_data:
        return envelope or {"body": message.body if isinstance(message.body, str) else message.body.hex()}
    return {name: value for name, value in envelope.items() if name != "data"}


def _envelope(message: Message) -> dict[str, Any]:
    """Return what is in the letter as far as it is a JSON object; a poisoned letter has nothing to tell."""
    try:
        content = json.loads(message.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _origin(message: Message, queue: str) -> str:
    """Return the queue in which it died; of what no queue claims, the routing key says it."""
    if queue == topology.UNCLAIMED:
        return str(message.delivery_info.get("routing_key", queue))
    return queue


def _broker_reason(headers: dict[str, Any]) -> str:
    deaths = headers.get("x-death") or [{}]
    return str(deaths[0].get("reason", "unknown"))


def _digest(message: Message) -> str:
    body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
    return sha256(body).hexdigest()[:16]


def _record(message: Message, queue: str, reason: str, by: str) -> Outgoing:
    told = describe(message, queue)
    headers = {
        **clean(message.headers),
        topology.DROP_REASON: reason,
        topology.DROPPED_BY: by,
        topology.DROPPED_AT: datetime.now(UTC).isoformat(),
        topology.DROPPED_FROM: told.queue,
    }
    body = json.dumps(_shown(message, with_data=False), ensure_ascii=False)
    return Outgoing("", topology.DROPPED, body.encode(), headers, mandatory=True, message_id=told.id)


def _dropped(message: Message) -> Dropped:
    headers = message.headers
    return Dropped(
        letter=describe(message, str(headers[topology.DROPPED_FROM])),
        reason=str(headers[topology.DROP_REASON]),
        by=str(headers[topology.DROPPED_BY]),
        at=str(headers[topology.DROPPED_AT]),
    )


def _no_queue(name: str) -> NotFound:
    return NotFound(
        "没有这个死信队列",
        code="bus.no_such_queue",
        where=name,
        remedy="队列名是“服务.方法”；该服务启动过一次之后才有队列。",
    )


def _not_found(queue: str, id: str) -> NotFound:
    return NotFound(
        "没有这封死信", code="bus.no_such_dead_letter", where=f"{queue} {id}", remedy="请先列出死信再选。"
    )


def _nobody(queue: str) -> Unavailable:
    return Unavailable(
        "没有队列接收重新投递的消息",
        code="bus.no_queue",
        where=queue,
        remedy="请先启动该处理程序所在的服务，再重新投递；消息仍在死信中。",
    )
