"""Measures delivered (R-01): assistance against what people say; special review with content (R-03)."""

from datetime import date

import pytest
from shouwang.errors import BadRequest, Conflict, NotFound, Refused, Unavailable

from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.test_removal import HOUSEHOLD, SPRING, up_to_the_county
from tests.services.monitoring.steps import BETTER, COMMITTEE, COUNTY, HOME, TOWN, papers, take

DONE, OPEN = {"status": "confirmed"}, {"status": "delivered"}


@pytest.fixture
def monitored(county):
    steps.include(county)
    county.clock.advance_to(SPRING)
    return county


def plans(county, answer):
    county.bus.answer("assistance", "plan", answer)


def propose(county, way="helped"):
    record = {"collected_on": "2022-03-02", "income_stable": True, "spending_controlled": True}
    return county.call(COMMITTEE, "propose_removal", household=HOME, way=way, record=record)["case"]


def check(county, case, **changes):
    given = {
        "papers": papers("measures_record", "removal_assessment"),
        "people": [*steps.CHECKERS, *HOUSEHOLD],
    }
    return take(county, TOWN, case, "household_check", "pass", **given, record=BETTER | changes)


def refused(county, case, **changes):
    with pytest.raises(Refused) as refusal:
        check(county, case, **changes)
    (reason,) = [one for one in refusal.value.reasons if one["about"] == "measures_confirmed"]
    return reason


@pytest.mark.rule("R-01")
def test_an_open_task_contradicts_the_village_and_the_decision_says_so(monitored):
    case = propose(monitored)
    plans(monitored, [{"status": "running", "tasks": [DONE, OPEN]}])
    reason = refused(monitored, case)
    assert reason["code"] == "procedure.guard_refused"
    assert "与村级研判不一致，以帮扶台账为准" in reason["message"]
    assert "帮扶服务 2022-03-02" in reason["message"]


@pytest.mark.rule("R-01")
def test_a_proposal_is_warned_of_open_tasks(monitored):
    plans(monitored, [{"status": "running", "tasks": [DONE, OPEN, OPEN]}])
    (warning,) = monitored.call(COUNTY, "case", case=propose(monitored))["warnings"]
    assert "尚有 2 项措施未经农户确认" in warning


@pytest.mark.rule("R-01")
def test_silence_and_nothing_planned_are_unknown_never_delivered(monitored):
    case = propose(monitored)
    for answer in (Unavailable("没有应答"), NotFound("没有计划"), []):
        plans(monitored, answer)
        assert refused(monitored, case)["code"] == "procedure.guard_unknown"


@pytest.mark.rule("R-01")
def test_a_plan_that_ended_says_nothing_of_today(monitored):
    case = propose(monitored)
    plans(monitored, [{"status": "ended", "tasks": [OPEN]}, {"status": "delivered", "tasks": [DONE]}])
    assert check(monitored, case)["step"] == "village_appraisal"


@pytest.mark.rule("R-01")
def test_a_natural_removal_rests_on_the_judgement_where_nothing_was_planned(monitored):
    case = propose(monitored, "natural")
    plans(monitored, [{"status": "nothing_to_deliver", "tasks": []}])
    done = check(monitored, case)
    assert (done["step"], done["way"]) == ("village_appraisal", "natural")


@pytest.mark.rule("R-01")
def test_a_natural_removal_does_not_leave_promised_measures_behind(monitored):
    case = propose(monitored, "natural")
    plans(monitored, [{"status": "running", "tasks": [OPEN]}])
    assert refused(monitored, case)["code"] == "procedure.guard_refused"


@pytest.mark.rule("R-01", "R-05")
def test_the_decision_names_the_tasks_with_owner_and_day(monitored):
    case = up_to_the_county(monitored)
    take(monitored, COUNTY, case, "county_decision", "remove")
    told = monitored.call(COUNTY, "explain", case=case)["sentence"]
    assert "帮扶计划有措施 1 项、农户已确认 1 项（帮扶服务 2022-03-10）" in told
    assert "故帮扶措施已有效落实" in told


@pytest.mark.rule("R-04")
def test_the_removal_is_dated_to_the_day(monitored):
    case = up_to_the_county(monitored)
    take(monitored, COUNTY, case, "county_decision", "remove")
    seen = monitored.call(COUNTY, "household", household=HOME)["monitoring"]
    assert (seen["removed_on"], seen["way"], seen["removed_by"]) == ("2022-03-10", "helped", case)


def low(county):
    return up_to_the_county(county, figures=BETTER["figures"] | {"wages": 1_000_000})


@pytest.mark.rule("R-03")
def test_a_paper_without_content_is_no_special_review(monitored):
    case = low(monitored)
    with pytest.raises(Refused):
        take(monitored, COUNTY, case, "county_decision", "remove", papers=papers("special_review_record"))


@pytest.mark.rule("R-03")
def test_a_review_that_leaves_a_ground_out_is_refused(monitored):
    case = low(monitored)
    with pytest.raises(Refused) as error:
        steps.review_specially(monitored, case, "minimum_living")
    assert (error.value.code, "底线与监测基准线之间" in error.value.message) == ("review.grounds", True)


@pytest.mark.rule("R-03")
def test_a_review_that_says_not_yet_lets_nothing_through(monitored):
    case = low(monitored)
    seen = steps.review_specially(monitored, case, "up_to_the_line", conclusion="not_yet")
    assert seen["review"]["conclusion"] == "not_yet"
    with pytest.raises(Refused):
        take(monitored, COUNTY, case, "county_decision", "remove")
    steps.review_specially(monitored, case, "up_to_the_line")
    done = take(monitored, COUNTY, case, "county_decision", "remove")
    assert done["entries"][-1]["papers"] == ["special_review_record"]


UNSOUND = [
    ({"people": [steps.person("county-7", "county_officer")]}, "review.too_few_people"),
    ({"on": "2022-03-09"}, "review.day"),
    ({"on": "2022-03-11"}, "review.day"),
]


@pytest.mark.rule("R-03")
def test_what_makes_a_review_unsound(monitored):
    case = low(monitored)
    for changes, code in UNSOUND:
        with pytest.raises(BadRequest) as error:
            steps.review_specially(monitored, case, "up_to_the_line", **changes)
        assert error.value.code == code


@pytest.mark.rule("R-03")
def test_a_review_stands_before_the_county_and_nowhere_else(monitored):
    case = propose(monitored)
    with pytest.raises(Conflict) as error:
        steps.review_specially(monitored, case, "up_to_the_line")
    assert error.value.code == "review.not_here"
    assert monitored.clock.today() == date(2022, 3, 2)
