"""Measures as tasks: delivered, confirmed or disputed, changed, paid once, escalated by level (A-09)."""

from datetime import date, timedelta

import pytest
from shouwang.access import roles
from shouwang.errors import Conflict, Forbidden, Refused
from shouwang.testing import actor

from tests.services.assistance.county import (
    CADRE,
    CIVIL,
    CONTACT,
    COUNTY,
    HEALTH,
    HOME,
    HOUSEHOLD,
    TOWN,
    County,
    proposal,
)

AID = proposal("A45-03", "illness", fen=900_00)
RELIEF = proposal("A48-03", "disaster", fen=1_000_00)
DUE = date(2021, 9, 19)


@pytest.fixture
def helped(county: County) -> County:
    """A household with one task of health insurance and one of civil affairs."""
    county.department("health_insurance", AID)
    county.department("civil_affairs", RELIEF)
    county.include("illness", "disaster")
    return county


def task_of(county, department):
    plan = county.plan()
    everything = [*plan["tasks"], *plan["ended_tasks"]]
    return next(one for one in everything if one["department"] == department)


@pytest.mark.rule("A-09")
def test_a_plan_goes_from_assigned_to_delivered_and_half_of_it_is_shown_as_half(helped):
    assert helped.plan()["progress"]["stage"] == "running"
    helped.deliver(task_of(helped, "health_insurance"), 900_00)
    assert helped.plan()["progress"]["stage"] == "half_delivered"
    assert helped.plan()["status"] == "running"
    helped.call(HOUSEHOLD, "confirm_measure", task=task_of(helped, "health_insurance")["id"])
    helped.deliver(task_of(helped, "civil_affairs"), 1_000_00)
    done = helped.call(CADRE, "confirm_measure", task=task_of(helped, "civil_affairs")["id"])
    assert (done["status"], done["progress"]["stage"]) == ("delivered", "delivered")
    assert helped.call(COUNTY, "figures", region="430426")["delivered_fen"] == 1_900_00


@pytest.mark.rule("A-09")
def test_money_is_told_once_per_payment_however_often_it_is_said(helped):
    task = task_of(helped, "health_insurance")
    for _ in range(2):
        helped.deliver(task, 900_00)
    (paid,) = helped.events("measure.paid")
    assert paid == {
        "payment": f"{task['id']}-p1",
        "household": HOME,
        "region": HOME[:12],
        "case": helped.plan()["case"],
        "department": "health_insurance",
        "measure": "A45-03",
        "kind": "claim",
        "fen": 900_00,
        "on": "2021-08-20",
    }
    helped.deliver(task_of(helped, "civil_affairs"), 1_000_00)
    assert helped.events("measure.paid")[-1]["kind"] == "transfer"


@pytest.mark.rule("A-09")
@pytest.mark.parametrize("fen", [0, None])
def test_no_money_is_no_delivery_of_money(helped, fen):
    with pytest.raises(Refused) as error:
        helped.deliver(task_of(helped, "civil_affairs"), fen)
    assert error.value.code == "task.wrong_amount"
    assert (helped.events("measure.paid"), task_of(helped, "civil_affairs")["status"]) == ([], "assigned")


@pytest.mark.rule("A-09")
def test_another_department_cannot_deliver_it(helped):
    with pytest.raises(Forbidden) as error:
        helped.deliver(task_of(helped, "health_insurance"), 900_00, source="civil_affairs")
    assert error.value.code == "task.of_another_department"


@pytest.mark.rule("A-09")
def test_without_its_evidence_nothing_is_delivered(helped):
    with pytest.raises(Refused) as error:
        helped.deliver(task_of(helped, "health_insurance"), 900_00, evidence=[])
    assert "审批表" in str(error.value)


