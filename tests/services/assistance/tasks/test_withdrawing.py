"""A sum told as paid that was not: taken back, told once, owed again, in no figure (A-09, decision 0282)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, NotFound
from shouwang.testing import actor

from tests.services.assistance.county import (
    CADRE,
    CIVIL,
    CONTACT,
    COUNTY,
    COUNTY_CODE,
    HEALTH,
    HOME,
    HOUSEHOLD,
    TOWN,
    VILLAGE,
    household_view,
    proposal,
)
from tests.services.assistance.tasks.test_once import RELIEF, remove

WRONG = {"reason": "not_paid", "note": "银行退票，没有发放"}
AUDITOR = actor(roles.AUDITOR)


@pytest.fixture
def paid(county):
    """A plan whose relief was told as paid in two sums."""
    county.department("civil_affairs", RELIEF)
    task = county.include("illness", "disaster")["tasks"][0]
    county.deliver(task, 2_000_00)
    county.deliver(task, 3_000_00, part=2)
    return task


def withdrawn(county):
    told = county.events("measure.payment_withdrawn")
    return [(one["payment"][-2:], one["fen"], one["reason"], one["withdrawn_on"]) for one in told]


def take_back(county, task, who=TOWN, **more):
    return county.call(who, "withdraw_payment", task=task["id"], **(WRONG | more))


def row(county):
    (found,) = county.call(COUNTY, "measures_record", household=HOME)
    return found


@pytest.mark.rule("A-09", "K-02")
def test_an_upheld_objection_takes_back_every_sum_once(county, paid):
    county.call(HOUSEHOLD, "object_to_measure", task=paid["id"], reason="卡里没有到账")
    for _ in range(2):
        county.call(COUNTY, "stop_task", task=paid["id"], reason="核实未发放", request_id="stop")
    day = str(county.today)
    expected = [("p1", 2_000_00, "not_received", day), ("p2", 3_000_00, "not_received", day)]
    assert withdrawn(county) == expected
    (told, again) = county.events("measure.payment_withdrawn")
    (before, _) = county.events("measure.paid")
    assert {name: told[name] for name in before} == before, "both say the same of the sum"
    assert again["household"] == HOME
    assert (row(county)["amount_fen"], row(county)["disputed"], row(county)["state"]) == (
        None,
        False,
        "已停止",
    )
    assert county.call(COUNTY, "figures", region=COUNTY_CODE)["delivered_fen"] == 0


@pytest.mark.rule("A-09")
def test_an_upheld_objection_of_an_ended_plan_takes_back_too(county, paid):
    remove(county)
    county.call(HOUSEHOLD, "object_to_measure", task=paid["id"], reason="没有收到")
    assert withdrawn(county) == [], "nobody has decided yet"
    county.call(COUNTY, "stop_task", task=paid["id"], reason="核实未发放")
    assert [one[0] for one in withdrawn(county)] == ["p1", "p2"]
    assert county.call(COUNTY, "owed", region=COUNTY_CODE) == []


@pytest.mark.rule("A-09")
def test_what_was_answered_or_never_paid_takes_nothing_back(county, paid):
    county.call(HOUSEHOLD, "object_to_measure", task=paid["id"], reason="没有收到")
    county.call(CIVIL, "answer_objection", task=paid["id"], evidence=["审批表"])
    county.department("works", proposal("A51", "disaster", fen=100_00))
    open_one = county.plan()["tasks"][-1]
    county.call(COUNTY, "stop_task", task=open_one["id"], reason="不再需要")
    assert withdrawn(county) == []


@pytest.mark.rule("A-09")
def test_a_part_that_was_paid_stays_when_the_rest_is_stopped(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 2_000_00)
    county.call(COUNTY, "stop_task", task=task["id"], reason="余款不再发放")
    assert (withdrawn(county), row(county)["amount_fen"]) == ([], 2_000_00)


@pytest.mark.rule("A-09")
def test_one_of_two_sums_is_taken_back_and_owed_and_paid_again_as_a_sum_of_its_own(county, paid):
    county.call(HOUSEHOLD, "confirm_measure", task=paid["id"])
    shown = take_back(county, paid, number=2)
    assert (shown["status"], shown["delivered"]["amount_fen"]) == ("part_delivered", 2_000_00)
    assert [one["withdrawn"] is None for one in shown["sums"]] == [True, False]
    assert withdrawn(county) == [("p2", 3_000_00, "not_paid", str(county.today))]
    assert (county.plan()["status"], county.plan()["progress"]["stage"]) == ("running", "half_delivered")
    (told,) = [
        one for one in county.events("message.requested") if one["title"] == "登记落实已撤销，仍应落实"
    ]
    assert told["role"] == "department_officer"
    county.deliver(paid, 3_000_00, part=2)
    assert county.plan()["tasks"][0]["status"] == "part_delivered", (
        "the wrong telling, said again, is no payment"
    )
    county.today = date(2021, 8, 25)
    county.deliver(paid, 3_000_00, part=3)
    assert [one["payment"][-2:] for one in county.events("measure.paid")] == ["p1", "p2", "p3"]
    assert county.plan()["tasks"][0]["status"] == "delivered"


@pytest.mark.rule("A-09")
def test_a_sum_that_was_less_is_taken_back_and_what_was_paid_is_told(county, paid):
    asked = {"number": 2, "paid_fen": 1_000_00, "reason": "wrong_sum"}
    for _ in range(2):
        take_back(county, paid, request_id="less", **asked)
    assert [one[:3] for one in withdrawn(county)] == [("p2", 3_000_00, "wrong_sum")]
    told = [(one["payment"][-2:], one["fen"]) for one in county.events("measure.paid")]
    assert told == [("p1", 2_000_00), ("p2", 3_000_00), ("p3", 1_000_00)]
    assert (row(county)["amount_fen"], row(county)["state"]) == (3_000_00, "部分落实")
    county.call(COUNTY, "change_task", task=paid["id"], amount_fen=3_000_00, reason="按实际核定")
    assert row(county)["state"] == "已落实待确认"


@pytest.mark.rule("A-09")
def test_a_sum_paid_after_the_end_is_taken_back_too(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.call(COUNTY, "stop_task", task=task["id"], reason="暂停办理")
    county.deliver(task, 5_000_00)
    take_back(county, task, reason="returned")
    assert [one[:3] for one in withdrawn(county)] == [("p1", 5_000_00, "returned")]
    assert (row(county)["amount_fen"], row(county)["done_on"], row(county)["state"]) == (None, None, "已停止")


@pytest.mark.rule("A-09", "K-02")
def test_what_was_answered_before_sums_had_numbers_is_one_payment(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    county.call(CIVIL, "answer_objection", task=task["id"], evidence=["审批表", "回单"])
    (agg,) = county.store.plans_of(HOME)
    del agg.state["tasks"][0]["parts"]
    county.save(county.store.plans, agg)
    county.deliver(task, 5_000_00)
    shown = take_back(county, task)
    assert (shown["status"], len(shown["sums"])) == ("assigned", 1)
    assert [one[:2] for one in withdrawn(county)] == [("p1", 5_000_00)]


@pytest.mark.rule("A-09")
def test_what_is_no_income_is_taken_back_without_an_event(county):
    county.department("financial_affairs", proposal("A41-01", "illness", fen=30_000_00, condition="按期还款"))
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 30_000_00)
    assert take_back(county, task)["status"] == "assigned"
    assert (county.events("measure.paid"), withdrawn(county)) == ([], [])


@pytest.mark.rule("A-09")
def test_who_answers_for_a_payment_takes_it_back_and_nobody_else(county, paid):
    for who in (HEALTH, CADRE, CONTACT, HOUSEHOLD, AUDITOR):
        with pytest.raises(Forbidden):
            take_back(county, paid, who, number=1)
    assert "persons" not in take_back(county, paid, TOWN, number=1)
    assert take_back(county, paid, CIVIL, number=2)["status"] == "assigned"


@pytest.mark.rule("A-09")
@pytest.mark.parametrize(
    ("asked", "error", "code"),
    [
        ({}, Conflict, "task.no_such_sum"),
        ({"number": 3}, Conflict, "task.no_such_sum"),
        ({"number": 1, "paid_fen": 2_000_00}, BadRequest, "task.not_less"),
        ({"number": 1, "reason": "其他"}, BadRequest, "request.invalid"),
    ],
)
def test_what_cannot_be_taken_back_is_refused_with_the_sums_on_record(county, paid, asked, error, code):
    with pytest.raises(error) as refused:
        take_back(county, paid, **asked)
    assert refused.value.code == code
    assert withdrawn(county) == []


@pytest.mark.rule("A-01", "A-09")
def test_what_is_disputed_is_not_replaced_before_somebody_decided_whether_it_was_paid(county, paid):
    county.department("works", proposal("A51", "illness", "disaster", fen=None))
    for one in county.plan()["tasks"][1:]:
        county.call(COUNTY, "stop_task", task=one["id"], reason="另行更换")
    county.call(HOUSEHOLD, "object_to_measure", task=paid["id"], reason="没有收到")
    asked = {"task": paid["id"], "department": "works", "measure": "A51", "reason": "改换措施"}
    with pytest.raises(Conflict) as refused:
        county.call(COUNTY, "replace_task", **asked)
    assert refused.value.code == "task.disputed"
    for number in (1, 2):
        take_back(county, paid, number=number)
    county.call(COUNTY, "replace_task", **asked)
    assert len(withdrawn(county)) == 2


@pytest.mark.rule("A-01", "A-09")
@pytest.mark.parametrize("way", ["withdraw_payment", "stop_task"])
def test_what_was_replaced_and_turns_out_unpaid_is_not_owed_beside_what_took_its_place(county, paid, way):
    county.department("works", proposal("A51", "illness", "disaster", fen=None))
    for one in county.plan()["tasks"][1:]:
        county.call(COUNTY, "stop_task", task=one["id"], reason="另行更换")
    asked = {"task": paid["id"], "department": "works", "measure": "A51", "reason": "改换措施"}
    county.call(COUNTY, "replace_task", **asked)
    county.call(HOUSEHOLD, "object_to_measure", task=paid["id"], reason="没有收到")
    if way == "stop_task":
        county.call(COUNTY, "stop_task", task=paid["id"], reason="核实未发放")
    else:
        for number in (1, 2):
            take_back(county, paid, number=number)
    assert [one[0] for one in withdrawn(county)] == ["p1", "p2"]
    owed = county.call(CADRE, "open_tasks", region=VILLAGE)
    assert [one["measure"] for one in owed] == ["A51"]
    assert not any("仍应落实" in one["title"] for one in county.events("message.requested"))


@pytest.mark.rule("A-01", "A-09")
def test_what_was_not_paid_is_free_for_another_plan(county, paid):
    remove(county)
    for number in (1, 2):
        take_back(county, paid, number=number)
    plan = county.include("illness", case=f"{HOME}-I2")
    assert [one["measure"] for one in plan["tasks"]] == ["A48-03"]


@pytest.mark.rule("A-09")
def test_why_a_sum_was_taken_back_is_told_by_code_only(county, paid):
    take_back(county, paid, number=1, note="张三说银行卡号不对")
    (told,) = county.events("measure.payment_withdrawn")
    assert set(told) == {*county.events("measure.paid")[0], "reason", "withdrawn_on"}
    assert "张三" not in str(county.events("message.requested")) + str(told)
    assert VILLAGE in told["region"]


@pytest.mark.rule("A-09", "D-02")
def test_what_was_evaluated_with_a_false_payment_is_evaluated_anew(county, paid):
    county.today = date(2021, 10, 8)
    plan = county.plan()["plan"]
    asked = {"plan": plan, "quarter": "2021Q3"}
    county.call(TOWN, "evaluate", **asked)
    for number in (1, 2):
        take_back(county, paid, number=number)
    outcomes = [{"task": paid["id"], "outcome": "keep"}]
    with pytest.raises(NotFound):
        county.call(TOWN, "decide_evaluation", **asked, outcomes=outcomes, reason="有效")
    made = county.call(TOWN, "evaluate", **asked)
    assert [one["suggestion"] for one in made["tasks"]] == ["deliver"]
    county.call(TOWN, "decide_evaluation", **asked, outcomes=outcomes, reason="先督促落实")
    assert row(county)["effect"] == "无效"


@pytest.mark.rule("A-09")
def test_an_effect_found_before_says_nothing_of_a_measure_that_was_not_paid(county, paid):
    county.bus.answer("monitoring", "household", household_view(wages=900_000))
    county.today = date(2021, 10, 8)
    asked = {"plan": county.plan()["plan"], "quarter": "2021Q3"}
    county.call(TOWN, "evaluate", **asked, risks_gone={"illness": True, "disaster": True})
    kept = [{"task": paid["id"], "outcome": "keep"}]
    county.call(TOWN, "decide_evaluation", **asked, outcomes=kept, reason="有效")
    assert row(county)["effect"] == "有效"
    for number in (1, 2):
        take_back(county, paid, number=number)
    assert row(county)["effect"] is None
