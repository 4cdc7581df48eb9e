"""Connecting to the bus, and what it means when that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic, sleep
from typing import TypeVar

import amqp
from kombu.connection import Connection
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError
from nameko import config
from nameko.constants import AMQP_SSL_CONFIG_KEY, LOGIN_METHOD_CONFIG_KEY
from nameko.utils import sanitize_url

from shouwang.errors import ConfigurationError, Unavailable

LOST = (OSError, OperationalError, amqp.ConnectionError, amqp.RecoverableChannelError)
"""What a lost connection looks like."""

CONNECT_SECONDS = 3.0
PATIENCE_SECONDS = 5.0
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0

Result = TypeVar("Result")


def connection_to(amqp_uri: str, heartbeat: int | None = None) -> Connection:
    """Return a connection, not yet established, with the TLS settings of the process."""
    return Connection(
        amqp_uri,
        ssl=config.get(AMQP_SSL_CONFIG_KEY),
        login_method=config.get(LOGIN_METHOD_CONFIG_KEY),
        connect_timeout=CONNECT_SECONDS,
        heartbeat=heartbeat,
    )


def connect(amqp_uri: str) -> Connection:
    """Return an established connection; one of LOST when the broker is not there."""
    connection = connection_to(amqp_uri)
    connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
    publish_without_reading(connection)
    return connection


def publish_without_reading(connection: Connection) -> None:
    """Keep py-amqp from reading an established connection whenever something is published on it.

    It does so to learn that the broker blocks the connection. Where one green thread reads and others
    publish, a second reader takes the middle of a frame for the beginning of one, and the process hangs.
    Who reads the connection still learns of it.
    """
    link = connection.connection
    if isinstance(link, amqp.Connection):
        link.client_properties.get("capabilities", {}).pop("connection.blocked", None)


def persist(attempt: Callable[[], Result], amqp_uri: str, patience: float = PATIENCE_SECONDS) -> Result:
    """Try again while the connection is lost; after `patience` seconds Unavailable `bus.unreachable`."""
    until, pause = monotonic() + patience, FIRST_PAUSE
    while True:
        try:
            return attempt()
        except LOST as error:
            if monotonic() + pause > until:
                raise unreachable(amqp_uri) from error
        sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def declare(amqp_uri: str, entities: Iterable[Queue | Exchange], patience: float = PATIENCE_SECONDS) -> None:
    """Declare queues with their exchanges and bindings; Unavailable when the broker is not there."""
    wanted = list(entities)

    def attempt() -> None:
        with connect(amqp_uri) as connection, connection.channel() as channel:
            for entity in wanted:
                entity(channel).declare()

    try:
        persist(attempt, amqp_uri, patience)
    except amqp.PreconditionFailed as error:
        raise _declared_otherwise(str(error)) from error


def _declared_otherwise(problem: str) -> ConfigurationError:
    return ConfigurationError(
        "消息队列已存在，但参数与本版本不同",
        code="bus.declared_otherwise",
        where=problem,
        remedy="请先处理完该队列中的消息，再删除该队列，由服务重新建立。",
    )


def unreachable(amqp_uri: str) -> Unavailable:
    """Return the error for a broker that does not answer."""
    return Unavailable(
        "消息总线连接不上",
        code="bus.unreachable",
        where=sanitize_url(amqp_uri),
        remedy="请检查 RabbitMQ 是否在运行、AMQP_URI 的地址和账号是否正确，恢复后重试。",
    )
