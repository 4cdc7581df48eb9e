"""Every open plan is asked about anew each month; who cannot be asked is not "no measure" (A-01, A-09)."""

from datetime import date

import pytest

from services.assistance.domain.evaluation import former
from services.assistance.domain.planning.explaining import explained
from services.assistance.domain.planning.former import one_besides_rights
from services.assistance.domain.planning.proposals import kept
from services.assistance.domain.planning.rules import Offer
from tests.services.assistance.county import (
    CASE,
    COUNTY,
    HOME,
    HOUSEHOLD,
    TOWN,
    VILLAGE,
    announcement,
    measure,
    proposal,
)
from tests.services.assistance.planning.test_plans import AID, SALES, SILENT, reason_of
from tests.services.assistance.reading import said

HEALTH = "health_insurance"
NO = AID | {"eligible": "no", "amount_fen": None}


def sign(county, day, code=HEALTH):
    county.today = day
    county.hear(code, "heartbeat", {"code": code})


def asked(county, code=HEALTH):
    return len(county.bus.called(code, "propose_measures"))


def given(county):
    return [(one["measure"], one["amount_fen"], one["status"]) for one in county.plan()["tasks"]]


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("by", ["heartbeat", "announced"])
def test_a_no_is_asked_about_again_each_month_and_a_yes_becomes_a_task_once(county, by):
    county.department(HEALTH, NO)
    assert county.include("illness")["uncovered"] == ["illness"]
    county.bus.answer(HEALTH, "propose_measures", [AID])
    for day in (date(2021, 8, 31), date(2021, 9, 1), date(2021, 9, 2), date(2021, 10, 8)):
        county.today = day
        if by == "heartbeat":
            county.hear(HEALTH, "heartbeat", {"code": HEALTH})
        else:
            county.announce(HEALTH, measure("A45-03", "illness"))
        assert len(given(county)) == (day >= date(2021, 9, 1))
    assert asked(county) == 3, "once a month"
    assert reason_of_last(county, f"{HEALTH}/A45-03")["verdict"] == "yes"
    assert len(county.events("task.assigned")) == len(county.events("plan.completed")) == 1


def reason_of_last(county, about):
    reasons = county.call(COUNTY, "explain_plan", household=HOME)["reasons"]
    return [one for one in reasons if one["about"] == about][-1]


@pytest.mark.rule("A-01")
def test_what_is_granted_by_the_year_is_given_again_in_the_next(county):
    county.department(HEALTH, {**AID, "measure": "A45-01"})
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 900_00)
    county.call(HOUSEHOLD, "confirm_measure", task=task["id"])
    sign(county, date(2021, 10, 1))
    assert given(county) == [("A45-01", 900_00, "confirmed"), ("A45-01", 900_00, "assigned")]
    assert county.plan()["status"] == "running"
    sign(county, date(2021, 11, 4))
    assert len(given(county)) == 2, "still owed"
    ids = [one["id"] for one in county.plan()["tasks"]]
    county.deliver(county.plan()["tasks"][1], 900_00)
    for day in (date(2022, 1, 4), date(2022, 8, 31)):
        sign(county, day)
        assert len(given(county)) == 2, "the same insurance year (0287)"
    sign(county, date(2022, 9, 1))
    assert len({*ids, *(one["id"] for one in county.plan()["tasks"])}) == 3


@pytest.mark.rule("A-01")
def test_the_chosen_measure_of_an_earlier_year_still_stands_for_its_risk(county):
    county.department("agriculture", SALES)
    county.include("industry_failure")
    county.department("trade", proposal("A39-04", "industry_failure", fen=None))
    sign(county, date(2022, 1, 4), "trade")
    assert [one[0] for one in given(county)] == ["A39-06"]
    county.deliver(county.plan()["tasks"][0], None)
    sign(county, date(2022, 2, 4), "trade")
    assert [one[0] for one in given(county)] == ["A39-06"]
    sign(county, date(2023, 1, 4), "trade")
    assert [one[0] for one in given(county)] == ["A39-06"], "one measure for one risk"


@pytest.mark.rule("A-01")
def test_an_open_task_is_worth_what_its_department_knows_now(county):
    subsidy = proposal("A48-04", "disability", fen=70_00, receiving=False)
    county.department("disabled_federation", subsidy)
    before = len(county.store.plans.get(county.include("disability")["plan"]).state["decisions"])
    county.bus.answer("disabled_federation", "propose_measures", [subsidy | {"amount_fen": 140_00}])
    sign(county, date(2021, 9, 1), "disabled_federation")
    assert given(county) == [("A48-04", 140_00, "assigned")]
    (change,) = county.plan()["tasks"][0]["changes"]
    assert (change["before"], change["by"]) == ({"amount_fen": 70_00}, "disabled_federation")
    assert len(county.store.plans_of(HOME)[0].state["decisions"]) <= before + 4
    told = reason_of(county, "disabled_federation/A48-04")
    assert (told["given"], told["verdict"]) == (True, "yes"), "not called given twice"


