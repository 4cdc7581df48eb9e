"""The desk and its notices: asked first behind them, their events applied once and in any order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shouwang.errors import NotFound, Refused, StaleVersion, Unavailable
from shouwang.procedure import desk
from shouwang.service.event import IncomingEvent

from tests.shared.procedure.kit import (
    CHECKERS,
    DAY,
    VILLAGE,
)
from tests.shared.procedure.office import DESK, EIGHTH, Office, sheets


def notice_state(posted_on: date, *objections: dict[str, Any]) -> dict[str, Any]:
    return {"notice": "n1", "posted_on": posted_on.isoformat(), "objections": list(objections)}


def objection(id: str, on: date, closed: date | None = None, upheld: bool | None = None) -> dict[str, Any]:
    ended = closed.isoformat() if closed else None
    return {"id": id, "raised_on": on.isoformat(), "closed_on": ended, "upheld": upheld}


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
