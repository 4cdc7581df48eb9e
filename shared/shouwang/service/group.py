"""Services that run in this process: their containers, relays, and what they do when all of them listen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

import nameko
from nameko.runners import ServiceRunner

from shouwang.messaging import BusClient
from shouwang.messaging.relay import wait_quiet
from shouwang.service.assembly import Site, assemble
from shouwang.service.base import Service
from shouwang.service.container import container_class
from shouwang.service.days import LEASE, DayBook
from shouwang.service.runtime import Runtime
from shouwang.telemetry import bind

WORKERS: Final = 20
"""Green workers of one service; as many calls are taken off its queue at a time."""
CALL_SECONDS: Final = 60.0
SETTLE_SECONDS: Final = 300.0


class ServiceGroup:
    """Starts and stops several services in one process. `alone`: no other process runs the same ones."""

    def __init__(self, site: Site, classes: Sequence[type[Service]], *, alone: bool) -> None:
        self.site = site
        self.runtimes = [assemble(cls, site) for cls in classes]
        self.books = [DayBook(runtime, 0.0 if alone else LEASE) for runtime in self.runtimes]
        self.caller: BusClient | None = None
        self._runner: Any = None
        self._relays: list[Any] = []

    def start(self) -> None:
        """Make indexes, listen, relay, then let every service begin; all stops when one fails."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Let every service end: hooks, containers (work at hand is finished), relays, connections."""
        for runtime in self.runtimes if self.caller else []:
            self._hook(runtime, "stopping")
        if self._runner is not None:
            self._runner.stop()
        for relay in self._relays:
            relay.stop()
        if self.caller is not None:
            self.caller.close()
        for runtime in self.runtimes:
            runtime.db.close()
        self._runner, self._relays, self.caller = None, [], None

    def wait(self) -> None:
        """Wait until the containers end; raises when one died."""
        self._runner.wait()

    def settle(self, timeout: float = SETTLE_SECONDS) -> None:
        """Wait until every outbox and every queue is empty (embedded); Unavailable names what is not."""
        wait_quiet(self.site.amqp_uri, self._relays, timeout)

    def check_broker(self) -> None:
        """Raise Unavailable when the broker does not answer."""
        from shouwang.service.broker import ping  # noqa: PLC0415

        ping(self.site.amqp_uri)

    def _start(self) -> None:
        _configure_nameko(self.site.amqp_uri)
        for runtime in self.runtimes:
            runtime.db.ensure_indexes()
        self._runner = ServiceRunner()
        for runtime in self.runtimes:
            self._runner.add_service(container_class(runtime))
        self._runner.start()
        self._start_relays()
        self.caller = BusClient(self.site.amqp_uri, timeout=CALL_SECONDS)
        for runtime in self.runtimes:
            runtime.caller = self.caller
        for runtime in self.runtimes:
            self._hook(runtime, "started")

    def _start_relays(self) -> None:
        for runtime in self.runtimes:
            runtime.relay.start()
            self._relays.append(runtime.relay)

    def _hook(self, runtime: Runtime, name: str) -> None:
        request_id = f"{runtime.name}.{name}:{time.time_ns()}"
        with bind(service=runtime.name):
            service = runtime.service_cls(runtime.context(actor=runtime.actor, request_id=request_id))
            getattr(service, name)()


def _configure_nameko(amqp_uri: str) -> None:
    nameko.config["AMQP_URI"] = amqp_uri
    nameko.config["max_workers"] = WORKERS
    nameko.config["PREFETCH_COUNT"] = WORKERS
    nameko.config["serializer"] = "json"
