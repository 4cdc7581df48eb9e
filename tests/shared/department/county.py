"""A county with one department: monitoring and assistance are stand-ins that can seal, sign and listen."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from marshmallow import Schema, fields
from shouwang.access import Actor, roles
from shouwang.department import authorisation, schemas
from shouwang.sealing import seal
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, on
from shouwang.testing import actor, service_actor
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.water import id_number, write_csv

OFFICER = actor(roles.DEPARTMENT_OFFICER, org="water")
ASSISTANCE = service_actor("assistance")
JUNE = date(2021, 6, 30)


class Notes:
    """The store of the stand-in."""

    def __init__(self, db: Any) -> None:
        self.notes = db.repository("notes", kind="note")


class Outcome(Schema):
    """What came of a clue."""

    department = fields.String(required=True)
    key = fields.String(required=True)
    outcome = fields.String(required=True)


class Monitoring(Service):
    """Stands in for monitoring."""

    name = "monitoring"
    store: ClassVar[Any] = Notes
    heard: ClassVar[list[dict[str, Any]]] = []

    @call(callers=["*"], where=COUNTY_WIDE)
    def public_key(self, request: dict[str, Any]) -> dict[str, str]:
        verifying = authorisation.public_text(authorisation.signing_key(self.ctx.keys))
        return {"key": self.ctx.keys.sealing.public_text, "authorisation_key": verifying}

    @call(Outcome, who=[roles.COUNTY_OFFICER], where=COUNTY_WIDE)
    def close(self, request: dict[str, Any]) -> None:
        note = self.ctx.store.notes.new(request["key"], region="430426", state={})
        self.ctx.save(self.ctx.store.notes, note, "closed", events=[self.ctx.event("clue.closed", request)])

    @on("*", "clues.found", schema=schemas.CluesFound)
    def hear_clues(self, event: IncomingEvent) -> None:
        self.heard.append(event.data)


class Assistance(Service):
    """Stands in for assistance."""

    name = "assistance"
    heard: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    @call(who=[roles.COUNTY_OFFICER], where=COUNTY_WIDE)
    def departments(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"code": "water", "title": "水利局", "silent": False}]

    @on("*", "announced", schema=schemas.Announced)
    def hear_announced(self, event: IncomingEvent) -> None:
        self.heard.append((event.type, event.data))

    @on("*", "heartbeat", schema=schemas.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        self.heard.append((event.type, event.data))

    @on("*", "measure.delivered", schema=schemas.Delivered)
    def hear_delivered(self, event: IncomingEvent) -> None:
        self.heard.append((event.type, event.data))


class County:
    """The suite, and what the tests do with it."""

    def __init__(self, suite: EmbeddedSuite) -> None:
        self.suite = suite
        self.inbox = suite.settings.var_dir / "departments" / "water" / "inbox"
        self.keys = suite.runtime("water").keys
        self.monitoring = suite.runtime("monitoring").keys

    def call(self, who: Actor, method: str, **args: Any) -> Any:
        return self.suite.call(who, "water", method, **args)

    def bring_in(self, period: str, *rows: dict[str, Any], **args: Any) -> dict[str, Any]:
        write_csv(self.inbox / "in.csv", rows)
        place = {"table": "water_tests", "period": period, "file": "in.csv"}
        return self.call(OFFICER, "import_table", **{**place, **args})

    def screen(self, period: str = "2021-06") -> tuple[dict[str, Any], list[dict[str, Any]]]:
        Monitoring.heard.clear()
        told = self.call(OFFICER, "screen", period=period)
        self.suite.settle()
        return told["rules"][0], list(Monitoring.heard)

    def persons(self, *numbers: int, **more: Any) -> str:
        listed = [{"ref": f"m{n}", "id_number": id_number(n), "groups": [], **more} for n in numbers]
        return seal(self.keys.sealing.public, listed)

    def propose(self, *numbers: int, by: Actor = ASSISTANCE, **changes: Any) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {
            "household": "h1",
            "case": "c1",
            "region": "430426106001",
            "risks": ["water"],
            "category": "marginal",
            "able_to_work": True,
            "persons": self.persons(*numbers),
            "on": "2021-06-30",
        }
        answer: list[dict[str, Any]] = self.call(by, "propose_measures", **{**asked, **changes})
        return answer
