"""Departments: believed when they make sense, refused when not, gone when nobody hears of them."""

from datetime import date, timedelta

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden, NotFound
from shouwang.testing import actor

from tests.services.assistance.county import COUNTY, HEALTH, HOME, announcement, measure, proposal

AID = proposal("A45-03", "illness", fen=900_00)


def registered(county, **asked):
    return {one["code"]: one for one in county.call(COUNTY, "departments", **asked)}


@pytest.mark.rule("A-02")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"measures": [measure("A99-01", "illness")]}, "measures[0].code"),
        ({"measures": [measure("A45-03", "bad luck")]}, "measures[0].risks"),
        ({"measures": "很多"}, "measures"),
        ({"public_key": "钥匙"}, "public_key"),
        ({"code": "civil_affairs"}, "code"),
        ({"contract": "一"}, "contract"),
    ],
)
def test_nonsense_is_refused_loudly_and_the_last_sound_announcement_stands(county, wrong, field):
    county.department("health_insurance", AID)
    county.hear("health_insurance", "announced", announcement("health_insurance") | wrong)
    found = registered(county)["health_insurance"]
    assert [one["code"] for one in found["measures"]] == ["A45-03"]
    assert any(one.startswith(field) for one in found["refused"]["problems"])
    assert ("error", "announcement refused") in [line[:2] for line in county.log()]
    county.announce("health_insurance", measure("A45-03", "illness"))
    assert registered(county)["health_insurance"]["refused"] is None


def test_of_whom_nothing_sound_was_heard_it_is_shown_and_offers_nothing(county):
    county.hear("water", "announced", {"code": "water"})
    found = registered(county)["water"]
    assert (found["measures"], found["silent"]) == ([], True)
    assert found["refused"]["problems"]
    assert registered(county, offering="measures") == {}
    county.hear("water", "heartbeat", {"code": "water"})
    assert registered(county)["water"]["silent"]


@pytest.mark.parametrize(
    ("days", "presence"), [(0, "present"), (3, "present"), (4, "silent"), (10, "silent"), (11, "gone")]
)
def test_silent_then_gone(county, days, presence):
    county.department("health_insurance", AID)
    county.today = county.today + timedelta(days=days)
    assert registered(county)["health_insurance"]["presence"] == presence
    listed = "health_insurance" in registered(county, offering="measures")
    assert listed is (presence != "gone")


@pytest.mark.rule("A-09")
def test_the_tasks_of_a_department_that_left_are_orphaned_and_told_once(county):
    county.department("health_insurance", AID)
    county.include("illness")
    for day in (11, 12):
        county.pass_day(date(2021, 8, 20) + timedelta(days=day))
    plan = county.plan()
    assert plan["tasks"][0]["orphaned_on"] == "2021-08-31"
    assert plan["progress"]["orphaned"] == 1
    told = [one for one in county.events("message.requested") if "无人承办" in one["text"]]
    assert [one["role"] for one in told] == [roles.COUNTY_OFFICER]


@pytest.mark.rule("A-09")
def test_when_it_comes_back_its_tasks_are_its_own_again(county):
    county.department("health_insurance", AID)
    county.include("illness")
    county.pass_day(date(2021, 8, 31))
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    plan = county.plan()
    assert plan["tasks"][0]["orphaned_on"] is None
    assert "task.adopted" in [one["action"] for one in county.store.plans.get(plan["plan"]).history]


@pytest.mark.rule("A-09")
def test_a_department_that_is_taken_out_is_gone_at_once_and_a_person_reassigns_its_task(county):
    county.department("health_insurance", AID)
    county.include("illness")
    left = county.call(COUNTY, "deregister_department", department="health_insurance", reason="机构改革")
    assert left["presence"] == "gone"
    task = county.plan()["tasks"][0]
    assert task["orphaned_on"] == "2021-08-20"
    gifts = [proposal(code, "illness", fen=fen) for code, fen in (("A49-01", 300_00), ("A49-02", 200_00))]
    county.department("civil_affairs", *gifts)
    asked = {"task": task["id"], "department": "civil_affairs", "measure": "A49-02"}
    plan = county.call(COUNTY, "replace_task", **asked, reason="原部门撤并")
    (old,), new = plan["ended_tasks"], plan["tasks"][-1]
    assert (old["status"], old["replaced_by"], new["replaces"]) == ("replaced", new["id"], old["id"])
    assert old["orphaned_on"] is None
    assert county.call(COUNTY, "owed", region="430426")[0]["department"] == "civil_affairs"
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert registered(county)["health_insurance"]["presence"] == "gone", "until it announces itself anew"


def test_who_is_not_there_cannot_leave(county):
    with pytest.raises(NotFound):
        county.call(COUNTY, "deregister_department", department="nobody", reason="没有")
    with pytest.raises(Forbidden):
        county.call(HEALTH, "deregister_department", department="health_insurance", reason="没有")
    with pytest.raises(Forbidden):
        county.call(actor(roles.HOUSEHOLD, org=HOME), "departments")


def test_a_department_of_the_first_version_is_read_in_todays_shape():
    from services.assistance.store.migrations import department_with_leaving, plan_with_reasons

    old = {"announced": announcement("water"), "last_heard_on": "2021-08-20"}
    assert department_with_leaving(old)["left_on"] is None
    task = {"id": "t", "status": "assigned", "escalated_on": "2021-09-20"}
    new = plan_with_reasons({"household": HOME, "tasks": [task]})
    assert new["tasks"][0]["escalations"] == [{"level": "department", "on": "2021-09-20", "key": "overdue/t"}]
    assert (new["orphaned_by"], new["evaluations"]) == ([], [])
