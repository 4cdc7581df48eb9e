"""Plans: departments asked at once, the silent shown and asked again, every choice explained (A-01)."""

from datetime import date

import pytest
from shouwang.errors import BadRequest, NotFound, Refused, Unavailable

from tests.services.assistance.county import (
    CADRE,
    CASE,
    COUNTY,
    HOME,
    VILLAGE,
    household_view,
    measure,
    proposal,
)

SILENT = Unavailable("没有按时答复", code="bus.timeout")
AID = proposal("A45-03", "illness", fen=900_00)
RELIEF = proposal("A48-03", "illness", "disaster", fen=1_000_00)
SALES = proposal("A39-06", "industry_failure", fen=None)
TRAINING = proposal("A40-01", "unstable_employment", fen=None)


def reason_of(county, about):
    """Why a plan is as it is, of one thing in it."""
    reasons = county.call(COUNTY, "explain_plan", household=HOME)["reasons"]
    (told,) = [one for one in reasons if one["about"] == about]
    return told


@pytest.mark.rule("A-01")
def test_every_department_that_has_something_is_asked_and_its_measure_becomes_a_task(county):
    county.department("health_insurance", AID)
    county.department("human_resources", TRAINING)
    county.department("water", proposal("A44", "water"))
    plan = county.include("illness", "unstable_employment")
    assert sorted(one["measure"] for one in plan["tasks"]) == ["A40-01", "A45-03"]
    assert (plan["kind"], plan["uncovered"], plan["silent"]) == ("combined", [], [])
    assert not county.bus.called("water", "propose_measures")
    assert [one["due_on"] for one in county.events("task.assigned")] == ["2021-09-19"] * 2


@pytest.mark.rule("A-01")
def test_a_silent_department_is_silent_and_not_without_measure(county):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    plan = county.include("illness")
    assert (plan["silent"], plan["uncovered"]) == (["health_insurance"], ["illness"])
    assert plan["answers"]["health_insurance"]["state"] == "silent"
    assert plan["status"] == "nothing_to_deliver"


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("sign", ["heartbeat", "announced"])
def test_when_it_comes_back_the_plan_is_completed_as_a_recorded_change(county, sign):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    county.include("illness")
    county.bus.answer("health_insurance", "propose_measures", [AID])
    county.today = date(2021, 8, 21)
    if sign == "heartbeat":
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    else:
        county.announce("health_insurance", measure("A45-03", "illness"))
    plan = county.plan()
    assert [one["measure"] for one in plan["tasks"]] == ["A45-03"]
    assert (plan["silent"], plan["uncovered"], plan["status"]) == ([], [], "running")
    assert plan["tasks"][0]["assigned_on"] == "2021-08-21"
    (told,) = county.events("plan.completed")
    assert told["tasks"] == 1
    history = county.store.plans.get(plan["plan"]).history
    assert [entry["action"] for entry in history] == ["plan.made", "plan.completed"]


@pytest.mark.rule("A-01")
def test_it_answers_twice_and_counts_once(county):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    county.include("illness")
    county.bus.answer("health_insurance", "propose_measures", [AID])
    for _ in range(2):
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"}, event_id="same")
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert len(county.plan()["tasks"]) == 1
    assert len(county.bus.called("health_insurance", "propose_measures")) == 2


def test_it_stays_silent_and_nothing_changes(county):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    plan = county.include("illness")
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert county.store.plans.get(plan["plan"]).version == 1


@pytest.mark.rule("A-01")
@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([proposal("A48-03", "illness")], "nonsense"),
        ([AID | {"eligible": "perhaps"}], "nonsense"),
        ([AID | {"amount_fen": -1}], "nonsense"),
        ([AID, AID], "nonsense"),
        ("好的", "nonsense"),
        (BadRequest("坏了", code="internal"), "failed"),
    ],
)
def test_nonsense_and_failure_are_shown_and_do_not_stop_the_plan(county, said, state):
    county.department("health_insurance", AID)
    county.department("civil_affairs", RELIEF)
    county.bus.answer("health_insurance", "propose_measures", said)
    plan = county.include("illness")
    assert plan["answers"]["health_insurance"]["state"] == state
    assert plan["answers"]["health_insurance"]["problems"]
    assert [one["measure"] for one in plan["tasks"]] == ["A48-03"]
    assert plan["silent"] == ["health_insurance"], "its answer is still owed"


