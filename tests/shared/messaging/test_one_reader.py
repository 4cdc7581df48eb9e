"""A connection is read by one green thread at a time, however many publish on it."""

from collections import Counter
from typing import Any

import eventlet
import pytest
from amqp.transport import TCPTransport

from tests.shared.messaging.kit import Suite, unique
from tests.shared.messaging.test_contract_rpc import echo_service

pytestmark = pytest.mark.rabbit


class Readers:
    """Counts who reads frames of each connection right now; `most` at once is the answer."""

    def __init__(self) -> None:
        self.now: Counter[int] = Counter()
        self.most = 0

    def reading(self, transport: TCPTransport, *args: Any, **options: Any) -> Any:
        self.now[id(transport)] += 1
        self.most = max(self.most, self.now[id(transport)])
        try:
            return self.real(transport, *args, **options)
        finally:
            self.now[id(transport)] -= 1

    real = staticmethod(TCPTransport.read_frame)


def test_replies_are_sent_without_reading(rabbit_suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = Readers()

    def read_frame(transport: TCPTransport, *args: Any, **options: Any) -> Any:
        return readers.reading(transport, *args, **options)

    monkeypatch.setattr(TCPTransport, "read_frame", read_frame)
    name = unique("echo")
    rabbit_suite.run(echo_service(name))
    calls = [eventlet.spawn(rabbit_suite.client.call, name, "echo", number=number) for number in range(30)]
    assert [call.wait()["number"] for call in calls] == list(range(30))
    assert readers.most == 1


def test_large_and_small_calls_side_by_side(rabbit_suite: Suite) -> None:
    name, large = unique("echo"), "户" * 400_000
    rabbit_suite.run(echo_service(name))

    def call(number: int) -> bool:
        text = large if number % 4 == 0 else "户"
        return bool(rabbit_suite.client.call(name, "echo", text=text)["text"] == text)

    assert all(eventlet.GreenPool(12).imap(call, range(48)))
