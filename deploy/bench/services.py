"""Our side: four small services, each in a process of its own, as in production.

`python -m deploy.bench.services NAME FOLDER AMQP_URI MONGO_URI`
"""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all

# isort: split
import sys
import uuid
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, Final

from marshmallow import Schema, fields, validate
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.cli.stopping import StopSignal
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, on
from shouwang.service.process import ServiceProcess, site_of
from shouwang.settings import Settings
from shouwang.store import Database
from shouwang.telemetry import configure

from deploy.bench.processes import say_ready
from deploy.bench.work import REGION, TEXT, Tally, a_second, p50_ms, request, spread

Json = dict[str, Any]
WAIT_SECONDS: Final = 120.0
TALLY: Final = Tally()


class Numbered(Schema):
    """A request or answer with a field of every common kind."""

    region = fields.String(required=True, validate=validate.Regexp(r"^\d{6,12}$"))
    number = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    text = fields.String(required=True, validate=validate.Length(max=500))


class Run(Schema):
    """How much to do, and how much of it at once."""

    count = fields.Integer(required=True, validate=validate.Range(min=1))
    at_once = fields.Integer(required=True, validate=validate.Range(min=1))


class Echo(Service):
    """Answers what it was asked."""

    name = "bench_echo"

    @call(Numbered, returns=Numbered, callers=["*"], where="region")
    def echo(self, request: Json) -> Json:
        return request


class Caller(Service):
    """Calls echo as any service calls another: own token, on behalf of who called, request ids, deadline."""

    name = "bench_caller"

    @call(Run, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def sequential(self, request: Json) -> float:
        return p50_ms(self._ask, request["count"])

    @call(Run, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def concurrent(self, request: Json) -> float:
        return a_second(self._ask, request["count"], request["at_once"])

    def _ask(self, number: int) -> Any:
        return self.ctx.bus.call(Echo.name, "echo", **request(number))


class Things:
    """The store of the source."""

    def __init__(self, db: Database) -> None:
        self.things = db.repository("things", kind="thing")


class Source(Service):
    """Saves aggregates, each with one event, from several workers at once."""

    name = "bench_source"
    store: ClassVar[Any] = Things

    @call(Run, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def emit(self, request: Json) -> float:
        started = monotonic()
        spread(self._save, request["count"], request["at_once"])
        return started

    def _save(self, number: int) -> None:
        thing = self.ctx.store.things.new(uuid.uuid4().hex, region=REGION, state={"number": number})
        event = self.ctx.event("thing.happened", request(number))
        self.ctx.save(self.ctx.store.things, thing, "happened", events=[event])


class Sink(Service):
    """Handles the events; once each, by the inbox."""

    name = "bench_sink"

    @on(Source.name, "thing.happened", schema=Numbered)
    def count(self, event: IncomingEvent) -> None:
        if event.data["text"] != TEXT:
            raise ValueError("another event")
        TALLY.add()

    @call(Run, who=[COUNTY_OFFICER], where=COUNTY_WIDE)
    def handled(self, request: Json) -> float:
        return TALLY.wait(request["count"], WAIT_SECONDS)


SERVICES: Final = {service.name: service for service in (Echo, Caller, Source, Sink)}


def main(name: str, folder: Path, amqp_uri: str, mongo_uri: str) -> None:
    """Serve until SIGTERM, with health, metrics and relay: what `shouwang up --only` runs."""
    configure(name)
    settings = Settings(
        var_dir=folder / name,
        token_file=folder / "unused",
        keys_dir=folder / "keys",
        amqp_uri=amqp_uri,
        mongo_uri=mongo_uri,
        metrics_port=0,
        county=REGION,
    )
    stop = StopSignal()
    process = ServiceProcess(settings, site_of(settings, name), SERVICES[name])
    process.start()
    try:
        say_ready()
        stop.wait()
    finally:
        process.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4])