@pytest.mark.rule("A-01")
def test_one_plan_that_cannot_be_answered_does_not_hold_up_the_others(county):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    for case in ("c1", "c2", "c3"):
        county.include("illness", case=case)
    answers = iter(["胡说", [AID], [AID]])
    county.bus.answer("health_insurance", "propose_measures", lambda **_: next(answers))
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    states = [
        one["answers"]["health_insurance"]["state"] for one in county.call(COUNTY, "plan", household=HOME)
    ]
    assert sorted(states) == ["answered", "answered", "nonsense"]


def test_a_household_that_monitoring_does_not_know_fails_alone(county):
    county.department("health_insurance", AID)
    county.bus.answer("health_insurance", "propose_measures", SILENT)
    county.include("illness")
    county.bus.answer("monitoring", "persons_for", NotFound("没有该户", code="store.not_found"))
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert county.plan()["answers"]["health_insurance"]["problems"] == ["store.not_found"]
    county.bus.answer("monitoring", "persons_for", SILENT)
    with pytest.raises(Unavailable):
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})


@pytest.mark.rule("A-01")
def test_a_risk_that_has_its_chosen_measure_gets_no_second_one_when_another_department_comes_back(county):
    county.department("agriculture", SALES)
    county.department("trade", proposal("A39-04", "industry_failure", fen=None))
    county.bus.answer("trade", "propose_measures", SILENT)
    county.include("industry_failure")
    county.bus.answer("trade", "propose_measures", [proposal("A39-04", "industry_failure", fen=None)])
    county.hear("trade", "heartbeat", {"code": "trade"})
    plan = county.plan()
    assert [one["measure"] for one in plan["tasks"]] == ["A39-06"]
    told = reason_of(county, "trade/A39-04")
    assert told["given"] is False
    assert "防止陷入福利陷阱" in told["sentence"]


@pytest.mark.rule("A-01")
def test_a_department_that_is_new_is_asked_where_nobody_covers_a_risk(county):
    county.include("water")
    assert county.plan()["uncovered"] == ["water"]
    county.department("water", proposal("A44", "water", fen=None))
    assert [one["measure"] for one in county.plan()["tasks"]] == ["A44"]


@pytest.mark.rule("A-01")
def test_without_the_persons_nobody_is_asked_and_the_event_comes_again(county):
    county.department("health_insurance", AID)
    county.bus.answer("monitoring", "persons_for", SILENT)
    with pytest.raises(Unavailable):
        county.include("illness")
    county.bus.answer("monitoring", "persons_for", {"sealed": "密封"})
    assert len(county.include("illness")["tasks"]) == 1


@pytest.mark.rule("A-01")
def test_what_the_household_receives_already_is_not_given_again(county):
    county.department("civil_affairs", RELIEF | {"receiving": True})
    plan = county.include("illness")
    assert plan["tasks"] == []
    reasons = county.call(COUNTY, "explain_plan", household=HOME)["reasons"]
    (told,) = [one for one in reasons if one["about"] == "civil_affairs/A48-03"]
    assert "重复享受" in told["sentence"]
    assert (told["given"], told["verdict"]) == (False, "no")


