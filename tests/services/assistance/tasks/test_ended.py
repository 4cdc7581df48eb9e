"""What an ended plan or task still owes, and what of it is told: nothing is lost sight of (A-09)."""

from datetime import date

import pytest
from shouwang.errors import Conflict

from tests.services.assistance.county import (
    CIVIL,
    CONTACT,
    COUNTY,
    COUNTY_CODE,
    HOME,
    HOUSEHOLD,
    VILLAGE,
    proposal,
)
from tests.services.assistance.tasks.test_once import RELIEF, remove

LATE = date(2021, 10, 20)


def plan_with_relief(county):
    county.department("civil_affairs", RELIEF)
    return county.include("illness", "disaster")["tasks"][0]


def figures(county):
    return county.call(COUNTY, "figures", region=COUNTY_CODE)


def row(county):
    (found,) = county.call(COUNTY, "measures_record", household=HOME)
    return found


def titles(county):
    return [one["title"] for one in county.events("message.requested")]


@pytest.mark.rule("A-09")
def test_what_is_disputed_after_the_end_of_a_plan_is_owed_and_goes_up(county):
    task = plan_with_relief(county)
    county.deliver(task, 5_000_00)
    remove(county)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    assert [one["id"] for one in county.call(CIVIL, "open_tasks", region=COUNTY_CODE)] == [task["id"]]
    (owed,) = county.call(COUNTY, "owed", region=COUNTY_CODE)
    assert (owed["open"], owed["disputed"]) == (1, 1)
    county.pass_day(LATE)
    assert [one["task"] for one in county.events("task.overdue")] == [task["id"]]
    assert (figures(county)["overdue"], figures(county)["orphaned"]) == (1, 1)
    assert "帮扶措施无人承办" in titles(county), "its department was not heard of since"
    county.call(CIVIL, "answer_objection", task=task["id"], evidence=["审批表"])
    assert county.call(CIVIL, "open_tasks", region=COUNTY_CODE) == []


@pytest.mark.rule("A-09")
def test_what_an_ended_plan_never_delivered_is_in_nobodys_list(county):
    county.hear("monitoring", "contact.named", {"household": HOME, "region": VILLAGE, "person": CONTACT.id})
    plan_with_relief(county)
    assert len(county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"]) == 1
    remove(county)
    county.pass_day(LATE)
    assert county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"] == []
    told = figures(county)
    assert (told["overdue"], told["orphaned"], told["uncovered"], told["half_delivered"]) == (0, 0, {}, 0)
    assert county.events("task.overdue") == []


@pytest.mark.rule("A-09")
def test_what_was_paid_after_the_end_stands_in_form_four_and_in_the_figures(county):
    task = plan_with_relief(county)
    county.call(COUNTY, "stop_task", task=task["id"], reason="暂停办理")
    assert (row(county)["amount_fen"], row(county)["done_on"]) == (None, None)
    county.deliver(task, 5_000_00)
    told = row(county)
    assert (told["amount_fen"], told["done_on"]) == (5_000_00, "2021-08-20")
    assert (told["evidence"], told["state"]) == (["审批表"], "已停止")
    assert figures(county)["delivered_fen"] == 5_000_00


@pytest.mark.rule("A-09")
def test_form_four_calls_disputed_what_waits_for_an_answer(county):
    task = plan_with_relief(county)
    county.deliver(task, 5_000_00)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    assert (row(county)["disputed"], figures(county)["delivered_fen"]) == (True, 0)
    county.call(CIVIL, "answer_objection", task=task["id"], evidence=["审批表"])
    assert row(county)["disputed"] is False


@pytest.mark.rule("A-09")
def test_a_day_without_reviewed_figures_is_gone_through_and_says_so(county):
    county.today = date(2025, 11, 1)
    plan_with_relief(county)
    county.pass_day(date(2026, 1, 5))
    assert county.events("task.overdue") == []
    assert any("policy is not reviewed" in str(one) for one in county.log())


@pytest.mark.rule("A-09")
def test_a_household_objects_also_while_the_deadline_of_answers_is_not_reviewed(county):
    county.today = date(2025, 12, 20)
    task = plan_with_relief(county)
    county.deliver(task, 5_000_00)
    county.today = date(2026, 1, 5)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    told = county.plan()["tasks"][0]
    assert (told["due_on"], county.plan()["progress"]["disputed"]) == ("2026-01-19", 1)


@pytest.mark.rule("A-09")
def test_what_was_replaced_is_not_replaced_again(county):
    task = plan_with_relief(county)
    county.department("society", proposal("A49-01", "illness", fen=None))
    county.department("works", proposal("A51", "illness", fen=None))
    county.deliver(task, 5_000_00)
    asked = {"task": task["id"], "reason": "没有效果"}
    for one in county.plan()["tasks"]:
        if one["id"] != task["id"]:
            county.call(COUNTY, "stop_task", task=one["id"], reason="另行更换")
    county.call(COUNTY, "replace_task", department="society", measure="A49-01", **asked)
    before = len(county.plan()["tasks"])
    with pytest.raises(Conflict) as error:
        county.call(COUNTY, "replace_task", department="works", measure="A51", **asked)
    assert (error.value.code, len(county.plan()["tasks"])) == ("task.replaced", before)


@pytest.mark.rule("A-09")
@pytest.mark.parametrize("registered", [True, False])
def test_the_county_hears_once_of_a_household_that_is_gone_while_its_plan_owes(county, registered):
    task = plan_with_relief(county)
    changed = {"household": HOME, "region": VILLAGE, "registered": registered, "kinds": ["death"]}
    for _ in range(2):
        county.hear("monitoring", "household.changed", changed, event_id="gone")
    told = [one for one in county.events("message.requested") if one["title"] == "登记终止户尚有帮扶任务"]
    assert len(told) == (not registered)
    assert all("1 项" in one["text"] and one["role"] == "county_officer" for one in told)
    assert county.plan()["status"] == "running", "who was taken in by others is owed it still"
    county.deliver(task, 5_000_00)
    county.hear("monitoring", "household.changed", changed, event_id="again")
    assert len(county.events("message.requested")) == 1 + len(told), "nothing is owed any more"
