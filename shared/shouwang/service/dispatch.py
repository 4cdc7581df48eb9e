"""From what came over the bus to the method and back: who, what, where, then the method, then its result."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from shouwang.access import Actor, require_caller, require_region
from shouwang.errors import BadRequest, StaleVersion
from shouwang.service.bus import Caller
from shouwang.service.context import Context
from shouwang.service.entry import EntryPoint, _CountyWide
from shouwang.service.event import IncomingEvent
from shouwang.service.observing import observed
from shouwang.service.requests import dump, load
from shouwang.service.runtime import Runtime

Result = TypeVar("Result")

REQUEST_ID: Final = "request_id"
ATTEMPTS: Final = 4


def answer_call(
    runtime: Runtime,
    entry: EntryPoint,
    args: Mapping[str, Any],
    data: Mapping[str, Any],
    caller: Caller | None = None,
) -> Any:
    """Answer one call; `data` is its context: token, request_id, on_behalf_of, call_id.

    In this order: Unauthenticated, Forbidden (role or service), BadRequest (schema), Forbidden (region), then
    the method.
    """
    with observed(runtime, entry, data):
        actor = authenticate(runtime, data)
        require_caller(actor, entry.who, entry.callers)
        request_id = _request_id(args, data)

        def attempt() -> Any:
            request = _loaded(runtime, entry, args)
            ctx = runtime.context(actor=actor, request_id=request_id, caller=caller)
            check_region(entry, ctx, request)
            return _invoke(runtime, entry, ctx, request)

        return dump(entry.returns, _on_what_stands(attempt))


def handle_event(
    runtime: Runtime,
    entry: EntryPoint,
    event: IncomingEvent,
    data: Mapping[str, Any],
    caller: Caller | None = None,
) -> None:
    """Handle one event as the service itself, on behalf of who caused it; the event id is the request id."""
    with observed(runtime, entry, data):
        actor = runtime.actor.acting_for(event.actor.get("id"))
        request_id = f"{runtime.name}.{entry.name}:{event.id}"

        def attempt() -> None:
            ctx = runtime.context(actor=actor, request_id=request_id, caller=caller)
            _invoke(runtime, entry, ctx, event.with_data(_loaded_event(entry, event)))

        _on_what_stands(attempt)


def run_day(runtime: Runtime, entry: EntryPoint, day: date) -> None:
    """Run one @daily method for one day, as the service itself."""
    request_id = f"{runtime.name}.{entry.name}:{day.isoformat()}"

    def attempt() -> None:
        ctx = runtime.context(actor=runtime.actor, request_id=request_id, today=day)
        _invoke(runtime, entry, ctx, day)

    with observed(runtime, entry, {}):
        _on_what_stands(attempt)


def authenticate(runtime: Runtime, data: Mapping[str, Any]) -> Actor:
    """Return who acts; a service may say on whose behalf it calls, nobody else may."""
    actor = runtime.verifier.verify(data.get("token"))
    behalf = data.get("on_behalf_of")
    return actor.acting_for(str(behalf)) if behalf and actor.level == "service" else actor


def check_region(entry: EntryPoint, ctx: Context, request: dict[str, Any]) -> None:
    """Refuse a call that concerns a place outside the actor's region."""
    if isinstance(entry.where, _CountyWide):
        return
    code = request.get(entry.where) if isinstance(entry.where, str) else entry.where(ctx, request)
    if not code:
        raise BadRequest(
            "请求没有写明区划",
            code="request.no_region",
            where=f"{ctx.service}.{entry.name}",
            remedy="请补上区划代码。",
        )
    require_region(ctx.actor, str(code))


def _on_what_stands(attempt: Callable[[], Result]) -> Result:
    """Run a use case; when somebody else saved in between, run it whole again on what now stands.

    It loads, decides, saves, and remembers its request: to repeat it decides anew and does nothing twice.
    Each attempt has a context of its own, so that the calls it makes have the same request ids. Only one that
    keeps losing the race is told so (StaleVersion).
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except StaleVersion:
            continue
    return attempt()


def _loaded(runtime: Runtime, entry: EntryPoint, args: Mapping[str, Any]) -> dict[str, Any]:
    assert entry.schema is not None
    return load(entry.schema, dict(args), where=f"{runtime.name}.{entry.name}")


def _loaded_event(entry: EntryPoint, event: IncomingEvent) -> dict[str, Any]:
    assert entry.schema is not None
    return load(entry.schema, event.data, where=f"{event.source}/{event.type}", tolerant=True)


def _invoke(runtime: Runtime, entry: EntryPoint, ctx: Context, argument: Any) -> Any:
    return getattr(runtime.service_cls(ctx), entry.name)(argument)


def _request_id(args: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    given = data.get(REQUEST_ID) or args.get(REQUEST_ID)
    return str(given) if given else uuid.uuid4().hex
