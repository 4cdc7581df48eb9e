"""Every contract of the bus is tested on both transports."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from shouwang.messaging import DeadLetters, Relay, reset

from tests.shared.messaging.kit import (
    MemoryOutbox,
    Suite,
    suite_on,
    unique,
)


@pytest.fixture(params=["embedded", pytest.param("rabbit", marks=pytest.mark.rabbit)])
def bus_uri(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty embedded broker, or the RabbitMQ of the session."""
    if request.param == "embedded":
        uri = f"embedded://t{uuid.uuid4().hex}"
        yield uri
        reset(uri)
    else:
        yield request.getfixturevalue("amqp_uri")


@pytest.fixture
def suite(bus_uri: str) -> Iterator[Suite]:
    """Services on the bus under test."""
    with suite_on(bus_uri) as running:
        yield running


@pytest.fixture
def embedded_suite() -> Iterator[Suite]:
    """Services on an embedded bus of their own."""
    with suite_on(f"embedded://t{uuid.uuid4().hex}") as running:
        yield running
        reset(running.amqp_uri)


@pytest.fixture
def rabbit_suite(amqp_uri: str) -> Iterator[Suite]:
    """Services on RabbitMQ."""
    with suite_on(amqp_uri) as running:
        yield running


@pytest.fixture
def dead_letters(bus_uri: str, request: pytest.FixtureRequest) -> Iterator[DeadLetters]:
    """The dead letters of the bus under test."""
    url = None if bus_uri.startswith("embedded") else request.getfixturevalue("management_url")
    letters = DeadLetters(bus_uri, management_url=url or os.environ.get("MANAGEMENT_URL"))
    yield letters
    letters.close()


@pytest.fixture
def source() -> str:
    return unique("source")


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def relay(suite: Suite, source: str, outbox: MemoryOutbox) -> Any:
    relay = Relay(source, outbox, suite.amqp_uri, poll_seconds=5)
    relay.start()
    yield relay
    relay.stop()
