"""Services that run in this process: their containers, relays, and what they do when all of them listen."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

import eventlet
import nameko
from nameko.runners import ServiceRunner

from shouwang.messaging import BusClient
from shouwang.messaging.relay import wait_quiet
from shouwang.policy import Policy
from shouwang.service.assembly import Site, assemble
from shouwang.service.base import Service
from shouwang.service.container import container_class
from shouwang.service.days import LEASE, DayBook
from shouwang.service.figures import show_lapsed
from shouwang.service.runtime import Runtime
from shouwang.telemetry import bind

WORKERS: Final = 20
"""Green workers of one service; as many calls are taken off its queue at a time."""
CALL_SECONDS: Final = 60.0
BEGIN_AT_ONCE: Final = os.cpu_count() or 1
SETTLE_SECONDS: Final = 300.0


class ServiceGroup:
    """Starts and stops several services in one process. `alone`: no other process runs the same ones."""

    def __init__(self, site: Site, classes: Sequence[type[Service]], *, alone: bool) -> None:
        self.site = site
        self.runtimes = [assemble(cls, site) for cls in classes]
        self.books = [DayBook(runtime, 0.0 if alone else LEASE) for runtime in self.runtimes]
        self.caller: BusClient | None = None
        self._runner = ServiceRunner()
        self._running = False
        self._ends = ExitStack()

    def start(self) -> None:
        """Make indexes, listen, relay, then let every service begin; all stops when one fails."""
        with self._ends as ends:
            for runtime in self.runtimes:
                ends.callback(runtime.db.close)
            self._start(ends)
            self._ends = ends.pop_all()

    def stop(self) -> None:
        """Let every service end: hooks, containers (work at hand is finished), relays, connections."""
        self._ends.close()

    def wait(self) -> None:
        """Wait until the containers end; raises when one died."""
        self._runner.wait()

    @property
    def policies(self) -> list[Policy]:
        """The policies of the services that have one."""
        return [runtime.policy for runtime in self.runtimes if runtime.policy is not None]

    def settle(self, timeout: float = SETTLE_SECONDS) -> None:
        """Wait until every outbox and every queue is empty (embedded); Unavailable names what is not."""
        wait_quiet(self.site.amqp_uri, [runtime.relay for runtime in self.runtimes], timeout)

    def check_broker(self) -> None:
        """Raise Unavailable when the broker does not answer."""
        from shouwang.service.broker import ping  # noqa: PLC0415

        ping(self.site.amqp_uri)

    def _start(self, ends: ExitStack) -> None:
        _configure_nameko(self.site.amqp_uri)
        for runtime in self.runtimes:
            show_lapsed(runtime, self.site.county)
            runtime.db.ensure_indexes()
        for runtime in self.runtimes:
            self._runner.add_service(container_class(runtime))
        self.caller = BusClient(self.site.amqp_uri, timeout=CALL_SECONDS)
        ends.callback(self.caller.close)
        for runtime in self.runtimes:
            runtime.caller = self.caller
            ends.callback(runtime.relay.stop)
        ends.callback(self._end_runner)
        self._runner.start()
        self._running = True
        for runtime in self.runtimes:
            runtime.relay.start()
        for runtime in self.runtimes:
            ends.callback(self._hook, runtime, "stopping")
        self._begin()

    def _begin(self) -> None:
        """Let services begin a few at a time: most wait for their worker process, which checks the plugin."""
        pool = eventlet.GreenPool(BEGIN_AT_ONCE)
        begun = [pool.spawn(self._begun, runtime) for runtime in self.runtimes]
        pool.waitall()
        for error in [one.wait() for one in begun]:
            if error is not None:
                raise error

    def _begun(self, runtime: Runtime) -> Exception | None:
        """Return what kept a service from beginning: raised where all are waited for, not in its thread."""
        try:
            self._hook(runtime, "started")
        except Exception as error:  # noqa: BLE001 (raised by `_begin`)
            return error
        return None

    def _end_runner(self) -> None:
        # One that did not come up whole cannot end in order: some of its parts were never made.
        self._runner.stop() if self._running else self._runner.kill()

    def _hook(self, runtime: Runtime, name: str) -> None:
        request_id = f"{runtime.name}.{name}:{time.time_ns()}"
        with bind(service=runtime.name):
            service = runtime.service_cls(runtime.context(actor=runtime.actor, request_id=request_id))
            getattr(service, name)()


def _configure_nameko(amqp_uri: str) -> None:
    # It logs every refusal with its traceback; what happened is in our own line (see `observing`).
    logging.getLogger("nameko.containers").setLevel(logging.ERROR)
    nameko.config["AMQP_URI"] = amqp_uri
    nameko.config["max_workers"] = WORKERS
    nameko.config["PREFETCH_COUNT"] = WORKERS
    nameko.config["serializer"] = "json"
