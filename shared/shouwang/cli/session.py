"""How a command reaches the services: the embedded suite by its door, real servers over RabbitMQ.

The token comes from the token file; where there is none and the issuer's key lies on this machine (embedded),
`--as ROLE[@REGION]` issues one for a few minutes, by default for the role that usually does this.
"""

from __future__ import annotations

import json
from datetime import date
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Any, Final, Protocol, Self, cast
from urllib.parse import urlsplit

from shouwang.access import Actor, Level, load_issuer
from shouwang.access.keys import PRIVATE, require_private
from shouwang.access.roles import COUNTY_OFFICER, DEPARTMENT_OFFICER, ROLES, USUAL_LEVEL
from shouwang.clock import SystemClock
from shouwang.errors import BadRequest, ShouwangError, Unauthenticated, Unavailable
from shouwang.settings import Settings
from shouwang.suggestions import did_you_mean

MINUTES: Final = 600
"""Seconds for which a token issued by --as holds."""
DEFAULT_TIMEOUT: Final = 60.0
SLACK: Final = 5.0


class Session(Protocol):
    """Calls services with one token."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Return the result; typed errors."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_session(
    settings: Settings,
    acting_as: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    *,
    usual: str = COUNTY_OFFICER,
    department: str = "",
) -> Session:
    """Return a session by the door (embedded) or over the bus; Unauthenticated, Unavailable.

    usual: role where nobody names one; department: its code, for a department officer that is issued here.
    """
    token = token_for(settings, acting_as, usual, department)
    if settings.embedded_broker:
        return DoorSession(door_url(settings), token, timeout)
    from shouwang.messaging import BusClient  # noqa: PLC0415 - nameko only where a broker is used

    return cast(Session, BusClient(settings.amqp_uri, token=token, timeout=timeout))


def token_for(
    settings: Settings, acting_as: str | None, usual: str = COUNTY_OFFICER, department: str = ""
) -> str:
    """Return the token to call with: the filed one, or one issued here for the role."""
    if acting_as is None and settings.token_file.exists():
        require_private(settings.token_file)
        return settings.token_file.read_text(encoding="ascii").strip()
    key = settings.keys_dir / PRIVATE
    if settings.production or not key.exists():
        raise Unauthenticated(
            "没有令牌",
            code="access.missing",
            where=str(settings.token_file),
            remedy="请向平台管理员申请令牌文件。",
        )
    return load_issuer(key).issue(local_actor(settings, acting_as or usual, department), MINUTES)


def local_actor(settings: Settings, text: str, department: str = "") -> Actor:
    """Return the actor of "role" or "role@region"; BadRequest when there is no such role."""
    role, _, region = text.partition("@")
    if role not in ROLES:
        raise BadRequest(f"没有角色“{role}”", code="access.actor", remedy=did_you_mean(role, sorted(ROLES)))
    place = region or settings.county
    org = department if role == DEPARTMENT_OFFICER and department else place
    return Actor(f"cli:{role}", org, cast(Level, USUAL_LEVEL[role]), place, (role,))


def business_date(session: Session) -> date:
    """Return the day that the services are living: the embedded suite's, else today's."""
    if isinstance(session, DoorSession):
        return date.fromisoformat(session.send("GET", "/services")["today"])
    return SystemClock().today()


def door_url(settings: Settings) -> str:
    """Return the address of the running suite's door; Unavailable when none runs on this folder."""
    file = settings.var_dir / "door.json"
    if not file.exists():
        raise Unavailable(
            "没有正在运行的服务",
            code="door.closed",
            where=str(settings.var_dir),
            remedy="请先运行 shouwang up。",
        )
    return str(json.loads(file.read_text(encoding="ascii"))["url"])


class DoorSession:
    """Calls through the loopback door of the embedded suite."""

    def __init__(self, url: str, token: str, timeout: float = DEFAULT_TIMEOUT) -> None:
        self.url, self._token, self._timeout = url, token, timeout

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        """Call `service.method(**args)`; typed errors, Unavailable when the door does not answer."""
        body = {"service": service, "method": method, "args": args, "timeout": self._timeout}
        return self.send("POST", "/call", body)["result"]

    def send(self, verb: str, path: str, body: Any = None) -> Any:
        """Send one request to the door and return its JSON answer."""
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=self._timeout + SLACK)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            connection.request(verb, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            answer = json.loads(response.read() or b"null")
        except (OSError, HTTPException) as error:
            raise Unavailable(
                f"服务没有应答（{type(error).__name__}）",
                code="door.silent",
                where=self.url,
                remedy="请检查 shouwang up 是否仍在运行。",
            ) from None
        finally:
            connection.close()
        return _result(response.status, answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _result(status: int, answer: Any) -> Any:
    if status < 400:
        return answer
    if isinstance(answer, dict) and "error" in answer:
        raise ShouwangError.from_dict(answer)
    raise ShouwangError(
        f"门口回答了 HTTP {status}",
        code="door.answer",
        remedy="请核对网址和端口是不是守望的门口，用 shouwang doctor 查看服务是否正常。",
    )
