"""Calling services: `Caller` (given by `Bus` inside a service) and `BusClient` (standalone)."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic, time
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from shouwang.errors import Unavailable
from shouwang.messaging import answers
from shouwang.messaging.connection import PATIENCE_SECONDS, declare
from shouwang.messaging.publisher import Outgoing, Publisher
from shouwang.messaging.replies import Replies
from shouwang.messaging.topology import CONTEXT_PREFIX, DEADLINE, RPC_EXCHANGE

TIMEOUT_SECONDS = 10.0
MS = 1000


@dataclass(frozen=True)
class Wire:
    """What a Caller calls through."""

    publisher: Publisher
    replies: Replies


@dataclass(frozen=True)
class Caller:
    """Makes RPC calls with a context (token, request_id …) and a time limit in seconds.

    `until` is the deadline (monotonic) of the call being served: no call made for it outlasts it.
    """

    wire: Wire
    context: Mapping[str, Any]
    timeout: float = TIMEOUT_SECONDS
    until: float | None = None

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call `service.method(**args)`; return its JSON result, raise its typed error, or Unavailable:

        `bus.unknown_service`, `bus.timeout` (it may have taken effect: repeat it with the same request_id),
        `bus.deadline` (no time left), `bus.unreachable`.
        """
        where = f"{service}.{method}"
        end = self._end(where)
        identity = str(uuid4())
        slot = self.wire.replies.expect(identity)
        try:
            self._send(where, args, identity, end)
            reply = slot.wait(end - monotonic())
        finally:
            self.wire.replies.forget(identity)
        if reply is None:
            raise _timeout(where)
        return answers.unpack(reply, where)

    def carrying(self, **context: Any) -> Caller:
        """Return a Caller that sends this context data besides: token, request_id, call_id …"""
        return replace(self, context={**self.context, **context})

    def within(self, seconds: float) -> Caller:
        """Return a Caller with another time limit."""
        return replace(self, timeout=seconds)

    def _end(self, where: str) -> float:
        end = monotonic() + self.timeout
        if self.until is not None:
            end = min(end, self.until)
        if end <= monotonic():
            raise _deadline(where)
        return end

    def _send(self, where: str, args: Mapping[str, Any], identity: str, end: float) -> None:
        self.wire.replies.intake.wait_ready(end - monotonic())
        left = end - monotonic()
        message = Outgoing(
            exchange=RPC_EXCHANGE,
            routing_key=where,
            body=json.dumps({"args": [], "kwargs": args}, ensure_ascii=False, allow_nan=False).encode(),
            headers=self._headers(left),
            mandatory=True,
            persistent=False,
            expiration_ms=max(1, int(left * MS)),
            reply_to=self.wire.replies.address,
            correlation_id=identity,
            message_id=identity,
        )
        if not self.wire.publisher.publish(message, min(left, PATIENCE_SECONDS)):
            raise _unknown(where)

    def _headers(self, left: float) -> dict[str, Any]:
        context = {CONTEXT_PREFIX + key: value for key, value in self.context.items() if value is not None}
        return {**context, DEADLINE: int((time() + left) * MS)}


class BusClient:
    """Standalone client, safe for many (green) threads at once; connects at the first call; close it."""

    def __init__(
        self, amqp_uri: str, token: str | None = None, timeout: float = TIMEOUT_SECONDS, name: str = "client"
    ) -> None:
        self.amqp_uri = amqp_uri
        self._publisher = Publisher(amqp_uri)
        self._replies = Replies(amqp_uri, name)
        self._caller = Caller(Wire(self._publisher, self._replies), {"token": token}, timeout)
        self._connecting = threading.Lock()
        self._reader: threading.Thread | None = None

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call as `Caller.call` does."""
        return self.connected().call(service, method, **args)

    def carrying(self, **context: Any) -> Caller:
        """Return a Caller with more context data, over this client's connections."""
        return self.connected().carrying(**context)

    def within(self, seconds: float) -> Caller:
        """Return a Caller with another time limit, over this client's connections."""
        return self.connected().within(seconds)

    def connected(self) -> Caller:
        """Connect if that is not done yet; Unavailable `bus.unreachable` when there is no broker."""
        with self._connecting:
            if self._reader is None:
                declare(self.amqp_uri, [self._replies.queue], min(self._caller.timeout, PATIENCE_SECONDS))
                self._reader = self._read()
        return self._caller

    def close(self) -> None:
        """Give back the connections and the reply queue."""
        if self._reader is not None:
            self._replies.stop(self._publisher)
            self._reader = None
        self._publisher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> threading.Thread:
        reader = threading.Thread(target=self._replies.intake.run, name="bus-replies", daemon=True)
        reader.start()
        self._replies.intake.wait_ready(PATIENCE_SECONDS)
        return reader


def _unknown(where: str) -> Unavailable:
    return Unavailable(
        "没有这个服务，或它没有运行",
        code="bus.unknown_service",
        where=where,
        remedy="请核对服务名，并确认该服务已启动。",
    )


def _timeout(where: str) -> Unavailable:
    return Unavailable(
        "对方服务没有按时答复",
        code="bus.timeout",
        where=where,
        remedy="是否已生效尚不清楚：请用同一 request_id 重试，重复的请求不会生效两次。",
    )


def _deadline(where: str) -> Unavailable:
    return Unavailable(
        "本次办理的时限已到，没有再向下调用",
        code="bus.deadline",
        where=where,
        remedy="请用同一 request_id 重试。",
    )