@pytest.mark.rule("A-09")
def test_not_received_opens_the_task_again_and_the_same_payment_is_answered_with_new_evidence(helped):
    task = task_of(helped, "health_insurance")
    helped.deliver(task, 900_00)
    helped.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="卡里没有到账")
    disputed = task_of(helped, "health_insurance")
    assert (disputed["status"], disputed["due_on"]) == ("assigned", "2021-08-30")
    assert disputed["disputed"][0]["amount_fen"] == 900_00
    assert [one["task"] for one in helped.events("task.disputed")] == [task["id"]]
    assert helped.plan()["progress"]["disputed"] == 1
    helped.deliver(task, 900_00)
    assert task_of(helped, "health_insurance")["status"] == "assigned", "the same words again are no answer"
    with pytest.raises(Forbidden):
        helped.call(CIVIL, "answer_objection", task=task["id"], evidence=["审批表", "回单"])
    with pytest.raises(Refused):
        helped.call(HEALTH, "answer_objection", task=task["id"], evidence=["回单"])
    answered = helped.call(HEALTH, "answer_objection", task=task["id"], evidence=["审批表", "回单"])
    assert (answered["status"], answered["delivered"]["amount_fen"]) == ("delivered", 900_00)
    assert len(helped.events("measure.paid")) == 1
    with pytest.raises(Refused):
        helped.call(HEALTH, "answer_objection", task=task["id"], evidence=["审批表"])


@pytest.mark.rule("A-09")
def test_nothing_is_confirmed_or_disputed_that_was_not_delivered_and_nobody_speaks_for_another(helped):
    task = task_of(helped, "health_insurance")["id"]
    for method, more in (("confirm_measure", {}), ("object_to_measure", {"reason": "没有收到"})):
        with pytest.raises(Refused):
            helped.call(CADRE, method, task=task, **more)
        stranger = actor(roles.HOUSEHOLD, org=f"{HOME[:-1]}2", region=HOME[:12])
        with pytest.raises(Forbidden) as error:
            helped.call(stranger, method, task=task, **more)
        assert error.value.code == "access.not_own_household"


@pytest.mark.rule("A-09")
def test_a_task_is_changed_and_stopped_with_reason_and_who(helped):
    task = task_of(helped, "health_insurance")["id"]
    helped.call(TOWN, "change_task", task=task, due_on="2021-10-08", person="医保-12", reason="住院未结算")
    changed = task_of(helped, "health_insurance")
    assert (changed["due_on"], changed["person"]) == ("2021-10-08", "医保-12")
    assert changed["changes"][0]["before"] == {"due_on": "2021-09-19", "person": None}
    assert changed["changes"][0]["by"] == TOWN.id
    with pytest.raises(Refused):
        helped.call(TOWN, "change_task", task=task, reason="什么也不改")
    helped.call(TOWN, "stop_task", task=task, reason="已由单位报销")
    assert task_of(helped, "health_insurance")["status"] == "stopped"
    assert helped.plan()["uncovered"] == ["illness"], "shown as what it is"
    helped.department("health_insurance", AID, proposal("A45-02", "illness"))
    helped.department("women", AID)
    living = [one["measure"] for one in helped.plan()["tasks"]]
    assert living == ["A48-03", "A45-02"], (
        "another right is given, but nobody puts back what a person stopped"
    )
    with pytest.raises(Conflict):
        helped.call(TOWN, "stop_task", task=task, reason="再停一次")


@pytest.mark.rule("A-09")
def test_a_department_names_the_person_in_charge_of_its_own_task_and_changes_nothing_else(helped):
    task = task_of(helped, "health_insurance")["id"]
    helped.call(HEALTH, "change_task", task=task, person="医保-12", reason="分工")
    assert task_of(helped, "health_insurance")["person"] == "医保-12"
    for who, more in ((CIVIL, {"person": "民政-1"}), (HEALTH, {"due_on": "2022-01-01"})):
        with pytest.raises(Forbidden):
            helped.call(who, "change_task", task=task, reason="分工", **more)


