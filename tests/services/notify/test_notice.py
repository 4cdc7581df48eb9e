"""Days, objections and the end of a public notice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import BadRequest, Conflict, NotFound, Refused

from services.notify.domain import notice as rules
from services.notify.domain import objection as objections

POSTED = date(2021, 8, 1)
REQUEST = {
    "subject": {"service": "monitoring", "kind": "case", "id": "c1"},
    "step": "village_notice",
    "place": "village",
    "region": "430426100200",
    "title": "评议公示",
    "content": [{"head": "张**"}],
    "days": 7,
}


TWO = [
    {"person_ref": "committee-1", "role": "village_committee"},
    {"person_ref": "team-1", "role": "village_team"},
]
DAYS = 7


def posted():
    return rules.post(REQUEST, POSTED)


def raised(notice, objection, ground, by, on):
    return objections.raise_objection(notice, objection, ground, by, on, DAYS)


def looked_into(notice, objection, upheld, on, by=TWO, needed=2):
    found = {"by": by, "on": on.isoformat(), "found": "入户核对", "upheld": upheld}
    return objections.investigated(notice, objection, found, needed, on)


def closed(notice, objection, upheld, answer, on):
    """Closed after an investigation by two that found the same."""
    known = looked_into(notice, objection, upheld, on)
    return objections.close_objection(known, objection, upheld, answer, on)


@pytest.mark.rule("N-01")
@pytest.mark.rule("I-03")
@pytest.mark.parametrize(("day", "over"), [(7, False), (8, True), (9, True)])
def test_seven_full_days_the_day_of_posting_not_counted(day, over):
    assert rules.is_over(posted(), POSTED + timedelta(days=day)) is over


@pytest.mark.rule("N-01")
@given(days=st.integers(1, 60), later=st.integers(0, 90))
def test_a_notice_is_over_only_after_all_its_days(days, later):
    notice = rules.post({**REQUEST, "days": days}, POSTED)
    assert rules.is_over(notice, POSTED + timedelta(days=later)) is (later > days)


@pytest.mark.rule("N-01")
def test_an_open_objection_holds_the_gate_whatever_the_day():
    notice = raised(posted(), "o1", "收入不实", "anonymous", POSTED + timedelta(days=3))
    assert not rules.is_over(notice, POSTED + timedelta(days=300))
    answered = closed(notice, "o1", False, "经核查收入属实", POSTED + timedelta(days=9))
    assert rules.is_over(answered, POSTED + timedelta(days=9))
    assert rules.outcome(answered) == "stands"


def test_an_upheld_objection_is_the_outcome():
    notice = raised(posted(), "o1", "有财政供养人员", "anonymous", POSTED)
    assert rules.outcome(closed(notice, "o1", True, "属实", POSTED)) == "upheld"


def test_an_objection_is_closed_once():
    notice = raised(posted(), "o1", "不实", "anonymous", POSTED)
    answered = closed(notice, "o1", False, "不属实", POSTED)
    with pytest.raises(Conflict) as error:
        objections.close_objection(answered, "o1", True, "属实", POSTED)
    assert error.value.code == "notice.objection_closed"


def test_an_ended_notice_takes_no_objection_and_says_what_to_do():
    ended = rules.end(posted(), POSTED + timedelta(days=8))
    with pytest.raises(Refused) as error:
        raised(ended, "o2", "不实", "anonymous", POSTED + timedelta(days=8))
    assert error.value.code == "notice.over"
    assert error.value.remedy


def test_an_objection_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        closed(posted(), "o9", True, "属实", POSTED)


def test_the_same_objection_is_registered_once():
    once = raised(posted(), "o1", "不实", "anonymous", POSTED)
    assert raised(once, "o1", "不实", "anonymous", POSTED) == once


@pytest.mark.rule("N-01", "I-03")
def test_nobody_closes_an_objection_that_nobody_has_looked_into():
    notice = raised(posted(), "o1", "收入不实", "anonymous", POSTED)
    with pytest.raises(Refused) as error:
        objections.close_objection(notice, "o1", False, "不属实", POSTED)
    assert (error.value.code, bool(error.value.remedy)) == ("objection.not_investigated", True)


@pytest.mark.rule("N-01", "I-03")
@pytest.mark.parametrize("people", [TWO[:1], [TWO[0], TWO[0]]])
def test_an_investigation_needs_two_different_people(people):
    notice = raised(posted(), "o1", "收入不实", "anonymous", POSTED)
    with pytest.raises(BadRequest) as error:
        looked_into(notice, "o1", False, POSTED, by=people)
    assert error.value.code == "objection.too_few_people"


@pytest.mark.rule("N-01", "I-03")
def test_who_objected_does_not_investigate():
    notice = raised(posted(), "o1", "收入不实", "team-1", POSTED)
    with pytest.raises(Refused) as error:
        looked_into(notice, "o1", True, POSTED)
    assert error.value.code == "objection.own"


@pytest.mark.rule("N-01")
def test_the_answer_follows_what_was_found():
    notice = looked_into(raised(posted(), "o1", "收入不实", "anonymous", POSTED), "o1", True, POSTED)
    with pytest.raises(Refused) as error:
        objections.close_objection(notice, "o1", False, "不属实", POSTED)
    assert error.value.code == "objection.other_finding"


@pytest.mark.parametrize(("day", "right"), [(-1, False), (0, True), (2, True), (3, False)])
def test_an_investigation_lies_between_the_objection_and_today(day, right):
    notice, today = raised(posted(), "o1", "不实", "anonymous", POSTED), POSTED + timedelta(days=2)
    found = {"by": TWO, "on": (POSTED + timedelta(days=day)).isoformat(), "found": "核对", "upheld": False}
    if right:
        assert (
            objections.investigated(notice, "o1", found, 2, today)["objections"][0]["investigation"] == found
        )
        return
    with pytest.raises(BadRequest) as error:
        objections.investigated(notice, "o1", found, 2, today)
    assert error.value.code == "objection.day"


@pytest.mark.rule("N-03")
@pytest.mark.parametrize(("day", "late"), [(7, False), (8, True)])
def test_an_objection_is_overdue_on_the_day_after_its_last(day, late):
    (one,) = raised(posted(), "o1", "不实", "anonymous", POSTED)["objections"]
    assert objections.is_overdue(one, POSTED + timedelta(days=day)) is late


def test_a_closed_objection_is_investigated_no_more():
    answered = closed(raised(posted(), "o1", "不实", "anonymous", POSTED), "o1", False, "不属实", POSTED)
    with pytest.raises(Conflict):
        looked_into(answered, "o1", True, POSTED)
    assert not objections.is_overdue(answered["objections"][0], POSTED + timedelta(days=90))
