"""The shared use cases: one call from request to stored case, with its events, once per request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import NotFound, Refused, ShouwangError, StaleVersion, Unavailable
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


def notice_state(posted_on: date, *objections: dict[str, Any]) -> dict[str, Any]:
    return {"notice": "n1", "posted_on": posted_on.isoformat(), "objections": list(objections)}


def objection(id: str, on: date, closed: date | None = None, upheld: bool | None = None) -> dict[str, Any]:
    ended = closed.isoformat() if closed else None
    return {"id": id, "raised_on": on.isoformat(), "closed_on": ended, "upheld": upheld}


@pytest.fixture
def office() -> Office:
    return Office()


EIGHTH = DAY + timedelta(days=8)


def test_a_step_is_stored_with_history_and_events(office: Office) -> None:
    office.to_notice()
    assert office.case.step == "village_notice"
    assert [entry["action"] for entry in office.agg.history] == ["case.open", "case.pass", "case.pass"]
    assert [event["type"] for event in office.repo.events][-2:] == ["case.step_taken", "notice.requested"]
    assert office.repo.events[-1]["data"] == {
        "subject": {"service": "sample", "kind": "case", "id": "c1"},
        "step": "village_notice",
        "place": "village",
        "region": VILLAGE,
        "title": "村内公示",
        "days": 7,
        "content": {"title": "拟纳入名单", "household": "张**"},
    }


def test_the_same_request_twice_changes_nothing(office: Office) -> None:
    given: dict[str, Any] = {
        "people": [one.to_dict() for one in CHECKERS],
        "papers": sheets("information_record"),
    }
    ctx = office.on(DAY, "town_officer", request="same")
    first = office.take(ctx, "household_check", **given)
    before = office.agg
    assert office.take(ctx, "household_check", **given) == first
    assert (office.agg.version, office.agg.state) == (before.version, before.state)
    assert office.agg.state["seen"] == 2


def test_a_refusal_stores_nothing(office: Office) -> None:
    before = office.agg
    with pytest.raises(Refused):
        office.take(office.on(DAY, "town_officer"), "household_check")
    assert (office.agg.version, len(office.repo.events)) == (before.version, len(office.repo.events))


def test_behind_a_notice_the_notice_service_is_asked_first(office: Office) -> None:
    office.to_notice()
    with pytest.raises(Unavailable):
        office.review(EIGHTH)
    office.ctx.bus.answer("notify", "notice_of", NotFound("未张贴"))
    with pytest.raises(Refused, match="尚未张贴"):
        office.review(EIGHTH)
    office.ctx.bus.answer("notify", "notice_of", notice_state(DAY))
    assert office.review(EIGHTH)["step"] == "county_decision"
    asked = office.ctx.bus.called("notify", "notice_of")[-1]
    assert asked == {"service": "sample", "kind": "case", "id": "c1", "step": "village_notice"}


def test_an_objection_whose_event_is_on_its_way_holds_the_gate(office: Office) -> None:
    office.to_notice()
    day = DAY + timedelta(days=7)
    office.ctx.bus.answer("notify", "notice_of", notice_state(DAY, objection("o1", day)))
    with pytest.raises(Refused) as caught:
        office.review(EIGHTH)
    assert caught.value.code == "procedure.open_objection"
    rejected = notice_state(DAY, objection("o1", day, EIGHTH, False))
    office.ctx.bus.answer("notify", "notice_of", rejected)
    office.review(EIGHTH)
    assert [entry.action for entry in office.case.entries][3:6] == [
        *("notice_posted", "objection_raised", "objection_closed")
    ]


def test_an_objection_that_the_case_finds_late_holds_the_gate_while_it_is_open(office: Office) -> None:
    office.to_notice()
    office.ctx.bus.answer("notify", "notice_of", notice_state(DAY, objection("o1", EIGHTH)))
    with pytest.raises(Refused) as caught:
        office.review(EIGHTH)
    assert caught.value.code == "procedure.open_objection"
    office.ctx.bus.answer("notify", "notice_of", notice_state(DAY, objection("o1", EIGHTH, EIGHTH, False)))
    assert office.review(EIGHTH)["step"] == "county_decision"


def test_an_objection_upheld_meanwhile_closes_the_way(office: Office) -> None:
    office.to_notice()
    state = notice_state(DAY, objection("o1", DAY, DAY, True))
    office.ctx.bus.answer("notify", "notice_of", state)
    with pytest.raises(Refused) as caught:
        office.review(EIGHTH)
    assert caught.value.code == "procedure.wrong_step"


def test_withdrawing_does_not_wait_for_the_notice_service(office: Office) -> None:
    office.to_notice()
    office.take(office.on(DAY, "household", "h1"), "village_notice", "withdraw")
    assert office.case.status == "withdrawn" and office.ctx.bus.calls == []


def test_notice_events_are_applied_once_and_in_any_repetition(office: Office) -> None:
    office.to_notice()
    assert office.tell("notice.posted", DAY).case.notice.opens_on == EIGHTH
    assert office.tell("notice.posted", DAY) is None
    office.tell("objection.raised", DAY, objection="o1")
    office.tell("objection.closed", DAY, objection="o1", upheld=True)
    assert office.case.step == "village_appraisal"
    assert office.repo.events[-1]["type"] == "case.sent_back"
    assert office.tell("notice.ended", EIGHTH, outcome="upheld") is None


def test_an_event_that_comes_too_early_is_refused_so_that_it_comes_again(office: Office) -> None:
    office.to_notice()
    with pytest.raises(Refused):
        office.tell("objection.raised", DAY, objection="o1")
    office.tell("notice.posted", DAY)
    office.tell("objection.raised", DAY, objection="o1")
    assert office.case.notice is not None and office.case.notice.objections[0].id == "o1"


def test_an_event_that_comes_too_late_is_kept_in_the_history(office: Office) -> None:
    office.to_notice()
    office.take(office.on(DAY, "household", "h1"), "village_notice", "withdraw")
    assert office.tell("notice.posted", DAY) is None
    assert office.tell("notice.posted", DAY) is None, "the same delivery again"
    last = office.agg.history[-1]
    assert (last["action"], last["detail"]["code"]) == ("notice.too_late", "procedure.closed_case")
    assert office.case.status == "withdrawn"


def test_whose_event_it_is(office: Office) -> None:
    event = IncomingEvent("e", "notify", "notice.posted", "n", 1, DAY, VILLAGE, {}, {})
    for service, kind, mine in (
        ("sample", "case", True),
        ("sample", "plan", False),
        ("other", "case", False),
    ):
        told = event.with_data({"subject": {"service": service, "kind": kind, "id": "c1"}})
        assert desk.concerns(office.ctx, told, DESK) is mine


def test_an_event_that_lands_in_between_is_taken_into_account(office: Office) -> None:
    office.to_notice()
    day, told = DAY + timedelta(days=7), iter(["in between"])

    def answer(**_asked: Any) -> dict[str, Any]:
        for _ in told:
            office.tell("notice.posted", DAY)
            office.tell("objection.raised", day, objection="o1")
        return notice_state(DAY)

    office.ctx.bus.answer("notify", "notice_of", answer)
    with pytest.raises(Refused) as caught:
        office.review(EIGHTH)
    assert caught.value.code == "procedure.open_objection"
    office.tell("objection.closed", EIGHTH, objection="o1", upheld=False)
    assert office.review(EIGHTH)["step"] == "county_decision"


def test_an_aggregate_that_never_stands_still_is_said_so(office: Office) -> None:
    office.to_notice()

    def answer(**_asked: Any) -> dict[str, Any]:
        touching = f"touch-{len(office.agg.history)}"
        office.on(DAY, request=touching).save(office.repo, office.agg, "touched")
        return notice_state(DAY)

    office.ctx.bus.answer("notify", "notice_of", answer)
    with pytest.raises(StaleVersion):
        office.review(EIGHTH)
    assert len(office.ctx.bus.called("notify", "notice_of")) == desk.TRIES


def test_what_next_answers_for_the_actor(office: Office) -> None:
    found = desk.what_next(office.on(DAY, "town_officer"), office.repo, "c1", lambda agg: {"income": 1})
    allowed = {(one["step"], one["action"]): one["allowed"] for one in found}
    assert allowed["household_check", "pass"] and not allowed["household_check", "withdraw"]


def test_a_correction_keeps_the_old_case_whole(office: Office) -> None:
    office.take(office.on(DAY, "village_cadre"), "household_check", "withdraw")
    withdrawn = office.case
    request = {"reason": "误撤", "step": "application"}
    result = desk.correct(
        office.on(EIGHTH, "village_cadre", request="k"), office.repo, "c1", request, desk=DESK
    )
    assert result["status"] == "open" and office.case.id == "c1~2" and office.case.supersedes == "c1"
    kept = Case.from_dict(office.agg.state["earlier_cases"][0])
    assert kept.entries[: len(withdrawn.entries)] == withdrawn.entries and kept.superseded_by == "c1~2"
    again = desk.correct(
        office.on(EIGHTH, "village_cadre", request="k"), office.repo, "c1", request, desk=DESK
    )
    assert again == result and len(office.agg.state["earlier_cases"]) == 1


def test_an_owed_paper_comes_in(office: Office) -> None:
    request = {"step": "household_check", "action": "pass", "people": [one.to_dict() for one in CHECKERS]}
    ctx = office.on(DAY, "town_officer")
    desk.take_step(ctx, office.repo, "c1", request, lambda agg: {**FACTS, "emergency": True}, desk=DESK)
    assert "case.debt_owed" in [event["type"] for event in office.repo.events]
    paper = {"name": "information_record", "reference": "f", "on": DAY}
    desk.settle_debt(office.on(DAY, "town_officer", request="s"), office.repo, "c1", paper, desk=DESK)
    assert [debt.name for debt in office.ctx.engine.debts(office.case, DAY)] == ["county_decision"]


def test_without_a_desk_of_its_own_a_service_still_gets_its_notices(office: Office) -> None:
    given: dict[str, Any] = {
        "people": [one.to_dict() for one in CHECKERS],
        "papers": sheets("information_record"),
    }
    office.take(office.on(DAY, "town_officer"), "household_check", **given)
    request = {"step": "village_appraisal", "action": "pass", "papers": sheets("meeting_record")}
    found = desk.take_step(office.on(DAY, "village_committee"), office.repo, "c1", request)
    assert found == {"case": "c1", "region": VILLAGE, "step": "village_notice", "status": "open"}
    assert office.repo.events[-1]["type"] == "notice.requested"
