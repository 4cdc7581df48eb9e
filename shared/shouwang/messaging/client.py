"""Calling services: `Caller` (inside a service, given by `Bus`) and `BusClient` (standalone)."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self


class Caller:
    """Makes RPC calls with a context (token, request_id …) and a time limit; every setting returns a new Caller."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call `service.method(**args)`, return its JSON result, raise its typed error or Unavailable."""
        raise NotImplementedError

    def carrying(self, **context: Any) -> Caller:
        """Return a Caller that sends this context data besides (token=…, request_id=…, call_id=…)."""
        raise NotImplementedError

    def within(self, seconds: float) -> Caller:
        """Return a Caller with another time limit; it never outlasts the deadline of the call being served."""
        raise NotImplementedError


class BusClient(Caller):
    """Standalone client, safe for concurrent use by threads or green threads; close it, or use `with`."""

    def __init__(self, amqp_uri: str, token: str | None = None, timeout: float = 10.0) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Give back the connections and delete the reply queue."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
