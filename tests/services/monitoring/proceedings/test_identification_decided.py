"""Who decides on a household, when, and what the county may not decide without."""

from datetime import date

import pytest
from shouwang.errors import Refused, Unavailable

from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.acting import reasons
from tests.services.monitoring.steps import COUNTY, HOME, POOR, TOWN, apply, take


def about(refusal):
    return {one["about"] for one in refusal.value.reasons}


@pytest.mark.rule("M-12")
def test_nobody_may_refuse_a_household_below_the_line_and_at_risk(village):
    village.clock.advance_to(date(2021, 8, 30))
    case = apply(village)["case"]
    poor = POOR | {"collected_on": "2021-08-30"}
    with pytest.raises(Refused) as refusal:
        steps.check(village, case, poor, action="refuse", reason="家有楼房")
    assert about(refusal) == {"not_must_include"}
    assert "任何人不得不予通过" in refusal.value.message
    steps.check(village, case, poor)
    with pytest.raises(Refused):
        take(
            village,
            steps.COMMITTEE,
            case,
            "village_appraisal",
            "refuse",
            reason="评议未通过",
            people=steps.ASSEMBLY,
        )


def test_a_household_above_the_line_may_be_refused_with_a_reason(village):
    case = apply(village)["case"]
    rich = POOR | {"figures": POOR["figures"] | {"wages": 6000000}, "difficulty": False}
    with pytest.raises(Refused) as refusal:
        steps.check(village, case, rich, action="refuse")
    assert reasons(refusal) == {"procedure.missing_reason"}
    done = steps.check(village, case, rich, action="refuse", reason="收入高于基准线，未见困难")
    assert done["status"] == "refused"
    assert village.call(COUNTY, "household", household=HOME)["status"] == "registered"


def test_income_that_nobody_collected_leaves_the_decision_open(village):
    village.clock.advance_to(date(2021, 8, 2))  # the roster's figures cover another window
    case = steps.up_to_the_county(village, record={"collected_on": "2021-08-02"})
    with pytest.raises(Refused) as refusal:
        take(village, COUNTY, case, "county_decision", "include")
    assert reasons(refusal) == {"procedure.guard_unknown"}
    with pytest.raises(Refused) as refusal:
        take(village, COUNTY, case, "county_decision", "refuse", reason="查不清")
    assert reasons(refusal) == {"procedure.guard_unknown"}


@pytest.mark.rule("I-03", "N-01")
def test_the_gate_opens_on_the_eighth_day_after_posting_and_not_before(village):
    case = apply(village)["case"]
    steps.check(village, case)
    steps.appraise(village, case)
    with pytest.raises(Refused) as refusal:
        steps.review(village, case)
    assert reasons(refusal) == {"procedure.gate_shut"}
    opens = steps.post_notice(village, case)
    assert opens == date(2021, 7, 13)
    village.clock.advance_to(date(2021, 7, 12))
    with pytest.raises(Refused) as refusal:
        steps.review(village, case)
    assert reasons(refusal) == {"procedure.gate_shut"}
    village.clock.advance_to(opens)
    assert steps.review(village, case)["step"] == "county_decision"


def test_behind_a_notice_notify_is_asked_first_and_silence_shuts_the_gate(village):
    case = apply(village)["case"]
    steps.check(village, case)
    steps.appraise(village, case)
    village.clock.advance_to(steps.post_notice(village, case))
    village.bus.answer("notify", "notice_of", Unavailable("告知服务没有应答"))
    with pytest.raises(Unavailable):
        steps.review(village, case)


@pytest.mark.rule("I-03", "N-01")
def test_an_objection_holds_the_gate_and_upheld_sends_back_to_the_meeting(village):
    case = apply(village)["case"]
    steps.check(village, case)
    steps.appraise(village, case)
    opens = steps.post_notice(village, case)
    subject = {"service": "monitoring", "kind": "case", "id": case}
    told = {"subject": subject, "step": "village_notice", "notice": "n-1", "objection": "o-1"}
    village.clock.advance_to(date(2021, 7, 9))
    village.hear("notify", "objection.raised", "objection_raised", {**told, "on": "2021-07-09"})
    village.clock.advance_to(opens)
    village.bus.answer("notify", "notice_of", {**village.bus.answers["notify", "notice_of"]})
    with pytest.raises(Refused) as refusal:
        steps.review(village, case)
    assert "procedure.open_objection" in reasons(refusal)
    closed = {**told, "on": "2021-07-13", "upheld": True}
    village.hear("notify", "objection.closed", "objection_closed", closed)
    assert village.call(COUNTY, "case", case=case)["step"] == "village_appraisal"


@pytest.mark.rule("I-04")
def test_the_town_signs_with_both_leaders(village):
    case = apply(village)["case"]
    steps.check(village, case)
    steps.appraise(village, case)
    village.clock.advance_to(steps.post_notice(village, case))
    one = {"papers": steps.papers("identification_approval"), "people": steps.LEADERS[:1]}
    with pytest.raises(Refused) as refusal:
        take(village, TOWN, case, "town_review", "pass", **one)
    assert reasons(refusal) == {"procedure.missing_signature"}


@pytest.mark.rule("I-05")
def test_the_county_does_not_decide_without_comparison_and_silence_is_unknown(village):
    case = apply(village)["case"]
    steps.check(village, case)
    steps.appraise(village, case)
    village.clock.advance_to(steps.post_notice(village, case))
    steps.review(village, case)
    with pytest.raises(Refused) as refusal:
        take(village, COUNTY, case, "county_decision", "include")
    assert about(refusal) == {"department_comparison"}
    steps.answer_comparison(village)
    village.bus.answer("civil_affairs", "compare", Unavailable("没有应答"))
    silent = village.call(COUNTY, "request_comparison", case=case)
    assert (silent["complete"], silent["departments"][0]["code"]) == (False, "unavailable")
    with pytest.raises(Refused):
        take(village, COUNTY, case, "county_decision", "include")
    steps.answer_comparison(village)
    assert village.call(COUNTY, "request_comparison", case=case)["complete"] is True
    assert take(village, COUNTY, case, "county_decision", "include")["status"] == "included"


@pytest.mark.rule("I-07")
def test_what_the_departments_answer_is_kept_encrypted_with_owner_and_day(village):
    case = steps.up_to_the_county(village)
    answer = village.store.cases.get(case).state["comparison"][0]
    assert (answer["department"], answer["on"], answer["facts"][0]["fact"]) == (
        "civil_affairs",
        "2021-07-13",
        "vehicles",
    )
    assert "vehicles" not in str(village.db.collection("cases").find_one({"_id": case}))
