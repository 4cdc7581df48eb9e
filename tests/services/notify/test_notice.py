"""Days, objections and the end of a public notice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import Conflict, NotFound, Refused

from services.notify.domain import notice as rules

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


def posted():
    return rules.post(REQUEST, POSTED)


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
    notice = rules.raise_objection(posted(), "o1", "收入不实", "anonymous", POSTED + timedelta(days=3))
    assert not rules.is_over(notice, POSTED + timedelta(days=300))
    closed = rules.close_objection(notice, "o1", False, "经核查收入属实", POSTED + timedelta(days=9))
    assert rules.is_over(closed, POSTED + timedelta(days=9))
    assert rules.outcome(closed) == "stands"


def test_an_upheld_objection_is_the_outcome():
    notice = rules.raise_objection(posted(), "o1", "有财政供养人员", "anonymous", POSTED)
    assert rules.outcome(rules.close_objection(notice, "o1", True, "属实", POSTED)) == "upheld"


def test_an_objection_is_closed_once():
    notice = rules.raise_objection(posted(), "o1", "不实", "anonymous", POSTED)
    closed = rules.close_objection(notice, "o1", False, "不属实", POSTED)
    with pytest.raises(Conflict) as error:
        rules.close_objection(closed, "o1", True, "属实", POSTED)
    assert error.value.code == "notice.objection_closed"


def test_an_ended_notice_takes_no_objection_and_says_what_to_do():
    ended = rules.end(posted(), POSTED + timedelta(days=8))
    with pytest.raises(Refused) as error:
        rules.raise_objection(ended, "o2", "不实", "anonymous", POSTED + timedelta(days=8))
    assert error.value.code == "notice.over"
    assert error.value.remedy


def test_an_objection_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        rules.close_objection(posted(), "o9", True, "属实", POSTED)


def test_the_same_objection_is_registered_once():
    once = rules.raise_objection(posted(), "o1", "不实", "anonymous", POSTED)
    assert rules.raise_objection(once, "o1", "不实", "anonymous", POSTED) == once
