"""The bus as a handler sees it: calls carry the service's own token and say for whom they are made."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol

from shouwang.access import Actor
from shouwang.errors import ShouwangError

_LOST: Final = object()
_NAMESPACE: Final = uuid.UUID("6f0a7a3e-5f6a-4c0e-9d0b-2d5f6f2b9a11")


class Caller(Protocol):
    """What is needed of the messaging client."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call and return the result."""

    def carrying(self, **context: Any) -> Caller:
        """Return a caller that sends this context besides."""

    def within(self, seconds: float) -> Caller:
        """Return a caller with another time limit."""


@dataclass(frozen=True)
class Ask:
    """One of several calls that are made at the same time."""

    service: str
    method: str
    args: dict[str, Any] = field(default_factory=dict)


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
        return self._caller.carrying(**self._carried(service, method)).call(service, method, **args)

    def call_all(self, asks: Sequence[Ask], *, within: float) -> list[Any]:
        """Make all calls at once; return for each its result, or the ShouwangError that came of it.

        None waits longer than `within` seconds, so nor does this: who is silent is Unavailable.
        """
        found: list[Any] = [_LOST] * len(asks)
        begun = [self._begin(ask, within, partial(found.__setitem__, at)) for at, ask in enumerate(asks)]
        for thread in begun:
            thread.join()
        if any(one is _LOST for one in found):  # its thread has told why
            raise RuntimeError(
                "a call made at the same time as others ended without an answer or a typed error"
            )
        return found

    def _begin(self, ask: Ask, within: float, keep: Callable[[Any], None]) -> threading.Thread:
        carried = self._carried(ask.service, ask.method)

        def make() -> None:
            caller = self._caller.carrying(**carried).within(within)
            keep(outcome_of(partial(caller.call, ask.service, ask.method, **ask.args)))

        thread = threading.Thread(target=make, name=f"ask-{ask.service}")
        thread.start()
        return thread

    def _carried(self, service: str, method: str) -> dict[str, str]:
        request_id = self._next(service, method)
        return {"token": self._token(), "on_behalf_of": self._for, "request_id": request_id}

    def _next(self, service: str, method: str) -> str:
        target = f"{service}.{method}"
        self._made[target] += 1
        return str(uuid.uuid5(_NAMESPACE, f"{self._request_id}/{target}/{self._made[target]}"))


def outcome_of(call: Callable[[], Any]) -> Any:
    """Return what a call gives, or the typed error it ends with."""
    try:
        return call()
    except ShouwangError as error:
        return error