@pytest.mark.rule("A-01")
def test_an_open_task_is_raised_as_often_as_its_department_says_more(county):
    subsidy = proposal("A48-04", "disability", fen=70_00, receiving=False)
    county.department("disabled_federation", subsidy)
    county.include("disability")
    for month, fen in ((9, 100_00), (10, 140_00)):
        county.bus.answer("disabled_federation", "propose_measures", [subsidy | {"amount_fen": fen}])
        sign(county, date(2021, month, 1), "disabled_federation")
        assert given(county) == [("A48-04", fen, "assigned")]
    task = county.plan()["tasks"][0]["id"]
    county.call(TOWN, "change_task", task=task, amount_fen=120_00, reason="核实后更正")
    county.bus.answer("disabled_federation", "propose_measures", [subsidy | {"amount_fen": 200_00}])
    sign(county, date(2021, 11, 1), "disabled_federation")
    assert given(county) == [("A48-04", 120_00, "assigned")], "what a person set stands"


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("why", ["政策参数已过复核期", "由工作人员停止"])
def test_why_a_measure_that_may_be_given_was_not_is_said_truly(county, why):
    county.today = date(2026, 1, 5) if why.startswith("政策") else date(2021, 8, 20)
    county.department(HEALTH, AID)
    plan = county.include("illness")
    code = HEALTH
    if plan["tasks"]:
        county.call(TOWN, "stop_task", task=plan["tasks"][0]["id"], reason="核实后停止")
        code = "civil_affairs"
        county.department(code, AID)
    sentence = reason_of_last(county, f"{code}/A45-03")["sentence"]
    assert why in sentence and "福利陷阱" not in sentence


@pytest.mark.rule("A-09")
def test_what_a_person_stopped_or_replaced_does_not_come_back_with_the_month(county):
    county.department(HEALTH, AID, proposal("A45-01", "illness"))
    gifts = [proposal("A49-01", "illness")]
    county.department("society", *gifts)
    tasks = {one["measure"]: one["id"] for one in county.include("illness", able=False)["tasks"]}
    county.call(TOWN, "stop_task", task=tasks["A45-03"], reason="核实后停止")
    new = {"department": "society", "measure": "A49-01", "reason": "核实后更换"}
    county.call(TOWN, "stop_task", task=tasks["A49-01"], reason="改由此项更换")
    county.call(TOWN, "replace_task", task=tasks["A45-01"], **new)
    sign(county, date(2021, 9, 1))
    sign(county, date(2022, 1, 1))
    assert [one[0] for one in given(county)] == ["A49-01"]


