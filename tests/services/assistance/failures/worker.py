"""One service in a process of its own: `python -m tests.services.assistance.failures.worker NAME '{…}'`.

Prints a line of JSON when it is ready and when a day was lived; reads `day 2021-09-05` from standard input.
"""

import eventlet

eventlet.monkey_patch()

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from eventlet import patcher, tpool
from marshmallow import Schema, fields
from shouwang.clock import SimulatedClock
from shouwang.sealing import seal
from shouwang.service import COUNTY_WIDE, Service, call
from shouwang.service.assembly import Site
from shouwang.service.discovery import find
from shouwang.service.group import ServiceGroup
from shouwang.service.keyfiles import issuer_of
from shouwang.testing import builders

from tests.services.assistance.county import HOME, household_view

write = patcher.original("os").write
SECONDS = 1
"""How long assistance waits for a department in these tests (policy: 5 seconds)."""


class Asked(Schema):
    """Any question about a household."""

    household = fields.String(required=True)
    department_key = fields.String()
    purpose = fields.String()
    income = fields.Boolean()


class Monitoring(Service):
    """Knows one household of one person."""

    name = "monitoring"
    store: ClassVar[Any] = None
    home = Path("nowhere")

    @call(Asked, callers=["*"], where=COUNTY_WIDE)
    def household(self, request: dict[str, Any]) -> dict[str, Any]:
        return household_view(household=request["household"])

    @call(Asked, callers=["*"], where=COUNTY_WIDE)
    def persons_for(self, request: dict[str, Any]) -> dict[str, Any]:
        number = builders.id_number(date(1980, 1, 1))
        person = {"ref": f"{HOME}-01", "id_number": number, "groups": [], "labour": "ordinary"}
        return {"sealed": seal(request["department_key"], [person])}


def say(what: str, **more: Any) -> None:
    """Tell the test."""
    write(1, (json.dumps({"what": what, **more}) + "\n").encode())


def classes(names: list[str]) -> list[type[Service]]:
    """The services of this process: monitoring is the one above."""
    real = find([name for name in names if name != "monitoring"]) if names != ["monitoring"] else []
    return [*real, *([Monitoring] if "monitoring" in names else [])]


def main(names: list[str], options: dict[str, Any]) -> None:
    """Start, then live the days that are asked for."""
    home = Path(options["home"])
    clock = SimulatedClock(date.fromisoformat(options["day"]))
    keys, county = home / "keys", "430426"
    uris = (options["amqp"], options["mongo"])
    site = Site(*uris, home / names[0], keys, county, clock, issuer_of(keys))
    group = ServiceGroup(site, classes(names), alone=False)
    for runtime in group.runtimes:
        if runtime.name == "assistance":
            runtime.policy = runtime.policy.overlay({"department_answer_seconds": SECONDS})
    group.start()
    say("ready")
    while line := tpool.execute(sys.stdin.readline):
        day = date.fromisoformat(line.split()[1])
        clock.advance_to(day)
        for book in group.books:
            book.catch_up(day)
        say("lived", day=day.isoformat())
    group.stop()


if __name__ == "__main__":
    main(sys.argv[1].split(","), json.loads(sys.argv[2]))
