"""A whole suite for a test: real services, real store, embedded transport, in a temporary folder.

The test process must be green (`eventlet.monkey_patch()` at the top of the root conftest).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from shouwang.access import Actor, load_issuer
from shouwang.access.keys import PRIVATE
from shouwang.service import Service
from shouwang.service.runtime import Runtime
from shouwang.service.suite import Suite
from shouwang.settings import Settings
from shouwang.testing.context import FIRST_DAY

TOKEN_SECONDS: Final = 600
VAR_DIR: Final = "SHOUWANG_VAR_DIR"


class EmbeddedSuite:
    """`with EmbeddedSuite(tmp_path, [Monitoring, Notify]) as suite: suite.call(actor(TOWN_OFFICER), …)`.

    day: where the simulated clock starts. mongo_uri: a real MongoDB instead of a private embedded store.
    policy_dir: a county's own figures.
    """

    def __init__(
        self,
        folder: Path,
        services: Sequence[type[Service]],
        *,
        day: date = FIRST_DAY,
        mongo_uri: str | None = None,
        policy_dir: Path | None = None,
    ) -> None:
        self.settings = Settings(
            var_dir=folder,
            token_file=folder / "door.token",
            keys_dir=folder / "keys",
            amqp_uri=f"embedded://test-{uuid.uuid4().hex}",
            mongo_uri=mongo_uri,
            door_port=0,
            clock=f"simulated:{day.isoformat()}",
            policy_dir=policy_dir,
        )
        self.suite = Suite(self.settings, services)
        self._outside: str | None = None

    def __enter__(self) -> Self:
        self._outside = os.environ.get(VAR_DIR)
        os.environ[VAR_DIR] = str(self.settings.var_dir)
        self.suite.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.suite.stop()
        if self._outside is None:
            del os.environ[VAR_DIR]
        else:
            os.environ[VAR_DIR] = self._outside

    @property
    def url(self) -> str:
        """Address of the door."""
        return self.suite.url

    def runtime(self, service: str) -> Runtime:
        """Return a running service's parts, to look into its store."""
        return next(runtime for runtime in self.suite.runtimes if runtime.name == service)

    def token(self, actor: Actor, ttl: int = TOKEN_SECONDS) -> str:
        """Return a token for an actor."""
        return load_issuer(self.settings.keys_dir / PRIVATE).issue(actor, ttl)

    def call(
        self, actor: Actor, service: str, method: str, /, *, request_id: str | None = None, **args: Any
    ) -> Any:
        """Call over the bus as this actor; typed errors."""
        caller = self.suite.group.caller
        assert caller is not None
        return caller.carrying(token=self.token(actor), request_id=request_id).call(service, method, **args)

    def settle(self) -> None:
        """Wait until every event has been handled."""
        self.suite.group.settle()

    def pass_days(self, to: date) -> list[date]:
        """Live through the days up to `to`, as the county does."""
        return self.suite.keeper.advance(to)
