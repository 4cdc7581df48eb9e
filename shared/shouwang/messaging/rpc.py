"""RPC inside a service: the entry point that answers calls, and the provider that makes them."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider
from nameko.rpc import Rpc as NamekoRpc

from shouwang.messaging.client import Caller


class Rpc(NamekoRpc):  # type: ignore[misc]
    """Entry point: answers RPC calls to the method it decorates (`rpc = Rpc.decorator`)."""


rpc = Rpc.decorator


class Bus(DependencyProvider):  # type: ignore[misc]
    """Provider: injects a Caller, bounded by the deadline of the call being served."""

    def get_dependency(self, worker_ctx: Any) -> Caller:
        """Return the Caller for one worker."""
        raise NotImplementedError
