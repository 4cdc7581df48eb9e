"""The bare peer: request and reply over py-amqp and nothing else.

`python -m deploy.bench.raw AMQP_URI` serves.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import amqp

from deploy.bench.processes import say_ready
from deploy.bench.work import check, p50_ms, request

QUEUE: Final = "bench.raw"


def connect(amqp_uri: str) -> amqp.Connection:
    """Return an open connection."""
    uri = urlsplit(amqp_uri)
    connection = amqp.Connection(f"{uri.hostname}:{uri.port}", userid=uri.username, password=uri.password)
    connection.connect()
    # Else it reads before it publishes: a callback that publishes would be called inside itself.
    connection.client_properties["capabilities"].pop("connection.blocked", None)
    return connection


def serve(amqp_uri: str) -> None:
    """Answer every request with what it held, then acknowledge it; until killed."""
    connection = connect(amqp_uri)
    channel = connection.channel()
    channel.queue_declare(QUEUE, auto_delete=True)

    def answer(message: amqp.Message) -> None:
        body = json.dumps(json.loads(message.body))
        reply = amqp.Message(body, correlation_id=message.properties["correlation_id"])
        channel.basic_publish(reply, routing_key=message.properties["reply_to"])
        channel.basic_ack(message.delivery_tag)

    channel.basic_consume(QUEUE, callback=answer)
    say_ready()
    while True:
        connection.drain_events()


class Client:
    """Sends requests and takes the replies of its own queue, in one thread."""

    def __init__(self, amqp_uri: str) -> None:
        self._connection = connect(amqp_uri)
        self._channel = self._connection.channel()
        self._replies = self._channel.queue_declare(exclusive=True).queue
        self._arrived: Callable[[int, Any], None] = lambda number, answer: None
        self._channel.basic_consume(self._replies, no_ack=True, callback=self._take)

    def sequential(self, count: int) -> float:
        """Return the median milliseconds of a call."""
        return p50_ms(self._call, count)

    def concurrent(self, count: int, at_once: int) -> float:
        """Return the calls answered a second with so many in flight."""
        sent, answered = min(count, at_once), 0

        def arrived(number: int, answer: Any) -> None:
            nonlocal sent, answered
            check(answer, number)
            answered += 1
            if sent < count:
                self._send(sent)
                sent += 1

        self._arrived, started = arrived, perf_counter()
        for number in range(sent):
            self._send(number)
        while answered < count:
            self._connection.drain_events()
        return count / (perf_counter() - started)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _call(self, number: int) -> Any:
        found: list[Any] = []
        self._arrived = lambda _, answer: found.append(answer)
        self._send(number)
        while not found:
            self._connection.drain_events()
        return found[0]

    def _send(self, number: int) -> None:
        body = json.dumps(request(number))
        message = amqp.Message(body, correlation_id=str(number), reply_to=self._replies)
        self._channel.basic_publish(message, routing_key=QUEUE)

    def _take(self, message: amqp.Message) -> None:
        self._arrived(int(message.properties["correlation_id"]), json.loads(message.body))


if __name__ == "__main__":
    serve(sys.argv[1])
