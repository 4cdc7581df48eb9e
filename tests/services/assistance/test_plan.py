"""What is lacking is given: the plan of a household (A-01) and its tasks (A-09)."""

from datetime import date

import pytest
from shouwang.errors import Conflict, Refused

from services.assistance.domain import plan, task

ON = date(2021, 8, 20)


def proposal(measure, risks, *, department="civil_affairs", eligible="yes", amount=100_00):
    return {
        "department": department,
        "measure": measure,
        "title": measure,
        "risks": risks,
        "eligible": eligible,
        "amount_fen": amount,
        "reason": "",
        "evidence": ["审批表"],
    }


AID = proposal("A45-03", ["illness"], department="health_insurance", amount=900_00)
PREMIUM = proposal("A45-01", ["illness", "insurance"], department="health_insurance", amount=160_00)
TRAINING = proposal("A40-01", ["unstable_employment"], amount=0)
RELIEF = proposal("A48-03", ["unstable_employment", "illness", "disaster"], amount=1_000_00)
MINIMUM = proposal("A48-01", ["no_labour"], amount=4_000_00)


def codes(made):
    return sorted(one["measure"] for one in made["measures"])


@pytest.mark.rule("A-01")
def test_one_risk_gets_one_measure_the_one_that_helps_most():
    made = plan.compose(["illness"], False, [PREMIUM, AID])
    assert (made["kind"], codes(made)) == ("single", ["A45-03"])


@pytest.mark.rule("A-01")
def test_several_risks_get_a_combined_plan():
    made = plan.compose(["illness", "unstable_employment"], True, [AID, TRAINING])
    assert (made["kind"], codes(made)) == ("combined", ["A40-01", "A45-03"])


@pytest.mark.rule("A-01")
@pytest.mark.parametrize(("able", "measure"), [(True, "A40-01"), (None, "A40-01"), (False, "A48-03")])
def test_who_can_work_is_helped_to_earn_first(able, measure):
    assert measure in codes(plan.compose(["unstable_employment"], able, [RELIEF, TRAINING]))


@pytest.mark.rule("A-01")
def test_who_cannot_work_gets_the_safety_net_besides():
    made = plan.compose(["illness"], False, [AID, MINIMUM])
    assert codes(made) == ["A45-03", "A48-01"]


@pytest.mark.rule("A-01")
def test_not_eligible_is_not_given_and_unknown_is_not_forgotten():
    unsure = {**AID, "eligible": "unknown"}
    refused = {**PREMIUM, "eligible": "no"}
    made = plan.compose(["illness"], True, [unsure, refused])
    assert made["measures"] == []
    assert made["uncovered"] == ["illness"]
    assert made["unknown"] == [unsure]


def assigned():
    return task.assign("t1", AID, "sealed", ON, 30)


@pytest.mark.rule("A-09")
def test_a_task_goes_from_assigned_to_delivered_to_confirmed():
    delivered = task.deliver(assigned(), 900_00, ["审批表"], date(2021, 9, 1))
    confirmed = task.confirm(delivered, date(2021, 9, 2))
    assert (delivered["status"], confirmed["status"]) == ("delivered", "confirmed")


@pytest.mark.rule("A-09")
def test_without_evidence_nothing_counts_as_delivered():
    with pytest.raises(Refused) as error:
        task.deliver(assigned(), 900_00, [], ON)
    assert "审批表" in str(error.value)


@pytest.mark.rule("A-09")
def test_the_household_confirms_only_what_was_delivered():
    with pytest.raises(Refused):
        task.confirm(assigned(), ON)


@pytest.mark.rule("A-09")
def test_nothing_is_delivered_twice():
    once = task.deliver(assigned(), 900_00, ["审批表"], ON)
    with pytest.raises(Conflict):
        task.deliver(once, 900_00, ["审批表"], ON)


@pytest.mark.rule("A-09")
@pytest.mark.parametrize(("day", "overdue"), [(date(2021, 9, 19), False), (date(2021, 9, 20), True)])
def test_overdue_begins_the_day_after_the_deadline(day, overdue):
    assert task.is_overdue(assigned(), day) is overdue