@pytest.mark.rule("A-01")
def test_what_another_plan_gives_this_year_is_not_given_again(county):
    county.department("civil_affairs", RELIEF)
    first = county.include("illness")
    county.deliver(first["tasks"][0], 1_000_00)
    county.today = date(2021, 12, 1)
    county.department("civil_affairs", RELIEF)
    again = county.include("illness", case="second")
    assert (again["tasks"], again["silent"]) == ([], [])
    assert list(again["answers"]) == ["civil_affairs"]
    county.today = date(2022, 1, 3)
    county.department("civil_affairs", RELIEF)
    third = county.include("illness", case="third")
    given = [one for plan in county.call(COUNTY, "plan", household=HOME) for one in plan["tasks"]]
    assert [one["assigned_on"] for one in given] == ["2021-08-20", "2022-01-03"], "in the new year, once"
    assert third["tasks"] == []


@pytest.mark.rule("A-01")
def test_money_for_nothing_is_not_given_to_develop(county):
    gift = proposal("A39-01", "industry_failure", fen=500_00)
    county.department("agriculture", gift)
    assert county.include("industry_failure")["tasks"] == []
    reasons = county.call(COUNTY, "explain_plan", household=HOME)["reasons"]
    assert any("无条件发钱发物" in one["sentence"] for one in reasons)


@pytest.mark.rule("A-01")
def test_who_lacks_will_is_encouraged_and_nobody_is_presumed_to(county):
    county.department("health_insurance", AID)
    plan = county.include("illness")
    assert [one["measure"] for one in plan["tasks"]] == ["A45-03"]
    noted = {"plan": plan["plan"], "lacks_will": True, "reason": "有劳力不愿务工"}
    after = county.call(CADRE, "note_will", **noted)
    (task,) = [one for one in after["tasks"] if one["measure"] == "A49-02"]
    assert task["department"] == "village_team"
    assert len(county.call(CADRE, "note_will", **noted)["tasks"]) == 2, "one such task at a time"
    done = county.call(CADRE, "hand_in", task=task["id"], evidence=["走访宣讲记录"])
    assert {one["id"]: one["status"] for one in done["tasks"]}[task["id"]] == "delivered"
    with pytest.raises(Refused) as error:
        county.call(CADRE, "hand_in", task=plan["tasks"][0]["id"], evidence=["审批表"])
    assert error.value.code == "task.not_local"


def test_it_is_noted_that_a_household_has_will(county):
    plan = county.include("illness")
    noted = county.call(CADRE, "note_will", plan=plan["plan"], lacks_will=False, reason="自愿务工")
    assert noted["tasks"] == []


def test_a_plan_is_made_once_for_a_case(county):
    county.department("health_insurance", AID)
    assert county.include("illness")["plan"] == county.include("illness")["plan"]
    assert len(county.call(COUNTY, "plan", household=HOME)) == 1


@pytest.mark.rule("A-01", "S-07")
def test_a_household_that_was_helped_first_keeps_its_plan_when_it_is_included(county):
    """The green channel: the category is not decided yet; what is known later is added, not planned anew."""
    county.department("civil_affairs", proposal("A48-03", "disaster"))
    helped = {"household": HOME, "case": CASE, "region": VILLAGE, "category": None}
    helped |= {"risks": ["disaster"], "able_to_work": None}
    county.hear("monitoring", "household.helped_first", helped)
    assert [one["measure"] for one in county.plan()["tasks"]] == ["A48-03"]
    county.department("health_insurance", AID)
    plan = county.include("disaster", "illness", able=False)
    assert [one["measure"] for one in plan["tasks"]] == ["A48-03", "A45-03"]
    assert (plan["kind"], plan["risks"]) == ("combined", ["disaster", "illness"])
    assert county.store.plans.get(plan["plan"]).state["category"] == "marginal"
    assert len(county.include("disaster", "illness")["tasks"]) == 2, "included once"


