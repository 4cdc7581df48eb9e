"""A county for tests: the real service on its fakes or on a real store, departments as answers on a fake bus.

`county.call(actor, "method", …)` goes the way of a real call: role, schema, region, method, result schema.
"""

from __future__ import annotations

import base64
import uuid
from datetime import date
from typing import Any

from shouwang.access import Actor, require_caller, roles
from shouwang.service import IncomingEvent, entry_points
from shouwang.service.dispatch import check_region
from shouwang.service.requests import dump, load
from shouwang.testing import FakeBus, actor, context, service_actor

from services.assistance.service import Assistance

VILLAGE, TOWN_CODE, COUNTY_CODE = "430426100001", "430426100", "430426"
HOME, CASE = f"{VILLAGE}-0001", f"{VILLAGE}-0001-I1"
KEY = base64.b64encode(bytes(32)).decode()
ENTRIES = {entry.name: entry for entry in entry_points(Assistance)}

CADRE = actor(roles.VILLAGE_CADRE, region=VILLAGE)
CONTACT = actor(roles.CONTACT_PERSON, id="contact-7", region=VILLAGE)
TOWN = actor(roles.TOWN_OFFICER, region=TOWN_CODE)
COUNTY = actor(roles.COUNTY_OFFICER)
HEALTH = actor(roles.DEPARTMENT_OFFICER, org="health_insurance")
CIVIL = actor(roles.DEPARTMENT_OFFICER, org="civil_affairs")
HOUSEHOLD = actor(roles.HOUSEHOLD, org=HOME, region=VILLAGE)
FIGURES = ("wages", "business", "property", "transfers", "business_costs")


def measure(code: str, *risks: str, title: str = "", evidence: str = "审批表") -> dict[str, Any]:
    return {"code": code, "title": title or code, "risks": list(risks), "evidence": [evidence]}


def announcement(code: str, *measures: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {"code": code, "title": code, "contract": "1.1", "public_key": KEY, "comparisons": []}
    return said | {"measures": list(measures)} | more


def proposal(code: str, *risks: str, eligible: str = "yes", fen: int | None = 100_00, **more: Any) -> Any:
    plain = {"measure": code, "title": code, "risks": list(risks), "eligible": eligible, "amount_fen": fen}
    return plain | {"reason": "", "evidence": ["审批表"]} | more


def household_view(*, wages: int | None = 600_000, **more: Any) -> dict[str, Any]:
    known = dict.fromkeys(FIGURES, 0) | {"wages": wages}
    figures = {name: {"fen": fen} for name, fen in known.items() if fen is not None}
    plain = {"household": HOME, "size": 2, "figures": figures, "housing_unsafe": False}
    plain |= {"school_dropout": False, "water_unsafe": False}
    members = [{"ref": f"{HOME}-01", "name": "张**", "medical_insurance": True}]
    return plain | {"members": members} | more


class County:
    """One county on one day; move `today` on, call, look into `store` and `events`."""

    def __init__(self, today: date, store: Any = None, db: Any = None) -> None:
        self.bus = FakeBus()
        self._ctx = context(Assistance, today=today, bus=self.bus, store=store)
        if db is not None:
            self._ctx.db = db
        self.store = self._ctx.store
        self.bus.answer("monitoring", "persons_for", {"sealed": "密封"})
        self.bus.answer("monitoring", "household", household_view())

    @property
    def today(self) -> date:
        return self._ctx.today

    @today.setter
    def today(self, day: date) -> None:
        self._ctx.clock.advance_to(day)
        self._ctx.today = day

    def context(self, who: Actor, request_id: str | None = None) -> Any:
        self._ctx.actor, self._ctx.request_id = who, request_id or uuid.uuid4().hex
        return self._ctx

    def call(self, who: Actor, method: str, *, request_id: str | None = None, **args: Any) -> Any:
        entry = ENTRIES[method]
        require_caller(who, entry.who, entry.callers)
        request = load(entry.schema, args, where=method)
        ctx = self.context(who, request_id)
        check_region(entry, ctx, request)
        return dump(entry.returns, getattr(Assistance(ctx), method)(request))

    def hear(
        self, source: str, type: str, data: dict[str, Any], event_id: str | None = None, sequence: int = 1
    ) -> None:
        """Deliver an event; the same `event_id` again is the same event again."""
        entry = next(one for one in ENTRIES.values() if one.kind == "on" and one.type == type)
        loaded = load(entry.schema, data, where=type, tolerant=True)
        id = event_id or uuid.uuid4().hex
        who = {"id": f"service:{source}"}
        event = IncomingEvent(id, source, type, "", sequence, self.today, COUNTY_CODE, who, loaded)
        ctx = self.context(service_actor("assistance"), f"{entry.name}:{id}")
        getattr(Assistance(ctx), entry.name)(event)

    def pass_day(self, to: date) -> None:
        """Let a day begin."""
        self.today = to
        ctx = self.context(service_actor("assistance"), f"day:{to}")
        Assistance(ctx).day_passed(to)

    def announce(self, code: str, *measures: dict[str, Any], **more: Any) -> None:
        self.hear(code, "announced", announcement(code, *measures, **more))

    def department(self, code: str, *proposals: Any) -> None:
        """Announce a department that offers these proposals, and answers with them."""
        measures = [measure(one["measure"], *one["risks"]) for one in proposals]
        self.bus.answer(code, "propose_measures", list(proposals))
        self.announce(code, *measures)

    def include(self, *risks: str, able: bool | None = True, case: str = CASE) -> dict[str, Any]:
        """Include a household and return its newest plan."""
        included = {"household": HOME, "case": case, "region": VILLAGE, "category": "marginal"}
        self.hear("monitoring", "household.included", included | {"risks": list(risks), "able_to_work": able})
        return self.plan()

    def plan(self) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.call(COUNTY, "plan", household=HOME)
        return found[-1]

    def deliver(self, task: dict[str, Any], fen: int | None = 100_00, **more: Any) -> None:
        said = {"task": task["id"], "household": HOME, "measure": task["measure"], "amount_fen": fen}
        said |= {"part": 1, "on": self.today.isoformat(), "evidence": ["审批表"]}
        self.hear(more.pop("source", task["department"]), "measure.delivered", said | more)

    def events(self, type: str) -> list[dict[str, Any]]:
        """Every event of a type that left, oldest first."""
        return [one["data"] for one in self._ctx.db.events if one["type"] == type]

    def save(self, repository: Any, agg: Any) -> None:
        """Keep a document as a test wants it to be."""
        self.context(service_actor("assistance")).save(repository, agg, "test.kept")

    def log(self) -> list[Any]:
        return list(self._ctx.log.lines)
