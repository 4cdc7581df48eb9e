"""Identification step by step on a real store: five steps, what each refuses, what follows (I-01…I-06)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, Refused
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.acting import reasons
from tests.services.monitoring.sheet import household, id_number, spoil
from tests.services.monitoring.steps import COUNTY, HOME, POOR, TOWN, apply, take


@pytest.mark.rule("I-01", "I-02", "I-03", "I-04", "I-05", "M-08")
def test_a_household_at_risk_is_included_in_five_steps(village):
    case = steps.up_to_the_county(village)
    done = take(village, COUNTY, case, "county_decision", "include")
    assert (done["status"], done["category"], done["risks"]) == ("included", "unstable_ex_poor", ["illness"])
    assert [entry["step"] for entry in done["entries"] if entry["by"]] == [
        "application",
        "household_check",
        "village_appraisal",
        "town_review",
        "county_decision",
    ]
    seen = village.call(COUNTY, "household", household=HOME)
    assert (seen["status"], seen["category"]) == ("monitored", "unstable_ex_poor")
    assert village.call(COUNTY, "at_risk_households", region="430426") == [
        {
            "household": HOME,
            "region": "430426100001",
            "category": "unstable_ex_poor",
            "risks": ["illness"],
        }
    ]


def test_what_the_others_hear(village):
    case = steps.up_to_the_county(village)
    take(village, COUNTY, case, "county_decision", "include")
    told = village.events()
    types = [type for type, _ in told if type != "message.requested"]
    assert types == [
        "case.opened",
        "case.step_taken",
        "case.step_taken",
        "case.step_taken",
        "notice.requested",
        "case.step_taken",
        "case.step_taken",
        "case.ended",
        "household.included",
    ]
    assert dict(told)["household.included"] == {
        "household": HOME,
        "case": case,
        "region": "430426100001",
        "category": "unstable_ex_poor",
        "risks": ["illness"],
        "able_to_work": True,
    }
    notice = dict(told)["notice.requested"]
    assert notice["content"] == {"household": HOME, "head": "测**", "group": "第三组", "persons": 3}
    assert (notice["place"], notice["days"]) == ("village", 7)


@pytest.mark.rule("M-06")
def test_the_window_of_income_is_pinned_at_the_application(village):
    case = apply(village)
    assert case["window"] == {"start": "2020-07-01", "end": "2021-06-30"}
    village.clock.advance_to(date(2021, 8, 2))
    steps.check(village, case["case"], POOR | {"collected_on": "2021-08-01"})
    assert village.call(COUNTY, "case", case=case["case"])["window"]["end"] == "2021-06-30"


@pytest.mark.rule("I-01")
def test_no_case_without_the_signed_form(village):
    with pytest.raises(BadRequest):
        apply(village, paper={**steps.PAPER, "on": "2021-07-05", "signed_by": f"{HOME}-09"})
    assert village.call(COUNTY, "cases", region="430426") == []


def test_two_cases_of_one_household_do_not_run_side_by_side(village):
    apply(village)
    with pytest.raises(Conflict) as refusal:
        apply(village)
    assert refusal.value.code == "case.parallel"


def test_the_same_request_opens_one_case(village):
    paper = {**steps.PAPER, "on": "2021-07-05"}
    given = {"household": HOME, "risks": ["illness"], "paper": paper, "request_id": "r-1"}
    first = village.call(steps.CADRE, "apply", **given)
    assert village.call(steps.CADRE, "apply", **given) == first
    assert len(village.call(COUNTY, "cases", region="430426")) == 1


@pytest.mark.rule("I-02")
def test_the_check_needs_two_people_and_nobody_who_submitted(village):
    case = apply(village)["case"]
    with pytest.raises(Refused) as refusal:
        steps.check(village, case, people=steps.CHECKERS[:1])
    assert reasons(refusal) == {"procedure.too_few_people"}
    with pytest.raises(Refused) as refusal:
        steps.check(village, case, people=[*steps.CHECKERS, steps.person(steps.CADRE.id, "village_cadre")])
    assert reasons(refusal) == {"procedure.own_submission"}


@pytest.mark.rule("I-06")
def test_the_clue_that_led_to_the_case_is_closed_with_its_outcome(village):
    found = {"region": "430426100001", "channel": "self_report", "household": HOME, "risks": ["illness"]}
    clue = village.call(steps.CADRE, "report_clue", **found, found_on="2021-07-05")["clue"]
    case = steps.up_to_the_county(village)
    assert village.call(COUNTY, "clue", clue=clue)["status"] == "in_case"
    take(village, COUNTY, case, "county_decision", "include")
    closed = village.call(COUNTY, "clue", clue=clue)
    assert (closed["status"], closed["outcome"], closed["case"]) == ("closed", "included", case)


def test_the_end_of_a_case_may_be_settled_again_without_effect(village):
    case = steps.up_to_the_county(village)
    take(village, COUNTY, case, "county_decision", "include")
    before = village.db.collection("households").find_one({"_id": HOME})
    ended = next(data for type, data in village.events() if type == "case.ended")
    village.hear("monitoring", "case.ended", "case_ended", ended)
    assert village.db.collection("households").find_one({"_id": HOME}) == before


def test_a_household_acts_only_on_itself(village):
    own = actor(roles.HOUSEHOLD, org=HOME)
    assert village.call(own, "household", household=HOME)["household"] == HOME
    for method in ("household", "explain"):  # refused before anything is looked up
        with pytest.raises(Forbidden) as refusal:
            village.call(own, method, household="430426100001-0002")
        assert refusal.value.code == "access.not_own_household"


def test_a_household_may_withdraw(village):
    case = apply(village)["case"]
    own = actor(roles.HOUSEHOLD, org=HOME)
    assert take(village, own, case, "household_check", "withdraw")["status"] == "withdrawn"
    with pytest.raises(Refused) as refusal:
        steps.check(village, case)
    assert reasons(refusal) == {"procedure.closed_case"}


@pytest.mark.rule("M-12", "I-06")
def test_the_village_does_not_withdraw_whom_the_rule_includes_and_is_not_silent_when_he_does(village):
    """Below the line and at risk: no cadre ends it by the back door. What a household does itself is told."""
    case = apply(village)["case"]
    steps.check(village, case)  # 6,000 yuan a head, below the line of 6,500
    with pytest.raises(Refused) as refusal:
        take(village, steps.CADRE, case, "village_appraisal", "withdraw")
    assert reasons(refusal) == {"case.must_be_included"}
    assert "必须纳入监测" in refusal.value.message
    assert village.call(COUNTY, "case", case=case)["status"] == "open"
    own = actor(roles.HOUSEHOLD, org=HOME)
    assert take(village, own, case, "village_appraisal", "withdraw")["status"] == "withdrawn"
    messages = [data for type, data in village.events() if type == "message.requested"]
    told = [one["role"] for one in messages if one["title"] == "应纳入的农户撤回申请"]
    assert sorted(told) == ["county_officer", "town_officer"]


def test_every_read_of_a_person_is_on_record(village):
    village.call(COUNTY, "household", household=HOME)
    found = village.call(steps.CADRE, "person", sealed=village.sealed(id_number(10)), purpose="核对身份")
    assert found["household"] == HOME
    lines = village.reads.of_subject(HOME)
    assert [(line["actor"]["id"], line["purpose"]) for line in lines] == [
        (COUNTY.id, "查看农户"),
        (steps.CADRE.id, "核对身份"),
    ]


def test_what_next_says_what_is_missing(village):
    case = apply(village)["case"]
    possible = {one["action"]: one for one in village.call(TOWN, "what_next", case=case)}
    assert possible["pass"]["allowed"] is True
    assert possible["pass"]["papers"] == ["information_record"]
    outsider = {one["action"]: one for one in village.call(COUNTY, "what_next", case=case)}
    assert outsider["pass"]["allowed"] is False


def test_a_month_gap_is_warned_of_at_the_county(village):
    case = apply(village)["case"]
    village.clock.advance_to(date(2021, 12, 1))
    steps.check(village, case)
    steps.appraise(village, case)
    village.clock.advance_to(steps.post_notice(village, case))
    (warning,) = steps.review(village, case)["warnings"]
    assert "5 个月" in warning


def test_an_unknown_member_number_is_not_in_the_comparison(county):
    county.import_rows(spoil(household(1, 2), 1, id_number=""))
    case = steps.up_to_the_county(county)
    answered = county.store.cases.get(case).state["comparison"][0]["facts"][0]["persons"]
    assert sorted(answered) == [f"{HOME}-01", f"{HOME}-03"]


@pytest.mark.rule("I-01", "M-10")
def test_the_form_may_name_a_state_instead_of_a_risk(village):
    case = apply(village, risks=["water"])
    assert case["risks"] == ["illness", "water"]  # the roster names illness already
    checked = steps.check(village, case["case"], POOR | {"risks": [], "water_unsafe": True})
    assert checked["risks"] == ["water"]