@pytest.mark.rule("A-09")
def test_what_is_delivered_after_the_end_is_shown_and_its_money_told(helped):
    task = task_of(helped, "health_insurance")
    helped.call(TOWN, "stop_task", task=task["id"], reason="已由单位报销")
    for _ in range(2):
        helped.deliver(task, 900_00)
    found = task_of(helped, "health_insurance")
    assert [one["what"] for one in found["changes"]] == ["stopped", "delivered_after_end"]
    assert (found["status"], len(helped.events("measure.paid"))) == ("stopped", 1)


@pytest.mark.rule("A-09")
def test_a_measure_is_replaced_by_one_that_is_due_only(helped):
    task = task_of(helped, "health_insurance")["id"]
    gift, other = (
        proposal(code, "illness", fen=fen) for code, fen in (("A49-01", 300_00), ("A49-02", 200_00))
    )
    helped.department("civil_affairs", RELIEF, gift, other, proposal("A48-01", "illness", eligible="no"))
    asked = {"task": task, "department": "civil_affairs", "reason": "成效不明显"}
    for measure in ("A48-01", "A48-02", "A48-03", "A49-01"):
        with pytest.raises(Refused) as error:
            helped.call(COUNTY, "replace_task", **asked, measure=measure)
        assert error.value.code == "plan.no_such_proposal"
    plan = helped.call(COUNTY, "replace_task", **asked, measure="A49-02")
    assert [one["status"] for one in plan["tasks"]] == ["assigned"] * 3
    assert [one["status"] for one in plan["ended_tasks"]] == ["replaced"], "it does not count any more"
    reasons = helped.call(COUNTY, "explain_plan", plan=plan["plan"])["reasons"]
    assert (reasons[-1]["about"], reasons[-1]["given"]) == ("civil_affairs/A49-02", True)
    assert plan["tasks"][-1]["amount_fen"] == 200_00


@pytest.mark.rule("A-09")
def test_a_measure_that_was_delivered_and_did_not_work_keeps_its_delivery(helped):
    task = task_of(helped, "health_insurance")
    helped.deliver(task, 900_00)
    gift, other = (
        proposal(code, "illness", fen=fen) for code, fen in (("A49-01", 300_00), ("A49-02", 200_00))
    )
    helped.department("civil_affairs", RELIEF, gift, other)
    asked = {"task": task["id"], "department": "civil_affairs", "measure": "A49-02"}
    plan = helped.call(COUNTY, "replace_task", **asked, reason="成效不明显")
    old = next(one for one in plan["tasks"] if one["id"] == task["id"])
    assert (old["status"], old["replaced_by"]) == ("delivered", plan["tasks"][-1]["id"])


@pytest.mark.rule("A-09", "N-03")
def test_overdue_goes_up_level_by_level_each_told_once(helped):
    helped.call(TOWN, "stop_task", task=task_of(helped, "civil_affairs")["id"], reason="不再需要")
    told = []
    for day in range(20):
        for code in ("health_insurance", "civil_affairs"):
            helped.hear(code, "heartbeat", {"code": code})
        helped.pass_day(DUE + timedelta(days=day))
        late = [one for one in helped.events("message.requested") if "逾期" in one["title"]]
        told += [(day, one["role"]) for one in late[len(told) :]]
    assert told == [
        (1, roles.DEPARTMENT_OFFICER),
        (4, roles.TOWN_OFFICER),
        (8, roles.COUNTY_OFFICER),
        (15, roles.COUNTY_LEADING_GROUP),
    ]
    keys = {one["key"] for one in helped.events("message.requested") if "逾期" in one["title"]}
    assert len(keys) == 4
    assert f"assistance/overdue/{task_of(helped, 'health_insurance')['id']}" in keys


@pytest.mark.rule("A-09")
def test_what_each_department_owes_by_age(helped):
    helped.today = DUE + timedelta(days=8)
    owed = {one["department"]: one for one in helped.call(COUNTY, "owed", region="430426")}
    health = owed["health_insurance"]
    assert (health["open"], health["amount_fen"], health["oldest_due_on"]) == (1, 900_00, "2021-09-19")
    assert [one["tasks"] for one in health["classes"]] == [0, 0, 1, 0, 0]
    (own,) = helped.call(CIVIL, "owed", region="430426")
    assert own["department"] == "civil_affairs"
    with pytest.raises(Forbidden):
        helped.call(CIVIL, "owed", region="430426", department="health_insurance")