@pytest.mark.rule("A-01")
def test_a_year_of_questions_that_bring_nothing_new_leaves_the_plan_as_it_is(county):
    def answer(**asked):
        reason = f"没有 {asked['on']} 及以前的“学籍”数据。"
        return [proposal("A47-03", "education", eligible="unknown", fen=None, reason=reason)]

    county.department("education", proposal("A47-03", "education"))
    county.bus.answer("education", "propose_measures", answer)
    plan = county.include("education")
    before = county.store.plans.get(plan["plan"])
    for number in range(12):
        sign(county, date(2021 + (8 + number) // 12, (8 + number) % 12 + 1, 1), "education")
    after = county.store.plans.get(plan["plan"])
    assert (after.version, after.state) == (before.version, before.state)
    assert asked(county, "education") == 13
    assert county.events("plan.completed") == []


@pytest.mark.rule("A-01")
def test_who_answers_nonsense_is_asked_once_a_day_until_it_announces_something_else(county):
    county.department(HEALTH, AID)
    for number in range(3):
        county.include("illness", case=f"c{number}")
    county.bus.answer(HEALTH, "propose_measures", "胡说")
    county.announce(HEALTH, measure("A45-03", "illness"), measure("A45-02", "illness"))
    first = asked(county)
    assert first == 6
    for _ in range(3):
        county.hear(HEALTH, "heartbeat", {"code": HEALTH})
    assert asked(county) == first
    sign(county, date(2021, 8, 21))
    assert asked(county) == first + 3
    county.bus.answer(HEALTH, "propose_measures", [AID])
    county.announce(HEALTH, measure("A45-03", "illness"))
    states = [one["answers"][HEALTH]["state"] for one in county.call(COUNTY, "plan", household=HOME)]
    assert states == ["answered"] * 3


@pytest.mark.rule("A-01")
def test_silent_half_way_through_a_month_it_goes_on_behind_the_last_plan(county):
    county.department(HEALTH, NO)
    for number in range(4):
        county.include("illness", case=f"c{number}")
    answers = iter([[NO], [NO], SILENT, [NO], [NO]])
    county.bus.answer(HEALTH, "propose_measures", lambda **_: next(answers))
    sign(county, date(2021, 9, 1))
    sign(county, date(2021, 9, 2))
    plans = [one["case"] for one in county.bus.called(HEALTH, "propose_measures")[4:]]
    assert (len(plans), len(set(plans))) == (5, 4), "only who was silent was asked twice"
    department = county.store.departments.get(HEALTH).state
    assert (department["to_ask"], department["ask_all"], department["asked_to"]) == (False, False, None)


@pytest.mark.rule("A-01", "A-09")
def test_who_is_gone_owes_its_answer_and_is_asked_when_it_is_back(county):
    county.department(HEALTH, AID)
    county.department("water", proposal("A44", "water"))
    county.today = date(2021, 8, 31)
    plan = county.include("illness")
    assert (plan["silent"], asked(county)) == ([HEALTH], 0)
    told = plan["answers"][HEALTH]
    assert (told["state"], told["problems"], told["measures"]) == ("gone", ["department.gone"], [])
    assert list(plan["answers"]) == [HEALTH], "what does not concern the household is owed by nobody"
    sign(county, date(2021, 8, 31))
    assert (len(given(county)), county.plan()["silent"]) == (1, [])


@pytest.mark.rule("A-01", "A-09")
def test_who_is_back_is_asked_also_about_plans_that_do_not_name_it(county):
    county.department(HEALTH, AID)
    agg = county.store.plans.get(county.include("illness")["plan"])
    agg.state |= {"answers": {}, "tasks": [], "task_ids": [], "proposals": []}
    county.save(county.store.plans, agg)
    sign(county, date(2021, 8, 30))
    assert given(county) == []
    department = county.store.departments.get(HEALTH)
    department.state |= {"last_heard_on": "2021-08-10"}
    county.save(county.store.departments, department)
    sign(county, date(2021, 8, 30))
    assert len(given(county)) == 1


@pytest.mark.rule("A-01", "A-02")
def test_of_whom_nothing_sound_was_heard_the_answer_is_owed(county):
    county.hear(HEALTH, "announced", announcement(HEALTH, measure("A99-03", "illness")))
    plan = county.include("illness")
    told = plan["answers"][HEALTH]
    assert (told["state"], told["problems"]) == ("silent", ["department.announcement_refused"])
    assert plan["silent"] == [HEALTH]
    county.department(HEALTH, AID)
    assert (len(given(county)), county.plan()["silent"]) == (1, [])


@pytest.mark.rule("A-02")
def test_who_turns_out_to_offer_nothing_owes_nothing_and_is_not_asked(county):
    county.hear("water", "announced", announcement("water", measure("A99-03", "water")))
    county.include("illness")
    county.department("water", proposal("A44", "water"))
    assert (county.plan()["silent"], asked(county, "water")) == ([], 0)


@pytest.mark.rule("A-01")
def test_without_the_policy_of_the_day_a_plan_is_made_with_what_is_known(county):
    county.department(HEALTH, AID, proposal("A45-01", "illness", eligible="no", fen=None))
    county.today = date(2026, 1, 5)
    plan = county.include("illness", "disaster")
    assert [one["measure"] for one in plan["unknown"]] == ["A45-03"]
    assert (plan["tasks"], plan["uncovered"], plan["silent"]) == ([], ["illness", "disaster"], [])
    assert reason_of(county, "guarantees")["verdict"] == "unknown"
    sign(county, date(2026, 2, 2))
    assert county.events("plan.completed") == []


@pytest.mark.rule("A-01")
def test_the_tasks_of_a_plan_stand_when_the_policy_runs_out(county):
    county.department(HEALTH, AID)
    county.include("illness")
    sign(county, date(2026, 1, 5))
    assert given(county) == [("A45-03", 900_00, "assigned")]
    assert county.plan()["uncovered"] == []


@pytest.mark.rule("A-01", "A-09")
def test_decisions_of_the_older_rules_are_told_as_they_were_made():
    loan = Offer.of(kept(proposal("A47-02", "education", fen=None), "education"))
    made = [
        one_besides_rights("education", True, True, (loan,), ()),
        one_besides_rights("education", True, False, (), (loan,)),
        former.effect_on_risks("A45-01", True, said(1), said(1), said(None)),
    ]
    told = explained([{"about": "education", "decision": one.to_dict()} for one in made], [])
    assert [one["verdict"] for one in told] == ["yes", "unknown", "unknown"]
    assert ("安排“A47-02”" in told[0]["sentence"], made[2].value) == (True, "collect")


@pytest.mark.rule("A-09")
def test_a_right_that_answers_no_risk_of_the_household_goes_on(county):
    county.department(HEALTH, proposal("A45-01", "illness"))
    plan = county.include("disaster", case=CASE)
    county.deliver(plan["tasks"][0])
    county.today = date(2021, 10, 5)
    made = county.call(TOWN, "evaluate", plan=plan["plan"], quarter="2021Q3", risks_gone={"disaster": True})
    (one,) = made["tasks"]
    assert (one["suggestion"], one["effect"]) == ("keep", "unknown")
    assert "不针对该户的风险" in one["sentence"]
    assert plan["region"] == VILLAGE
