"""A county for tests: the real service class on a real store, other services as answers on a fake bus.

`county.call(actor, "method", …)` goes the way of a real call: role, schema, region, method, result schema.
"""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor, require_caller, roles
from shouwang.clock import SimulatedClock
from shouwang.errors import NotFound, ShouwangError
from shouwang.sealing import seal
from shouwang.service import Context, IncomingEvent, entry_points
from shouwang.service.dispatch import check_region
from shouwang.service.loading import load_engine, load_policy
from shouwang.service.requests import dump, load
from shouwang.store import Database, KeyRing, ReadLog
from shouwang.testing import FakeBus, FakeLog, actor, service_actor

from services.monitoring.service import Monitoring
from services.monitoring.store import Store
from tests.services.monitoring import sheet

VILLAGE = sheet.VILLAGE
POLICY = load_policy(Monitoring)
ENGINE = load_engine(Monitoring, POLICY)
ENTRIES = {entry.name: entry for entry in entry_points(Monitoring)}


class Bus(FakeBus):
    """The fake bus, whose calls may have an argument named service too."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        self.calls.append((service, method, args))
        answer = self.answers[service, method]
        if isinstance(answer, ShouwangError):
            raise answer
        return answer(**args) if callable(answer) else answer


class County:
    """One county on one day; move `clock` on, call, look into `store` and `events`."""

    def __init__(self, mongo_uri: str, database: str, keys: Path, today: date) -> None:
        self.clock = SimulatedClock(today)
        self.keys = KeyRing.generate(keys)
        self.db = Database(mongo_uri, database, self.keys, self.clock)
        self.store = Store(self.db)
        self.db.ensure_indexes()
        self.reads = ReadLog(self.db)
        self.bus = Bus()
        self.bus.answer("notify", "notice_of", NotFound("没有公示", code="notice.not_posted"))
        self.bus.answer("assistance", "plan", [{"status": "delivered", "tasks": [{"status": "confirmed"}]}])

    def context(self, who: Actor, request_id: str | None = None) -> Context:
        return Context(
            service="monitoring",
            actor=who,
            request_id=request_id or uuid.uuid4().hex,
            clock=self.clock,
            today=self.clock.today(),
            policy=POLICY,
            engine=ENGINE,
            store=self.store,
            bus=self.bus,
            reads=self.reads,
            keys=self.keys,
            log=FakeLog(),
            db=self.db,
            var_dir=self.keys.path.parent / "var",
        )

    def call(self, who: Actor, method: str, *, request_id: str | None = None, **args: Any) -> Any:
        entry = ENTRIES[method]
        require_caller(who, entry.who, entry.callers)
        request = load(entry.schema, args, where=method)
        ctx = self.context(who, request_id)
        check_region(entry, ctx, request)
        return dump(entry.returns, getattr(Monitoring(ctx), method)(request))

    def hear(self, source: str, type: str, method: str, data: dict[str, Any]) -> None:
        """Deliver an event of another service to one handler."""
        loaded = load(ENTRIES[method].schema, data, where=type)
        event = IncomingEvent(
            id=uuid.uuid4().hex,
            source=source,
            type=type,
            subject="",
            sequence=1,
            on=self.clock.today(),
            region="430426",
            actor={"id": f"service:{source}"},
            data=loaded,
        )
        ctx = self.context(service_actor("monitoring"), f"{method}:{event.id}")
        getattr(Monitoring(ctx), method)(event)

    def day(self) -> None:
        """Let the day's own work run."""
        for entry in ENTRIES.values():
            if entry.kind == "daily":
                ctx = self.context(service_actor("monitoring"))
                getattr(Monitoring(ctx), entry.name)(self.clock.today())

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Every event that still waits in the outbox, oldest first: (type, data)."""
        return [
            (event.type, dict(event.data)) for one in self.db.outbox.pending(1000) for event in one.events
        ]

    def import_rows(self, rows: list[dict[str, Any]], *, digest: str = "ab" * 8, **more: Any) -> Any:
        sealed = seal(self.keys.sealing.public, rows)
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": digest, "batch": 1, "batches": 1}
        given |= {"as_of": sheet.AS_OF.isoformat(), "sealed": sealed} | more
        return self.call(actor(roles.VILLAGE_CADRE), "import_roster", **given)

    def sealed(self, id_number: str) -> str:
        return seal(self.keys.sealing.public, {"id_number": id_number})