@pytest.mark.rule("A-01", "S-07")
@pytest.mark.parametrize(("status", "ends"), [("refused", True), ("withdrawn", True), ("included", False)])
def test_the_plan_of_who_was_helped_first_ends_with_a_case_that_is_not_included(county, status, ends):
    county.department("civil_affairs", proposal("A48-03", "disaster"))
    helped = {"household": HOME, "case": CASE, "region": VILLAGE, "category": None}
    county.hear(
        "monitoring", "household.helped_first", helped | {"risks": ["disaster"], "able_to_work": None}
    )
    for case in ("another", CASE):
        assert county.plan()["status"] == "running"
        county.hear("monitoring", "case.ended", {"household": HOME, "case": case, "status": status})
    assert (county.plan()["status"] == "ended") is ends
    county.include("disaster")
    county.hear("monitoring", "case.ended", {"household": HOME, "case": CASE, "status": "refused"})
    assert county.plan()["status"] == "running", "the category is decided: a correction ends it, nothing else"


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_case_that_is_included_after_all_has_its_plan_again(county, meanwhile):
    county.department("civil_affairs", proposal("A48-03", "illness"))
    included = {"household": HOME, "case": CASE, "region": VILLAGE, "category": "marginal"}
    included |= {"risks": ["illness"], "able_to_work": True}
    county.hear("monitoring", "household.included", included, event_id="first")
    wrong = {"household": HOME, "case": CASE, "region": VILLAGE, "was": "included", "now": "refused"}
    county.hear("monitoring", "decision.corrected", wrong)
    county.hear("monitoring", "household.included", included, event_id="first")
    assert county.plan()["status"] == "ended", "said again it is the same"
    if meanwhile:
        county.include("illness", case="another")
    county.department("health_insurance", AID)
    for _ in range(2):
        county.hear("monitoring", "household.included", included, event_id="after all")
    plan = next(one for one in county.call(COUNTY, "plan", household=HOME) if one["case"] == CASE)
    assert (plan["status"], plan["ended_on"]) == ("nothing_to_deliver" if meanwhile else "running", None)
    owed = [] if meanwhile else ["A48-03", "A45-03"]
    assert [one["measure"] for one in plan["tasks"]] == owed
    told = [one["measure"] for one in county.events("task.assigned")]
    assert sorted(told) == ["A45-03", "A48-03", "A48-03"]


def test_the_baseline_of_income_is_that_of_the_day_and_unknown_where_it_is_not_known(county):
    plan = county.include("illness")
    assert county.store.plans.get(plan["plan"]).state["baseline"]["per_head_fen"] == 300_000
    county.bus.answer("monitoring", "household", household_view(wages=None))
    other = county.include("illness", case="other")
    assert county.store.plans.get(other["plan"]).state["baseline"]["per_head_fen"] is None


def test_what_nobody_planned_is_not_there(county):
    for asked in ({"household": HOME}, {"plan": "nobody"}):
        with pytest.raises(NotFound):
            county.call(COUNTY, "explain_plan", **asked)
    with pytest.raises(BadRequest):
        county.call(COUNTY, "explain_plan")


def test_plans_end_with_the_risk(county):
    county.department("health_insurance", AID)
    plan = county.include("illness")
    county.hear("monitoring", "household.removed", {"household": HOME, "case": "r", "region": plan["region"]})
    assert (county.plan()["status"], county.plan()["ended_on"]) == ("ended", "2021-08-20")


@pytest.mark.rule("A-01")
@pytest.mark.parametrize(("now", "status"), [("refused", "ended"), ("included", "nothing_to_deliver")])
def test_plans_end_when_the_inclusion_was_found_wrong(county, now, status):
    plan = county.include("illness")
    told = {"household": HOME, "case": CASE, "region": plan["region"], "was": "included", "now": now}
    county.hear("monitoring", "decision.corrected", told)
    assert county.plan()["status"] == status


def test_a_page_of_plans(county):
    for number in range(3):
        county.include("illness", case=f"c{number}")
    first = county.call(COUNTY, "plans", region="430426", limit=2)
    rest = county.call(COUNTY, "plans", region="430426", after=first[-1]["plan"])
    assert (len(first), len(rest)) == (2, 1)
