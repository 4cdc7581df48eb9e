"""An office with a desk: a store in memory, a service of notices that can be made to answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shouwang.errors import ShouwangError, Unavailable
from shouwang.procedure import Case, desk
from shouwang.procedure.desk import Desk
from shouwang.procedure.stored import CASE_ENCRYPTED, CASE_PUBLIC
from shouwang.service import Context, Service
from shouwang.service.event import IncomingEvent
from shouwang.store.aggregate import Aggregate
from shouwang.testing.bus import FakeBus
from shouwang.testing.context import context

from tests.shared.procedure.kit import (
    CHECKERS,
    DAY,
    FACTS,
    LEADERS,
    POLICY,
    VILLAGE,
    actor,
    applied,
    engine,
    papers,
)


class Sample(Service):
    name = "sample"


def follow(_ctx: Context, agg: Aggregate, outcome: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    agg.state["seen"] = agg.state.get("seen", 0) + 1
    return desk.case_events(outcome)


DESK = Desk(
    "case", content=lambda agg: {"title": "拟纳入名单", "household": agg.state["shown"]}, follow=follow
)


class Notify(FakeBus):
    """Answers notify.notice_of with what the test says."""

    def call(self, service: str, method: str, /, **args: Any) -> Any:  # type: ignore[override]
        self.calls.append((service, method, args))
        answer = self.answers.get((service, method), Unavailable("没有应答"))
        if isinstance(answer, ShouwangError):
            raise answer
        return answer(**args) if callable(answer) else answer


class Office:
    """A service with one stored case, and its calls."""

    def __init__(self) -> None:
        self.ctx = context(Sample, engine=engine(), policy=POLICY, today=DAY, bus=Notify())
        self.repo = self.ctx.db.repository("cases", kind="case", public=CASE_PUBLIC, encrypted=CASE_ENCRYPTED)
        agg = self.repo.new("c1", region=VILLAGE, state={"shown": "张**"})
        desk.record(self.ctx, self.repo, agg, applied(self.ctx.engine).outcome, "case.open", desk=DESK)

    def on(
        self, day: date, role: str = "county_officer", id: str | None = None, request: str = ""
    ) -> Context:
        """The context of one call, of one actor, on one day."""
        request_id = request or f"r-{day}-{role}-{len(self.agg.history)}"
        return replace(self.ctx, actor=actor(role, id), today=day, request_id=request_id)

    @property
    def agg(self) -> Aggregate:
        found: Aggregate = self.repo.get("c1")
        return found

    @property
    def case(self) -> Case:
        return desk.case_of(self.agg)

    def take(self, ctx: Context, step: str, action: str = "pass", **given: Any) -> dict[str, Any]:
        request = {"step": step, "action": action, "papers": [], "people": [], "reason": None, **given}
        return desk.take_step(ctx, self.repo, "c1", request, FACTS, desk=DESK)

    def to_notice(self) -> None:
        given: dict[str, Any] = {
            "people": [one.to_dict() for one in CHECKERS],
            "papers": sheets("information_record"),
        }
        self.take(self.on(DAY, "town_officer"), "household_check", **given)
        self.take(self.on(DAY, "village_committee"), "village_appraisal", papers=sheets("meeting_record"))

    def tell(self, type: str, on: date, **data: Any) -> Any:
        subject = {"service": "sample", "kind": "case", "id": "c1"}
        told = {"subject": subject, "step": "village_notice", "notice": "n1", "on": on, **data}
        event = IncomingEvent("e1", "notify", type, "n1", 1, on, VILLAGE, {}, told)
        return desk.apply_notice_event(
            self.on(on, request=f"{type}{data}"), self.repo, "c1", event, desk=DESK
        )

    def review(self, day: date) -> dict[str, Any]:
        signed = [one.to_dict() for one in LEADERS]
        return self.take(self.on(day, "town_officer", "town-7"), "town_review", people=signed)


def sheets(*names: str) -> list[dict[str, Any]]:
    return [one.to_dict() for one in papers(*names)]


EIGHTH = DAY + timedelta(days=8)
