"""The keys of a suite: who issues tokens, who verifies them, and each service's own ring and token.

<keys>/issuer.pem        private; only where tokens are issued
<keys>/verifier.pem      public; every service has it
<keys>/<service>/        the service's key ring
<keys>/<service>/token   the service's own token, where no issuer is at hand
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from shouwang.access import Actor, Issuer, generate_issuer, load_issuer
from shouwang.access.keys import PRIVATE, require_private
from shouwang.access.roles import SERVICE
from shouwang.errors import Unauthenticated
from shouwang.files import write_private
from shouwang.store import KeyRing

TOKEN: Final = "token"
SHORT: Final = 3600
"""Seconds for which a token of a service holds where the issuer is at hand."""


def service_actor(name: str, county: str) -> Actor:
    """Return the actor as which a service calls others."""
    return Actor(f"service:{name}", name, "service", county, (SERVICE,))


def issuer_of(folder: Path) -> Issuer:
    """Return the issuer of a keys folder; makes its pair at the first run."""
    path = folder / PRIVATE
    return load_issuer(path) if path.exists() else generate_issuer(folder)


def ring_of(folder: Path, service: str) -> KeyRing:
    """Return the key ring of a service; makes it at the first run."""
    home = folder / service
    return KeyRing.from_dir(home) if any(home.glob("*.key")) else KeyRing.generate(home)


def write_service_token(folder: Path, issuer: Issuer, actor: Actor, ttl: int) -> Path:
    """Write the token of a service to its folder (mode 600) in one step; running services read it anew."""
    path = folder / actor.org / TOKEN
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return write_private(path, issuer.issue(actor, ttl).encode())


class IssuedToken:
    """A service's token, issued anew when half of its time is over."""

    def __init__(self, issuer: Issuer, actor: Actor, now: Callable[[], float] = time.time) -> None:
        self._issuer, self._actor, self._now = issuer, actor, now
        self._token, self._until = "", 0.0

    def __call__(self) -> str:
        if self._now() >= self._until:
            self._token = self._issuer.issue(self._actor, SHORT)
            self._until = self._now() + SHORT / 2
        return self._token


class FiledToken:
    """A service's token as it stands in its file; the file is read again when it changed."""

    def __init__(self, path: Path) -> None:
        require_private(path)
        self._path, self._stamp, self._token = path, -1, ""

    def __call__(self) -> str:
        try:
            stamp = self._path.stat().st_mtime_ns
            if stamp != self._stamp:
                self._token, self._stamp = self._path.read_text(encoding="ascii").strip(), stamp
        except OSError as error:
            raise Unauthenticated(
                "读不到本服务的令牌文件", code="access.missing", where=str(self._path), remedy="请重新签发。"
            ) from error
        return self._token
