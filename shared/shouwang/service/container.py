"""Makes the nameko service class of a runtime: one nameko entry point for each of ours.

Importing this imports nameko and eventlet; only a process that serves does so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider

from shouwang.errors import ShouwangError
from shouwang.messaging import Bus, EventHandler, Rpc
from shouwang.messaging.envelope import actor_of, event_of, service_of
from shouwang.service.dispatch import answer_call, handle_event
from shouwang.service.entry import EntryPoint
from shouwang.service.event import IncomingEvent, business_date
from shouwang.service.runtime import Runtime


class ContextData(DependencyProvider):  # type: ignore[misc]
    """Gives a worker the context data of its call: token, request id, call id."""

    def get_dependency(self, worker_ctx: Any) -> dict[str, Any]:
        """Return the data with the call id that nameko gave this worker."""
        return {**worker_ctx.data, "call_id": worker_ctx.call_id}


def container_class(runtime: Runtime) -> type:
    """Return a class that nameko can run: the same name, the same method names, our dispatch behind them."""
    parts: dict[str, Any] = {"name": runtime.name, "bus": Bus(), "call_data": ContextData()}
    for entry in runtime.of_kind("call"):
        parts[entry.name] = _call(runtime, entry)
    for entry in runtime.of_kind("on"):
        parts[entry.name] = _event(runtime, entry)
    return type(runtime.service_cls.__name__, (), parts)


def incoming(envelope: dict[str, Any]) -> IncomingEvent:
    """Return the event of an envelope; its data is still as sent."""
    return IncomingEvent(
        id=envelope["id"],
        source=service_of(envelope),
        type=event_of(envelope),
        subject=envelope["subject"],
        sequence=envelope["sequence"],
        on=business_date(envelope["businessdate"]),
        region=envelope.get("region", ""),
        actor=actor_of(envelope),
        data=envelope["data"],
    )


def _call(runtime: Runtime, entry: EntryPoint) -> Callable[..., Any]:
    def answer(self: Any, **args: Any) -> Any:
        return answer_call(runtime, entry, args, self.call_data, self.bus)

    answer.__name__ = entry.name
    marked: Callable[..., Any] = Rpc.decorator(expected_exceptions=ShouwangError)(answer)
    return marked


def _event(runtime: Runtime, entry: EntryPoint) -> Callable[..., Any]:
    def handle(self: Any, envelope: dict[str, Any]) -> None:
        handle_event(runtime, entry, incoming(envelope), self.call_data, self.bus)

    handle.__name__ = entry.name
    marked: Callable[..., Any] = _handler_class(runtime).decorator(entry.source, entry.type)(handle)
    return marked


def _handler_class(runtime: Runtime) -> type[EventHandler]:
    class Handler(EventHandler):
        def inbox(self) -> Any:
            return runtime.db.inbox

    return Handler
