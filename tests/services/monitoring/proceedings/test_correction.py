"""A decision found wrong is corrected by a new one that names it; what it had done is undone (R-05)."""

from datetime import date

import pytest
from shouwang.errors import Conflict, Forbidden

from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.test_removal import up_to_the_county as removal_at_the_county
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import COUNTY, HOME, POOR, TOWN, take

RICH = POOR | {"figures": POOR["figures"] | {"wages": 6_000_000, "own_payments": 0}, "difficulty": False}


def status(county):
    return county.call(COUNTY, "household", household=HOME)["status"]


def told(county, type):
    return [data for kind, data in county.events() if kind == type]


def correct(county, case, step=None, who=COUNTY):
    return county.call(who, "correct_decision", case=case, reason="复核发现收入漏算", step=step)


def decide_anew(county, case, record, action="refuse"):
    """The correcting case runs through its steps again, with what was found now."""
    steps.check(county, case, record)
    steps.appraise(county, case)
    county.clock.advance_to(steps.post_notice(county, case, f"n-{county.clock.today()}"))
    steps.review(county, case)
    given = {"reason": "收入高于基准线"} if action == "refuse" else {}
    return take(county, COUNTY, case, "county_decision", action, **given)


def clue_of(county):
    found = {"region": "430426100001", "channel": "self_report", "household": HOME, "risks": ["illness"]}
    return county.call(steps.CADRE, "report_clue", **found, found_on="2021-07-05")["clue"]


@pytest.fixture
def included(county):
    county.import_rows(household(1, 2))
    county.clue = clue_of(county)
    case = steps.up_to_the_county(county)
    take(county, COUNTY, case, "county_decision", "include")
    return case


@pytest.mark.rule("R-05", "I-05")
def test_a_wrong_inclusion_is_undone_by_the_new_decision_and_not_before(county, included):
    opened = correct(county, included, "household_check")
    assert (opened["status"], opened["decision"], opened["corrects"]) == ("open", f"{included}~2", included)
    assert status(county) == "monitored"  # nobody loses help while others look again
    done = decide_anew(county, included, RICH)
    assert (done["status"], status(county)) == ("refused", "registered")
    assert county.call(COUNTY, "household", household=HOME)["category"] is None
    assert county.call(COUNTY, "clue", clue=county.clue)["outcome"] == "refused"
    (event,) = told(county, "decision.corrected")
    assert (event["was"], event["now"], event["corrects"]) == ("included", "refused", included)
    assert [one["outcome"] for one in told(county, "clue.closed")] == ["included", "refused"]
    (owed,) = county.call(TOWN, "national_outstanding", region="430426100")
    assert owed["kind"] == "revocation"


@pytest.mark.rule("R-05")
def test_the_correction_is_explained_and_names_the_old_decision(county, included):
    correct(county, included, "household_check")
    decide_anew(county, included, RICH)
    found = county.call(COUNTY, "explain", case=included)
    assert found["corrects"] == included
    assert "可以不予通过" in found["sentence"]
    assert county.store.cases.get(included).state["earlier_cases"][0]["superseded_by"] == f"{included}~2"


@pytest.mark.rule("R-05", "M-08")
def test_the_same_household_in_another_category(county, included):
    correct(county, included, "household_check")
    county.call(COUNTY, "household", household=HOME)
    steps.answer_comparison(county)
    done = decide_anew(county, included, POOR | {"kind": "ordinary"}, "include")
    assert (done["status"], done["category"], status(county)) == ("included", "marginal", "monitored")
    assert county.call(COUNTY, "household", household=HOME)["category"] == "marginal"


@pytest.mark.rule("R-05", "M-12")
def test_a_wrong_refusal_becomes_an_inclusion(county):
    county.import_rows(household(1, 2))
    case = steps.apply(county)["case"]
    steps.check(county, case, RICH, action="refuse", reason="收入高于基准线")
    assert correct(county, case)["step"] == "household_check"
    steps.check(county, case)
    steps.appraise(county, case)
    county.clock.advance_to(steps.post_notice(county, case))
    steps.review(county, case)
    steps.answer_comparison(county)
    county.call(COUNTY, "request_comparison", case=case)
    assert take(county, COUNTY, case, "county_decision", "include")["status"] == "included"
    assert status(county) == "monitored"
    assert told(county, "household.included")[0]["case"] == case


@pytest.mark.rule("R-05", "R-04")
def test_a_wrong_removal_brings_the_household_back_under_help(county, included):
    county.clock.advance_to(date(2022, 3, 2))
    removal = removal_at_the_county(county)
    take(county, COUNTY, removal, "county_decision", "remove")
    assert status(county) == "removed"
    correct(county, removal)
    done = take(county, COUNTY, removal, "county_decision", "refuse", reason="收入不稳定")
    assert (done["status"], status(county)) == ("refused", "monitored")
    again = told(county, "household.included")[-1]
    assert (again["case"], again["category"]) == (f"{removal}~2", "unstable_ex_poor")
    (follow_up,) = county.call(COUNTY, "follow_ups", region="430426")
    assert follow_up["status"] == "undone"


@pytest.mark.rule("R-05")
def test_only_the_newest_decision_is_corrected(county, included):
    county.clock.advance_to(date(2022, 3, 2))
    removal = removal_at_the_county(county)
    with pytest.raises(Conflict) as error:
        correct(county, included)
    assert error.value.code == "case.later_case"
    take(county, COUNTY, removal, "county_decision", "remove")
    with pytest.raises(Conflict):
        correct(county, included)
    assert correct(county, removal)["corrects"] == removal


@pytest.mark.rule("R-05")
def test_a_correction_ends_in_a_decision_and_not_in_a_withdrawal(county, included):
    step = correct(county, included)["step"]
    with pytest.raises(Conflict) as error:
        take(county, steps.CADRE, included, step, "withdraw")
    assert error.value.code == "case.correction_needs_decision"


def test_the_county_corrects_and_nobody_else(county, included):
    with pytest.raises(Forbidden):
        correct(county, included, who=TOWN)


def test_the_same_request_corrects_once(county, included):
    given = {"case": included, "reason": "复核", "request_id": "r-9"}
    first = county.call(COUNTY, "correct_decision", **given)
    assert county.call(COUNTY, "correct_decision", **given) == first


def test_a_settled_correction_may_be_settled_again_without_effect(county, included):
    correct(county, included, "household_check")
    decide_anew(county, included, RICH)
    before = county.db.collection("households").find_one({"_id": HOME})
    ended = told(county, "case.ended")[-1]
    assert ended["case"] == included
    county.hear("monitoring", "case.ended", "case_ended", ended)
    assert county.db.collection("households").find_one({"_id": HOME}) == before
