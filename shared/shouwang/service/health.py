"""`/health` and `/metrics`: what every process answers, in any mode, without a token and without a secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.wrappers import Request, Response

from shouwang.errors import NotFound, ShouwangError
from shouwang.service.runtime import Runtime
from shouwang.service.web import Handler, answer
from shouwang.telemetry import exposition

Check = Callable[[], None]


def health_routes(runtimes: Sequence[Runtime], broker: Check) -> dict[tuple[str, str], Handler]:
    """Return the routes; `broker` raises a ShouwangError when the broker does not answer."""
    by_name = {runtime.name: runtime for runtime in runtimes}

    def all_services(request: Request) -> Response:
        del request
        states = {name: state_of(runtime, broker) for name, runtime in by_name.items()}
        fine = all(state["status"] == "ok" for state in states.values())
        return answer({"status": "ok" if fine else "failing", "services": states}, 200 if fine else 503)

    def one_service(request: Request, service: str) -> Response:
        del request
        if service not in by_name:
            raise NotFound(
                f"这里没有服务“{service}”", code="health.no_service", remedy="请核对网址中的服务名称。"
            )
        state = state_of(by_name[service], broker)
        return answer(state, 200 if state["status"] == "ok" else 503)

    return {
        ("GET", "/health"): all_services,
        ("GET", "/health/<service>"): one_service,
        ("GET", "/metrics"): metrics,
    }


def state_of(runtime: Runtime, broker: Check) -> dict[str, Any]:
    """Return {status, business_date, checks: {store, broker}}; a check is "ok" or the code of its error."""
    checks = {"store": _result(runtime.db.ping), "broker": _result(broker)}
    status = "ok" if set(checks.values()) == {"ok"} else "failing"
    return {"status": status, "business_date": runtime.clock.today().isoformat(), "checks": checks}


def metrics(request: Request) -> Response:
    """Answer Prometheus."""
    del request
    body, kind = exposition()
    return Response(body, content_type=kind)


def _result(check: Check) -> str:
    try:
        check()
    except ShouwangError as error:
        return error.code
    return "ok"
