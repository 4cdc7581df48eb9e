"""Finding the dead letter queues of a whole suite."""

from __future__ import annotations

import base64
import json
import os
import urllib.request
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from shouwang.errors import Unavailable
from shouwang.messaging.topology import DEAD_SUFFIX, embedded
from shouwang.messaging.transport import broker_of

MANAGEMENT_PORT = 15672
MANAGEMENT_URL = "MANAGEMENT_URL"
SECONDS = 5.0


def dead_queues(amqp_uri: str, management_url: str | None = None) -> list[str]:
    """Return the names of the handlers' queues that have dead letters beside them."""
    if embedded(amqp_uri):
        names = list(broker_of(amqp_uri).queues)
    else:
        names = [queue["name"] for queue in _ask(amqp_uri, management_url)]
    return sorted(name.removesuffix(DEAD_SUFFIX) for name in names if name.endswith(DEAD_SUFFIX))


def _ask(amqp_uri: str, management_url: str | None) -> list[dict[str, Any]]:
    parts = urlsplit(amqp_uri)
    base = management_url or os.environ.get(MANAGEMENT_URL) or f"http://{parts.hostname}:{MANAGEMENT_PORT}"
    vhost = quote(unquote(parts.path.removeprefix("/")) or "/", safe="")
    request = urllib.request.Request(f"{base.rstrip('/')}/api/queues/{vhost}?columns=name")
    request.add_header("Authorization", _account(parts.username, parts.password))
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
    except OSError as error:
        raise _unreachable(base) from error


def _account(user: str | None, password: str | None) -> str:
    pair = f"{unquote(user or 'guest')}:{unquote(password or 'guest')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _unreachable(base: str) -> Unavailable:
    return Unavailable(
        "查不到死信队列的名单：RabbitMQ 管理接口没有应答",
        code="bus.management_unreachable",
        where=base,
        remedy=f"请用 {MANAGEMENT_URL} 写明管理接口地址并给账号监控权限，或直接写明队列名。",
    )
