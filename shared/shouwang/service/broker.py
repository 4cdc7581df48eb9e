"""Is the broker there? Asked by health checks and the doctor."""

from __future__ import annotations

from typing import Final

from kombu.connection import Connection
from kombu.exceptions import OperationalError

import shouwang.messaging.transport  # noqa: F401 - registers the embedded transport
from shouwang.errors import Unavailable

PATIENCE: Final = 3.0
"""Seconds."""


def ping(amqp_uri: str) -> None:
    """Connect once; Unavailable `bus.no_broker` when nobody answers (the address is not shown)."""
    try:
        with Connection(amqp_uri, connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1, timeout=PATIENCE)
    except (OSError, OperationalError) as error:
        raise Unavailable(
            f"消息代理没有应答（{type(error).__name__}）",
            code="bus.no_broker",
            where="AMQP_URI",
            remedy="请检查 RabbitMQ 是否运行、地址与密码是否正确。",
        ) from None
