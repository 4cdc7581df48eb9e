"""The bus as a handler sees it: calls carry the service's own token and say for whom they are made."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, Protocol

from shouwang.access import Actor

_NAMESPACE: Final = uuid.UUID("6f0a7a3e-5f6a-4c0e-9d0b-2d5f6f2b9a11")


class Caller(Protocol):
    """What is needed of the messaging client."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call and return the result."""

    def carrying(self, **context: Any) -> Caller:
        """Return a caller that sends this context besides."""


class ServiceBus:
    """Calls made while one request is served.

    Each call has a request id derived from the served request's: when that one is delivered again, the same
    calls are recognised as repeats.
    """

    def __init__(self, caller: Caller, token: Callable[[], str], actor: Actor, request_id: str) -> None:
        self._caller, self._token = caller, token
        self._for = actor.on_behalf_of or actor.id
        self._request_id = request_id
        self._made: Counter[str] = Counter()

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call `service.method(**args)` with deadline; typed error or Unavailable."""
        carried = {
            "token": self._token(),
            "on_behalf_of": self._for,
            "request_id": self._next(service, method),
        }
        return self._caller.carrying(**carried).call(service, method, **args)

    def _next(self, service: str, method: str) -> str:
        target = f"{service}.{method}"
        self._made[target] += 1
        return str(uuid.uuid5(_NAMESPACE, f"{self._request_id}/{target}/{self._made[target]}"))
