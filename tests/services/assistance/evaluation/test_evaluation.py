"""The quarterly evaluation: a rule suggests, a person decides, what is not known stays unknown (A-09)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, NotFound, Refused, Unavailable

from tests.services.assistance.county import COUNTY, HOME, TOWN, County, household_view, proposal

AID = proposal("A45-03", "illness", fen=900_00)
TRAINING = proposal("A40-01", "unstable_employment", fen=None)


@pytest.fixture
def helped(county: County) -> County:
    """A plan of two delivered measures, on the day after the quarter."""
    county.department("health_insurance", AID)
    county.department("human_resources", TRAINING)
    plan = county.include("illness", "unstable_employment")
    for task in plan["tasks"]:
        county.deliver(task, task["amount_fen"])
    county.today = date(2021, 10, 1)
    return county


def evaluate(county, quarter="2021Q3", **more):
    return county.call(TOWN, "evaluate", plan=county.plan()["plan"], quarter=quarter, **more)


def suggestions(found):
    return {one["measure"]: one["suggestion"] for one in found["tasks"]}


@pytest.mark.rule("A-09")
def test_each_measure_is_judged_by_its_own_effect(helped):
    helped.bus.answer("monitoring", "household", household_view(wages=600_002))
    found = evaluate(helped, risks_gone={"illness": True})
    assert (found["before_fen"], found["now_fen"]) == (300_000, 300_001)
    assert suggestions(found) == {"A45-03": "keep", "A40-01": "keep"}
    helped.bus.answer("monitoring", "household", household_view())
    assert suggestions(evaluate(helped, risks_gone={"illness": False})) == {
        "A45-03": "replace",
        "A40-01": "replace",
    }


@pytest.mark.rule("A-09")
def test_what_is_not_known_is_collected_and_not_called_ineffective(helped):
    helped.bus.answer("monitoring", "household", household_view(wages=None))
    found = evaluate(helped)
    assert found["now_fen"] is None
    assert suggestions(found) == {"A45-03": "collect", "A40-01": "collect"}


@pytest.mark.rule("A-09")
def test_what_was_not_delivered_is_first_to_be_delivered(county):
    county.department("health_insurance", AID)
    county.include("illness")
    county.today = date(2021, 10, 1)
    assert suggestions(evaluate(county)) == {"A45-03": "deliver"}


@pytest.mark.rule("A-09")
def test_a_person_decides_once_and_form_four_shows_the_effect(helped):
    found = evaluate(helped)
    tasks = [{"task": one["task"], "outcome": "keep"} for one in found["tasks"]]
    asked = {"plan": found["plan"], "quarter": "2021Q3", "outcomes": tasks, "reason": "再观察一季度"}
    decided = helped.call(COUNTY, "decide_evaluation", request_id="d", **asked)
    assert decided["decided"]["by"] == COUNTY.id
    assert helped.call(COUNTY, "decide_evaluation", request_id="d", **asked) == decided
    assert evaluate(helped)["decided"] is not None, "a decided evaluation stands"
    effects = {one["effect"] for one in helped.call(COUNTY, "measures_record", household=HOME)}
    assert effects == {"无效", "不详"}


@pytest.mark.rule("A-09")
@pytest.mark.parametrize(
    ("quarter", "code"), [("2021Q4", "evaluation.too_early"), ("2021Q2", "evaluation.before_plan")]
)
def test_only_a_quarter_that_ended_and_that_the_plan_saw(helped, quarter, code):
    with pytest.raises(Refused) as error:
        evaluate(helped, quarter)
    assert error.value.code == code


@pytest.mark.rule("A-09")
def test_a_decision_is_about_what_was_judged_and_stands(helped):
    found = evaluate(helped)
    asked = {"plan": found["plan"], "quarter": "2021Q3", "reason": "再观察一季度"}
    keep = {"task": found["tasks"][0]["task"], "outcome": "keep"}
    with pytest.raises(BadRequest) as error:
        helped.call(COUNTY, "decide_evaluation", outcomes=[{**keep, "task": "another"}], **asked)
    assert error.value.code == "evaluation.no_such_task"
    helped.call(COUNTY, "decide_evaluation", outcomes=[keep], **asked)
    with pytest.raises(Conflict) as late:
        helped.call(TOWN, "decide_evaluation", outcomes=[{**keep, "outcome": "stop"}], **asked)
    assert late.value.code == "evaluation.decided"
    assert evaluate(helped)["decided"]["by"] == COUNTY.id


@pytest.mark.rule("A-09")
def test_a_day_that_is_gone_through_again_reminds_of_each_plan_once(helped):
    helped.pass_day(date(2021, 10, 21))
    before = helped.events("message.requested")
    other = helped.include("illness", case="another")
    agg = helped.store.plans.get(other["plan"])
    agg.state |= {"made_on": "2021-09-30"}
    helped.save(helped.store.plans, agg)
    helped.pass_day(date(2021, 10, 21))
    reminded = [one for one in helped.events("message.requested") if one["title"] == "帮扶成效季度评估逾期"]
    assert len(before) and len({one["key"] for one in reminded}) == len(reminded) == 2


def test_nothing_is_decided_that_was_not_evaluated(helped):
    asked = {"plan": helped.plan()["plan"], "quarter": "2021Q3", "outcomes": [], "reason": "没有"}
    with pytest.raises(NotFound):
        helped.call(COUNTY, "decide_evaluation", **asked)


def test_without_monitoring_nothing_is_evaluated(helped):
    helped.bus.answer("monitoring", "household", Unavailable("没有答复"))
    with pytest.raises(Unavailable):
        evaluate(helped)


@pytest.mark.rule("A-09", "D-02")
def test_what_is_due_is_listed_and_the_town_reminded_once(helped):
    due = helped.call(COUNTY, "evaluations_due", region="430426")
    assert [(one["quarter"], one["due_on"], one["overdue"]) for one in due] == [
        ("2021Q3", "2021-10-20", False)
    ]
    for day in (20, 21, 22):
        helped.pass_day(date(2021, 10, day))
    told = [one for one in helped.events("message.requested") if "季度评估" in one["title"]]
    assert [(one["role"], one["due"]) for one in told] == [(roles.TOWN_OFFICER, "2021-10-20")]
    helped.today = date(2022, 1, 1)
    due = helped.call(COUNTY, "evaluations_due", region="430426")
    assert [(one["quarter"], one["overdue"]) for one in due] == [("2021Q3", True), ("2021Q4", False)]