@pytest.mark.rule("A-09")
def test_a_department_sees_its_own_tasks_only_with_the_persons_sealed_to_it(helped):
    (own,) = helped.call(HEALTH, "open_tasks", region="430426")
    assert (own["department"], own["persons"]) == ("health_insurance", "密封")
    assert "persons" not in helped.call(COUNTY, "open_tasks", region="430426")[0]
    with pytest.raises(Forbidden) as error:
        helped.call(HEALTH, "task", task=task_of(helped, "civil_affairs")["id"])
    assert error.value.code == "access.not_own_department"
    assert helped.call(HEALTH, "task", task=own["id"])["persons"] == "密封"


@pytest.mark.rule("A-09")
def test_a_contact_person_has_a_worklist_of_the_own_households(helped):
    plan = helped.plan()
    helped.call(TOWN, "name_contact", plan=plan["plan"], contact=CONTACT.id)
    helped.deliver(task_of(helped, "health_insurance"), 900_00)
    mine = helped.call(CONTACT, "my_tasks", contact=CONTACT.id)
    assert sorted(one["status"] for one in mine["tasks"]) == ["assigned", "delivered"]
    assert mine["plans"][0]["uncovered"] == []
    with pytest.raises(Forbidden):
        helped.call(CONTACT, "my_tasks", contact="contact-8")
    elsewhere = actor(roles.TOWN_OFFICER, region="430426101")
    assert helped.call(elsewhere, "my_tasks", contact=CONTACT.id)["tasks"] == []


@pytest.mark.rule("A-09", "D-03")
def test_the_contact_whom_monitoring_names_follows_the_plans_that_are_and_that_come(helped):
    named = {"household": HOME, "region": HOME[:12], "person": CONTACT.id}
    for _ in range(2):
        helped.hear("monitoring", "contact.named", named, event_id="n1")
    assert len(helped.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"]) == 2
    assert helped.include("illness", case="later")["contact"] == CONTACT.id


@pytest.mark.rule("A-09")
def test_the_rows_of_form_four(helped):
    task = task_of(helped, "health_insurance")
    helped.deliver(task, 900_00)
    helped.call(HOUSEHOLD, "confirm_measure", task=task["id"])
    helped.call(TOWN, "stop_task", task=task_of(helped, "civil_affairs")["id"], reason="不再需要")
    second, first = helped.call(COUNTY, "measures_record", household=HOME)
    named = tuple(first[name] for name in ("number", "code", "measure", "item"))
    assert named == (2, "A45-03", "健康帮扶", "医疗救助")
    assert (first["risks"], first["amount_fen"], first["state"]) == (["因病"], 900_00, "农户已确认")
    assert (first["started_on"], first["done_on"], first["evidence"]) == ("2021-08-20",) * 2 + (["审批表"],)
    assert (second["state"], second["done_on"], second["amount_fen"]) == ("已停止", None, None)


@pytest.mark.rule("A-09")
def test_repeated_requests_change_nothing_twice(helped):
    task = task_of(helped, "health_insurance")
    helped.deliver(task, 900_00)
    for method, who, more in (
        ("confirm_measure", HOUSEHOLD, {}),
        ("object_to_measure", HOUSEHOLD, {"reason": "没有到账"}),
        ("answer_objection", HEALTH, {"evidence": ["审批表", "回单"]}),
    ):
        first = helped.call(who, method, request_id=method, task=task["id"], **more)
        version = helped.store.plan_of_task(task["id"]).version
        again = helped.call(who, method, request_id=method, task=task["id"], **more)
        assert first.keys() == again.keys()
        assert helped.store.plan_of_task(task["id"]).version == version
