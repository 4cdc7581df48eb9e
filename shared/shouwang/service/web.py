"""A small HTTP server on green threads: routes in a table, errors as problems (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import eventlet
import eventlet.wsgi
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from shouwang.errors import BadRequest, ConfigurationError, ShouwangError
from shouwang.telemetry import get_logger

LARGEST_BODY: Final = 32 * 1024 * 1024
"""Bytes of a request: a batch of sealed households fits many times."""
PROBLEM: Final = "application/problem+json"

Handler = Callable[..., Response]
_log = get_logger(__name__)


class WebApp:
    """A WSGI application of routes {(method, path): handler(request, **parts)}."""

    def __init__(self, routes: Mapping[tuple[str, str], Handler], hosts: Iterable[str] | None = None) -> None:
        self._map = Map([Rule(path, methods=[method], endpoint=h) for (method, path), h in routes.items()])
        self._hosts = frozenset(hosts) if hosts is not None else None

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = LARGEST_BODY
        return self._answer(request)(environ, start)

    def _answer(self, request: Request) -> Response:
        try:
            self._check_host(request)
            handler, parts = self._map.bind_to_environ(request.environ).match()
            response: Response = handler(request, **parts)
        except ShouwangError as error:
            return problem(error)
        except HTTPException as error:
            return _http_problem(error)
        except Exception as error:  # noqa: BLE001 - it leaves as a typed problem, without its text
            _log.error("request_failed", path=request.path, error=type(error).__name__)
            return problem(ShouwangError("内部错误", code="internal", remedy="详情在服务日志中。"))
        return response

    def _check_host(self, request: Request) -> None:
        # A page in a browser could reach a loopback door under a name of its own (DNS rebinding).
        if self._hosts is not None and request.host.rsplit(":", 1)[0] not in self._hosts:
            raise BadRequest("主机名不是本机", code="door.host", remedy="请用 127.0.0.1 访问。")


class WebServer:
    """Serves an application on one address until stopped; `port` 0 takes a free one."""

    def __init__(self, app: WebApp, host: str, port: int) -> None:
        self._app, self._host, self._wanted = app, host, port
        self._thread: Any = None
        self._socket: Any = None

    @property
    def port(self) -> int:
        """The port that is served."""
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Listen and serve; ConfigurationError `web.port` when the port is taken."""
        try:
            self._socket = eventlet.listen((self._host, self._wanted), reuse_port=False)
        except OSError as error:
            raise ConfigurationError(
                f"端口 {self._wanted} 不能使用（{error.strerror or '已被占用'}）",
                code="web.port",
                where=self._host,
                remedy="请用 SHOUWANG_DOOR_PORT 或 SHOUWANG_METRICS_PORT 另选端口。",
            ) from error
        self._thread = eventlet.spawn(
            eventlet.wsgi.server, self._socket, self._app, log_output=False, keepalive=False
        )

    def stop(self) -> None:
        """Stop listening; requests at hand are answered."""
        if self._thread is not None:
            self._thread.kill()
            self._socket.close()
            self._thread = None


def answer(body: Any, status: int = 200) -> Response:
    """Return a JSON response."""
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")


def problem(error: ShouwangError) -> Response:
    """Return an error as application/problem+json: type, title, status, detail, and our own members."""
    body = {
        "type": f"urn:shouwang:error:{error.code}",
        "title": error.message,
        "status": error.status,
        "detail": str(error),
        **error.to_dict(),
    }
    return Response(json.dumps(body, ensure_ascii=False), status=error.status, content_type=PROBLEM)


def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request; BadRequest `door.not_json`."""
    try:
        body = json.loads(request.get_data())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise BadRequest("请求体不是 JSON 对象", code="door.not_json", remedy="请发送 JSON 对象。")
    return body


def _http_problem(error: HTTPException) -> Response:
    status = error.code or 500
    body = {"type": "about:blank", "title": error.name, "status": status, "detail": error.name}
    return Response(json.dumps(body), status=status, content_type=PROBLEM)
