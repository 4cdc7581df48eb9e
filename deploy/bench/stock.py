"""The peer: nameko as it comes, the same four services in four processes, without token or schema.

`python -m deploy.bench.stock NAME AMQP_URI`
"""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all

# isort: split
import sys
from time import monotonic
from typing import Any, Final

import nameko
from nameko.containers import ServiceContainer
from nameko.events import EventDispatcher, event_handler
from nameko.rpc import ServiceRpc, rpc
from shouwang.cli.stopping import StopSignal
from shouwang.service.group import WORKERS

from deploy.bench.processes import say_ready
from deploy.bench.work import TEXT, Tally, a_second, p50_ms, request, spread

Json = dict[str, Any]
WAIT_SECONDS: Final = 120.0
TALLY: Final = Tally()


class Echo:
    """Answers what it was asked."""

    name = "stock_echo"

    @rpc  # type: ignore[untyped-decorator]
    def echo(self, region: str, number: int, text: str) -> Json:
        return {"region": region, "number": number, "text": text}


class Caller:
    """Calls echo by nameko's own in-service client."""

    name = "stock_caller"
    other = ServiceRpc(Echo.name)

    @rpc  # type: ignore[untyped-decorator]
    def sequential(self, count: int, at_once: int) -> float:
        return p50_ms(self._ask, count)

    @rpc  # type: ignore[untyped-decorator]
    def concurrent(self, count: int, at_once: int) -> float:
        return a_second(self._ask, count, at_once)

    def _ask(self, number: int) -> Any:
        return self.other.echo(**request(number))


class Source:
    """Dispatches events, each confirmed, from several workers at once."""

    name = "stock_source"
    dispatch = EventDispatcher()

    @rpc  # type: ignore[untyped-decorator]
    def emit(self, count: int, at_once: int) -> float:
        started = monotonic()
        spread(lambda number: self.dispatch("thing.happened", request(number)), count, at_once)
        return started


class Sink:
    """Handles the events, acknowledged when handled."""

    name = "stock_sink"

    @event_handler(Source.name, "thing.happened")  # type: ignore[untyped-decorator]
    def count(self, data: Json) -> None:
        if data["text"] != TEXT:
            raise ValueError("another event")
        TALLY.add()

    @rpc  # type: ignore[untyped-decorator]
    def handled(self, count: int, at_once: int) -> float:
        return TALLY.wait(count, WAIT_SECONDS)


SERVICES: Final = {service.name: service for service in (Echo, Caller, Source, Sink)}


def main(name: str, amqp_uri: str) -> None:
    """Serve until SIGTERM, with as many workers and as large a prefetch as our services have."""
    nameko.config.update({"AMQP_URI": amqp_uri, "max_workers": WORKERS, "PREFETCH_COUNT": WORKERS})
    stop = StopSignal()
    container = ServiceContainer(SERVICES[name])
    container.start()
    try:
        say_ready()
        stop.wait()
    finally:
        container.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
