"""Nothing is paid twice and nothing withheld for good, whatever way leads to a task (A-01, A-09)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, Refused
from shouwang.testing import actor

from tests.services.assistance.county import (
    CADRE,
    CASE,
    CIVIL,
    CONTACT,
    COUNTY,
    HOME,
    HOUSEHOLD,
    TOWN,
    VILLAGE,
    proposal,
)

RELIEF = proposal("A48-03", "illness", fen=5_000_00)
PREMIUM = proposal("A45-01", "illness", fen=280_00)
CLAIM = proposal("A45-02", "illness", fen=1_000_00, receiving=False)
SECOND = f"{HOME}-I2"


def remove(county, event_id=None):
    removed = {"household": HOME, "case": f"{HOME}-R1", "region": VILLAGE, "way": "helped"}
    county.hear("monitoring", "household.removed", removed, event_id=event_id)


def given(plan):
    return [(one["measure"], one["status"]) for one in plan["tasks"]]


def replace(county, task, measure, department="civil_affairs"):
    asked = {"task": task["id"], "department": department, "measure": measure, "reason": "核实后变更"}
    return county.call(COUNTY, "replace_task", **asked)


def ask_all_again(county, department):
    """As if nothing had been answered: what is known is asked about anew."""
    for agg in county.store.plans_of(HOME):
        for answer in agg.state["answers"].values():
            answer["measures"] = []
        county.save(county.store.plans, agg)
    county.hear(department, "heartbeat", {"code": department})


def moved_on(county, department, answer, day):
    county.today = day
    county.bus.answer(department, "propose_measures", [answer])


@pytest.mark.rule("A-01")
def test_what_another_plan_paid_is_not_given_in_the_place_of_a_task(county):
    county.department("civil_affairs", RELIEF)
    county.deliver(county.include("illness")["tasks"][0], 5_000_00)
    remove(county)
    county.department("health_insurance", PREMIUM)
    county.department("civil_affairs", RELIEF)
    plan = county.include("illness", case=SECOND)
    assert given(plan) == [("A45-01", "assigned")]
    with pytest.raises(Refused) as error:
        replace(county, plan["tasks"][0], "A48-03")
    assert "重复享受" in str(error.value)


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("ended", ["stopped_and_paid", "disputed"])
def test_what_was_or_may_have_been_paid_before_the_end_is_not_given_by_the_next_plan(county, ended):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    if ended == "stopped_and_paid":
        county.call(COUNTY, "stop_task", task=task["id"], reason="暂停办理")
        county.deliver(task, 5_000_00)
    else:
        county.deliver(task, 5_000_00)
        county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    remove(county)
    assert county.include("illness", case=SECOND)["tasks"] == []
    assert len(county.events("measure.paid")) == 1
    if ended == "disputed":
        county.call(CIVIL, "answer_objection", task=task["id"], evidence=["审批表"])


@pytest.mark.rule("A-01")
def test_a_person_may_stop_what_is_disputed_in_an_ended_plan_and_the_next_plan_gives_it(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    remove(county)
    for _ in range(2):
        county.call(COUNTY, "stop_task", task=task["id"], reason="查实没有发放", request_id="once")
    county.department("civil_affairs", RELIEF)
    assert given(county.include("illness", case=SECOND)) == [("A48-03", "assigned")]


@pytest.mark.rule("A-09")
def test_departments_hear_of_what_an_ended_plan_does_not_owe_any_more(county):
    county.department("civil_affairs", RELIEF)
    county.department("health_insurance", PREMIUM)
    plan = county.include("illness")
    paid = next(one for one in plan["tasks"] if one["measure"] == "A45-01")
    county.deliver(paid, 280_00)
    remove(county)
    assert [one["measure"] for one in county.events("task.ended")] == ["A48-03"]


@pytest.mark.rule("A-09")
def test_what_an_ended_plan_pays_late_is_taken_off_the_plan_after_it(county):
    county.department("civil_affairs", RELIEF)
    late = county.include("illness")["tasks"][0]
    remove(county)
    county.today = date(2021, 9, 1)
    county.department("civil_affairs", RELIEF)
    assert given(county.include("illness", case=SECOND)) == [("A48-03", "assigned")]
    county.deliver(late, 5_000_00)
    plan = county.plan()
    assert (plan["tasks"], plan["ended_tasks"][0]["replaced_by"]) == ([], late["id"])
    assert [one["task"] for one in county.events("task.ended")] == [late["id"], plan["ended_tasks"][0]["id"]]
    assert len(county.events("measure.paid")) == 1


@pytest.mark.rule("A-09")
def test_what_a_replaced_task_pays_late_is_taken_off_the_one_in_its_place(county):
    county.department("civil_affairs", RELIEF)
    old = county.include("illness")["tasks"][0]
    county.department("emergency", RELIEF)
    replace(county, old, "A48-03", "emergency")
    county.deliver(old, 5_000_00)
    assert [one["status"] for one in county.plan()["ended_tasks"]] == ["replaced", "replaced"]
    assert len(county.events("task.ended")) == 2


@pytest.mark.rule("A-09")
def test_what_was_delivered_is_not_replaced_by_itself(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00)
    with pytest.raises(Refused):
        replace(county, task, "A48-03")
    assert len(county.plan()["tasks"]) == 1


@pytest.mark.rule("A-01")
def test_of_several_ways_to_one_end_one_is_taken_on_every_path(county):
    built, mended = proposal("A43-01", "disaster", fen=5_000_00), proposal("A43-02", "disaster")
    county.department("housing", built, mended)
    county.department("civil_affairs", proposal("A48-03", "disaster"))
    tasks = {one["measure"]: one for one in county.include("disaster")["tasks"]}
    assert sorted(tasks) == ["A43-01", "A48-03"]
    with pytest.raises(Refused):
        replace(county, tasks["A48-03"], "A43-02", "housing")
    plan = replace(county, tasks["A43-01"], "A43-02", "housing")
    assert sorted(given(plan)) == [("A43-02", "assigned"), ("A48-03", "assigned")]


@pytest.mark.rule("A-01")
def test_what_is_due_every_year_is_given_every_year_in_the_same_plan(county):
    county.department("health_insurance", PREMIUM)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 280_00)
    county.call(HOUSEHOLD, "confirm_measure", task=task["id"])
    moved_on(county, "health_insurance", PREMIUM | {"amount_fen": 320_00}, date(2022, 2, 3))
    for _ in range(2):
        ask_all_again(county, "health_insurance")
    assert given(county.plan()) == [("A45-01", "confirmed"), ("A45-01", "assigned")]
    assert county.plan()["status"] == "running"


@pytest.mark.rule("A-01")
def test_a_second_claim_of_the_year_in_a_new_case_is_an_instalment_of_its_own(county):
    county.department("health_insurance", CLAIM)
    county.deliver(county.include("illness")["tasks"][0], 1_000_00)
    remove(county)
    moved_on(county, "health_insurance", CLAIM | {"amount_fen": 3_000_00}, date(2021, 10, 3))
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    county.include("illness", case=SECOND)
    second = county.plan()["tasks"][-1]
    assert (second["status"], second["amount_fen"]) == ("assigned", 3_000_00)
    county.deliver(second, 3_000_00)
    assert [one["fen"] for one in county.events("measure.paid")] == [1_000_00, 3_000_00]
    assert len({one["payment"] for one in county.events("measure.paid")}) == 2


@pytest.mark.rule("A-01")
def test_in_the_plan_that_gave_it_more_of_it_is_for_a_person_to_settle(county):
    county.department("health_insurance", CLAIM)
    county.deliver(county.include("illness")["tasks"][0], 1_000_00)
    moved_on(county, "health_insurance", CLAIM | {"amount_fen": 3_000_00}, date(2021, 10, 3))
    ask_all_again(county, "health_insurance")
    assert len(county.plan()["tasks"]) == 1
    told = county.call(COUNTY, "explain_plan", household=HOME)["reasons"]
    assert "重复享受" in [one["sentence"] for one in told if one["about"].endswith("A45-02")][-1]
    asked = {"plan": county.plan()["plan"], "department": "health_insurance", "measure": "A45-02"}
    plan = county.call(TOWN, "give_again", **asked, reason="再次住院，结算单已核")
    assert [one["amount_fen"] for one in plan["tasks"]] == [1_000_00, 3_000_00]
    assert county.events("task.assigned")[-1]["task"] == plan["tasks"][1]["id"]
    (agg,) = county.store.plans_of(HOME)
    assert [one["reason"] for one in agg.state["tasks"][1]["changes"]] == ["再次住院，结算单已核"]
    assert "再次住院" not in str(agg.history), "free text stands encrypted, not in the history"
    with pytest.raises(Refused):
        county.call(TOWN, "give_again", **asked, reason="仍在落实")
    with pytest.raises(Forbidden):
        county.call(CADRE, "give_again", **asked, reason="村里要求")


@pytest.mark.rule("A-01")
def test_the_town_hears_of_what_is_due_once_more_in_its_plan_and_only_of_that(county):
    def asked_to_settle():
        title = "措施再次符合条件，待核定"
        return [one for one in county.events("message.requested") if one["title"] == title]

    county.department("health_insurance", CLAIM, PREMIUM)
    tasks = {one["measure"]: one for one in county.include("illness")["tasks"]}
    county.deliver(tasks["A45-02"], 1_000_00)
    for day, answer in [
        (date(2021, 9, 1), CLAIM | {"amount_fen": 2_000_00}),
        (date(2021, 10, 1), CLAIM | {"receiving": True}),
        (date(2021, 11, 1), CLAIM | {"receiving": None}),
    ]:
        moved_on(county, "health_insurance", answer, day)
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
        assert asked_to_settle() == [], "it cannot know of the payment, has it, or does not say"
    for day in (date(2021, 12, 1), date(2021, 12, 2)):
        moved_on(county, "health_insurance", CLAIM | {"amount_fen": 3_000_00}, day)
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    (told,) = asked_to_settle()
    assert (told["role"], told["due"]) == (roles.TOWN_OFFICER, None)
    assert HOME in told["text"] and "give_again" in told["text"]
    asked = {"plan": county.plan()["plan"], "department": "health_insurance", "measure": "A45-02"}
    county.call(TOWN, "give_again", **asked, reason="再次住院，结算单已核")


@pytest.mark.rule("A-01")
@pytest.mark.parametrize(
    "answer", [{"receiving": None}, {"receiving": True}, {"amount_fen": None}, {"eligible": "no"}]
)
def test_what_its_department_does_not_say_is_due_anew_no_person_gives_again(county, answer):
    county.department("health_insurance", CLAIM)
    county.deliver(county.include("illness")["tasks"][0], 1_000_00)
    moved_on(county, "health_insurance", CLAIM | answer, date(2021, 10, 3))
    asked = {"plan": county.plan()["plan"], "department": "health_insurance", "measure": "A45-02"}
    with pytest.raises(Refused):
        county.call(COUNTY, "give_again", **asked, reason="再次住院")
    assert len(county.plan()["tasks"]) == 1


@pytest.mark.rule("A-01")
def test_what_no_plan_gave_is_not_given_again(county):
    county.department("civil_affairs", RELIEF)
    county.department("agriculture", proposal("A39-06", "illness", condition="按验收面积"))
    plan = county.include("illness")["plan"]
    county.department("society", proposal("A49-01", "illness", receiving=False))
    asked = {"plan": plan, "department": "society", "measure": "A49-01", "reason": "另外多给"}
    with pytest.raises(Refused) as error:
        county.call(COUNTY, "give_again", **asked)
    assert error.value.code == "plan.never_given"


@pytest.mark.rule("A-01")
def test_a_payment_of_last_year_for_a_task_of_this_year_counts_for_this_year(county):
    county.today = date(2022, 1, 10)
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00, on="2021-12-31")
    assert county.include("illness", case=SECOND)["tasks"] == []


@pytest.mark.rule("A-01", "A-14")
def test_a_house_that_a_disaster_hit_after_it_was_rebuilt_is_helped_again(county):
    built = proposal("A43-01", "disaster", fen=40_000_00, receiving=False)
    county.department("housing", built)
    county.deliver(county.include("disaster")["tasks"][0], 40_000_00)
    remove(county)
    moved_on(county, "housing", built, date(2021, 11, 1))
    county.hear("housing", "heartbeat", {"code": "housing"})
    assert given(county.include("disaster", case=SECOND)) == [("A43-01", "assigned")]


@pytest.mark.rule("A-01")
def test_a_removal_heard_late_or_again_and_a_correction_of_an_old_case_leave_the_new_plan(county):
    county.department("civil_affairs", RELIEF)
    county.include("illness")
    remove(county, "r1")
    county.today = date(2021, 8, 21)
    county.department("civil_affairs", RELIEF)
    county.include("illness", case=SECOND)
    remove(county, "r1")
    told = {"household": HOME, "case": CASE, "region": VILLAGE, "was": "included", "now": "refused"}
    county.hear("monitoring", "decision.corrected", told)
    states = {one["case"]: one["status"] for one in county.call(COUNTY, "plan", household=HOME)}
    assert states == {CASE: "ended", SECOND: "running"}
    county.hear("monitoring", "decision.corrected", told | {"case": SECOND})
    assert county.plan()["status"] == "ended"


@pytest.mark.rule("A-09")
@pytest.mark.parametrize(
    "wrong",
    [{"household": f"{HOME[:-1]}9"}, {"measure": "A48-01"}, {"on": "2031-01-01"}, {"amount_fen": 5_000_01}],
)
def test_a_delivery_that_does_not_fit_its_task_is_no_income(county, wrong):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    with pytest.raises(Refused) as error:
        county.deliver(task, **({"fen": 5_000_00} | wrong))
    assert error.value.code in ("task.wrong_delivery", "task.wrong_amount")
    assert (county.events("measure.paid"), county.plan()["tasks"][0]["status"]) == ([], "assigned")


@pytest.mark.rule("A-09")
def test_of_a_part_the_rest_is_owed_and_each_part_is_told_once(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    for _ in range(2):
        county.deliver(task, 1)
    plan = county.plan()
    assert (plan["status"], plan["progress"]["stage"]) == ("running", "half_delivered")
    (owed,) = county.call(COUNTY, "owed", region=VILLAGE)
    assert (owed["open"], owed["amount_fen"]) == (1, 4_999_99)
    with pytest.raises(Refused):
        county.call(HOUSEHOLD, "confirm_measure", task=task["id"])
    county.deliver(task, 4_999_99)
    county.call(HOUSEHOLD, "confirm_measure", task=task["id"])
    paid = [(one["payment"][-2:], one["fen"]) for one in county.events("measure.paid")]
    assert (county.plan()["status"], paid) == ("delivered", [("p1", 1), ("p2", 4_999_99)])


@pytest.mark.rule("A-09")
def test_while_an_objection_is_open_another_delivery_is_no_answer(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00)
    county.call(HOUSEHOLD, "object_to_measure", task=task["id"], reason="没有收到")
    with pytest.raises(Refused) as error:
        county.deliver(task, 4_000_00)
    assert error.value.code == "task.wrong_delivery"
    assert len(county.events("measure.paid")) == 1


@pytest.mark.rule("A-01")
def test_a_village_hands_in_no_money(county):
    noted = {"plan": county.include("illness")["plan"], "lacks_will": True, "reason": "有劳力不愿务工"}
    (task,) = county.call(CADRE, "note_will", **noted)["tasks"]
    with pytest.raises(BadRequest):
        county.call(CADRE, "hand_in", task=task["id"], evidence=["走访宣讲记录"], amount_fen=5_000_00)
    county.call(CADRE, "hand_in", task=task["id"], evidence=["走访宣讲记录"])
    assert county.events("measure.paid") == []


@pytest.mark.rule("A-09", "D-03")
def test_a_contact_person_speaks_for_the_own_households_only(county):
    county.department("civil_affairs", RELIEF)
    plan = county.include("illness")
    county.call(TOWN, "name_contact", plan=plan["plan"], contact=CONTACT.id)
    county.deliver(plan["tasks"][0], 5_000_00)
    other = actor(roles.CONTACT_PERSON, id="contact-99", region=VILLAGE)
    for method, more in (("confirm_measure", {}), ("object_to_measure", {"reason": "没有收到"})):
        with pytest.raises(Forbidden) as error:
            county.call(other, method, task=plan["tasks"][0]["id"], **more)
        assert error.value.code == "access.not_own_list"
    done = county.call(CONTACT, "confirm_measure", task=plan["tasks"][0]["id"])
    assert done["status"] == "delivered"


@pytest.mark.rule("A-09")
@pytest.mark.parametrize(
    "person",
    ["430426197001011234", "张三 13800001111", "张三", "民政-13800001111", "民政-138-0000-1111", "医保-12\n"],
)
def test_who_carries_it_out_is_a_number_of_staff_and_nobodys_name_or_phone(county, person):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]["id"]
    with pytest.raises(BadRequest):
        county.call(CIVIL, "change_task", task=task, person=person, reason="指定承办人")
