"""The loopback door of the embedded suite: calls, the clock and the list of services over HTTP, by token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from shouwang.access import Actor, Verifier, require_role
from shouwang.access.roles import PLATFORM
from shouwang.errors import BadRequest, NotFound
from shouwang.service.entry import EntryPoint
from shouwang.service.runtime import Runtime
from shouwang.service.web import Handler, answer, read_json
from shouwang.suggestions import did_you_mean

TIMEOUT: Final = 60.0
"""Seconds that a call may take when the caller does not say."""
LONGEST: Final = 600.0
CALL_FIELDS: Final = frozenset({"service", "method", "args", "request_id", "timeout"})


class Door:
    """Handlers of the routes; it passes the caller's token on and adds no right of its own."""

    def __init__(
        self,
        runtimes: Sequence[Runtime],
        verifier: Verifier,
        caller: Any,
        advance: Callable[[date], list[date]],
        letters: Callable[[dict[str, Any], str], Any],
    ) -> None:
        self._runtimes = {runtime.name: runtime for runtime in runtimes}
        self._verifier, self._caller, self._advance, self._letters = verifier, caller, advance, letters

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Return the routes of the door."""
        return {
            ("POST", "/call"): self.call,
            ("POST", "/clock"): self.clock,
            ("POST", "/deadletters"): self.deadletters,
            ("GET", "/services"): self.services,
        }

    def call(self, request: Request) -> Response:
        """POST {service, method, args, request_id?, timeout?} → {result}; the service checks the token."""
        self._actor(request)
        body = read_json(request)
        service, method = self._target(body)
        context = {"token": _bearer(request)}
        if body.get("request_id"):
            context["request_id"] = str(body["request_id"])
        caller = self._caller.carrying(**context).within(_timeout(body))
        return answer({"result": caller.call(service, method, **_args(body))})

    def clock(self, request: Request) -> Response:
        """POST {to: date} → {today, days}; role platform only."""
        require_role(self._actor(request), [PLATFORM])
        days = self._advance(_day(read_json(request)))
        return answer({"today": self._today(), "days": [day.isoformat() for day in days]})

    def deadletters(self, request: Request) -> Response:
        """POST {action: list|show|redrive|drop, queue?, id?, reason?} → {result}; role platform only."""
        actor = self._actor(request)
        require_role(actor, [PLATFORM])
        return answer({"result": self._letters(read_json(request), actor.id)})

    def services(self, request: Request) -> Response:
        """GET → {today, services: [{name, title, calls: [{name, who, arguments}]}]}."""
        self._actor(request)
        described = [_described(runtime) for runtime in self._runtimes.values()]
        return answer({"today": self._today(), "services": described})

    def _today(self) -> str:
        return str(next(iter(self._runtimes.values())).clock.today().isoformat())

    def _actor(self, request: Request) -> Actor:
        return self._verifier.verify(_bearer(request))

    def _target(self, body: dict[str, Any]) -> tuple[str, str]:
        unknown = sorted(set(body) - CALL_FIELDS)
        if unknown or not isinstance(body.get("args", {}), dict):
            raise BadRequest(
                f"请求体有误：{'、'.join(unknown) or 'args 应为对象'}",
                code="door.body",
                remedy='请求体写成 {"service", "method", "args", "timeout"}，args 是按名称的参数。',
            )
        service, method = str(body.get("service", "")), str(body.get("method", ""))
        if service not in self._runtimes:
            known = "、".join(self._runtimes)
            raise NotFound(f"没有服务“{service}”", code="bus.no_service", remedy=f"可用：{known}。")
        methods = [entry.name for entry in self._runtimes[service].of_kind("call")]
        if method not in methods:
            raise NotFound(
                f"服务 {service} 没有方法“{method}”",
                code="bus.no_method",
                remedy=did_you_mean(method, methods),
            )
        return service, method


def _described(runtime: Runtime) -> dict[str, Any]:
    calls = [_described_call(entry) for entry in runtime.of_kind("call")]
    return {"name": runtime.name, "title": runtime.service_cls.title, "calls": calls}


def _described_call(entry: EntryPoint) -> dict[str, Any]:
    fields = entry.schema().fields if entry.schema else {}
    arguments = [{"name": name, "required": field.required} for name, field in fields.items()]
    return {"name": entry.name, "who": entry.allowed(), "arguments": arguments}


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _args(body: dict[str, Any]) -> dict[str, Any]:
    return dict(body.get("args", {}))


def _timeout(body: dict[str, Any]) -> float:
    seconds = body.get("timeout", TIMEOUT)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST:
        raise BadRequest(
            f"timeout 应在 0 至 {LONGEST:.0f} 秒之间",
            code="door.body",
            remedy="请改为这个范围内的秒数，或不写。",
        )
    return float(seconds)


def _day(body: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(body["to"])
    except (KeyError, TypeError, ValueError):
        raise BadRequest(
            "to 应为日期（如 2021-06-30）", code="door.body", remedy="请写成四位年、两位月、两位日。"
        ) from None
