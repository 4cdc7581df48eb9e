"""The quarterly evaluation and the review rounds on a real store (D-02)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden, NotFound, Refused
from shouwang.testing import actor

from tests.services.monitoring.care.conftest import OTHER, include, remove
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

GOOD = {"risk_stands": True, "secured": True, "income_stable": True, "measures_work": True, "new_risks": []}
Q3, Q4 = "2021Q3", "2021Q4"


def evaluate(county, quarter=Q3, who=CADRE, conclusion="effective", **more):
    return county.call(
        who, "evaluate", household=HOME, quarter=quarter, **{**GOOD, "conclusion": conclusion, **more}
    )


def statuses(county, **more):
    found = county.call(TOWN, "evaluations", region=VILLAGE, **more)
    return [(one["household"], one["quarter"], one["status"]) for one in found]


@pytest.mark.rule("D-02")
def test_a_household_is_evaluated_in_the_quarter_of_its_inclusion_once(cared):
    assert statuses(cared) == [(HOME, Q3, "due")]
    made = evaluate(cared)
    assert (made["status"], made["suggested"], made["conclusion"]) == ("done", "effective", "effective")
    assert (made["effect"], made["income"]["change"]) == ({"tasks": None, "done": None, "silent": True}, None)
    with pytest.raises(Refused) as refusal:
        evaluate(cared)
    assert refusal.value.code == "care.evaluated"


@pytest.mark.rule("D-02")
def test_every_quarter_begins_with_an_evaluation_for_each_monitored_household_and_one_word_a_village(cared):
    cared.clock.advance_to(date(2021, 9, 16))
    include(cared, OTHER, date(2021, 9, 16))
    cared.clock.advance_to(date(2021, 10, 1))
    for _ in range(2):
        cared.day()
    assert statuses(cared) == [(HOME, Q3, "due"), (HOME, Q4, "due"), (OTHER, Q4, "due")]
    told = [
        data for type, data in cared.events() if type == "message.requested" and data["title"] == "季度评估"
    ]
    assert [(one["role"], one["region"], one["due"], "2 户" in one["text"]) for one in told] == [
        ("village_cadre", VILLAGE, "2021-12-31", True)
    ]


@pytest.mark.rule("D-02")
def test_an_evaluation_that_nobody_made_goes_up_and_may_be_made_up_for_in_the_next_quarter(cared):
    cared.clock.advance_to(date(2021, 10, 1))
    cared.day()
    (late,) = cared.call(TOWN, "evaluations", region="430426100", overdue=True)
    assert (late["quarter"], late["level"]) == (Q3, "town")
    cared.clock.advance_to(date(2021, 10, 10))
    cared.day()
    told = [
        data["role"]
        for type, data in cared.events()
        if type == "message.requested" and "逾期：季度评估" in data["title"]
    ]
    assert told == ["town_officer", "county_officer"]
    assert evaluate(cared)["status"] == "done"


@pytest.mark.rule("D-02")
def test_what_nobody_made_up_for_stays_on_record_as_missed(cared):
    cared.clock.advance_to(date(2022, 1, 1))
    cared.day()
    assert (HOME, Q3, "missed") in statuses(cared)
    with pytest.raises(Refused) as refusal:
        evaluate(cared)
    assert refusal.value.code == "care.not_in_quarter"


@pytest.mark.rule("D-02")
def test_only_monitored_households_are_evaluated_and_not_before_the_quarter(cared):
    for home, quarter in ((OTHER, Q3), (HOME, Q4)):
        with pytest.raises(NotFound) as refusal:
            cared.call(CADRE, "evaluate", household=home, quarter=quarter, conclusion="effective", **GOOD)
        assert refusal.value.code == "care.no_evaluation"
    remove(cared, HOME)
    with pytest.raises(Refused) as refusal:
        evaluate(cared)
    assert refusal.value.code == "care.not_monitored"


@pytest.mark.rule("D-02")
def test_another_conclusion_than_the_suggested_one_needs_a_reason(cared):
    with pytest.raises(Refused) as refusal:
        evaluate(cared, conclusion="change")
    assert refusal.value.code == "care.reason_wanted"
    made = evaluate(cared, conclusion="change", reason="务工地点不稳，拟换岗")
    assert (made["suggested"], made["conclusion"]) == ("effective", "change")
    told = [
        data
        for type, data in cared.events()
        if type == "message.requested" and data["title"] == "请调整帮扶措施"
    ]
    assert [one["role"] for one in told] == ["town_officer"]
    assert "务工" not in str(cared.db.collection("evaluations").find_one({}))


@pytest.mark.rule("D-02")
def test_worse_opens_a_clue_and_tells_which(cared):
    made = evaluate(cared, conclusion="worse", new_risks=["accident"])
    clue = cared.call(COUNTY, "clue", clue=made["clue"])
    assert (clue["risks"], clue["sources"][0]["channel"]) == (["accident"], "inspection")
    (told,) = [data for type, data in cared.events() if type == "household.evaluated"]
    assert (told["conclusion"], told["clue"], told["measures_work"]) == ("worse", made["clue"], True)


@pytest.mark.rule("D-02")
def test_a_correction_keeps_the_earlier_conclusion(cared):
    evaluate(cared)
    again = evaluate(cared, correct=True, measures_work=False, conclusion="change")
    assert (again["conclusion"], again["corrected"]) == ("change", 1)


@pytest.mark.rule("D-02")
def test_the_plan_tells_what_was_done_and_the_figures_what_changed(cared):
    tasks = [{"status": "delivered"}, {"status": "confirmed"}, {"status": "assigned"}]
    cared.bus.answer("assistance", "plan", [{"tasks": tasks}])
    made = evaluate(cared)
    assert made["effect"] == {"tasks": 3, "done": 2, "silent": False}
    cared.clock.advance_to(date(2021, 10, 1))
    cared.day()
    agg = cared.store.households.get(HOME)
    agg.state["figures"]["wages"]["fen"] += 30000
    cared.context(CADRE).save(cared.store.households, agg, "test.raised")
    assert evaluate(cared, Q4)["income"]["change"] == 10000


@pytest.mark.rule("D-02")
def test_the_suggestion_explains_itself_and_stores_nothing(cared):
    told = cared.call(CADRE, "suggest_evaluation", household=HOME, quarter=Q3, **{**GOOD, "secured": None})
    assert told["suggested"] is None and "三保障及饮水情况不详" in told["sentence"]
    assert statuses(cared) == [(HOME, Q3, "due")]


@pytest.mark.rule("D-02")
def test_the_town_studies_every_half_month_and_the_county_every_month(cared):
    cared.day()
    due = [
        (one["region"], one["period"], one["due_on"])
        for one in cared.call(COUNTY, "reviews", region="430426")
    ]
    quarter = ("430426", "2021Q3", "2021-09-30")
    assert due == [("430426", "2021-07-1", "2021-07-31"), quarter, ("430426100", "2021-07-1", "2021-07-15")]
    held = {"region": "430426100", "people": 5, "note": "研判两户，均正常"}
    done = cared.call(TOWN, "record_review", **held)
    assert (done["status"], done["seen"]["evaluation"]) == ("done", 0)
    with pytest.raises(Refused) as refusal:
        cared.call(TOWN, "record_review", **held)
    assert refusal.value.code == "care.review_held"
    with pytest.raises(Forbidden):
        cared.call(COUNTY, "record_review", **held)
    cared.clock.advance_to(date(2021, 7, 16))
    cared.day()
    assert [
        one["period"] for one in cared.call(TOWN, "reviews", region="430426100") if one["status"] == "due"
    ] == ["2021-07-2"]


@pytest.mark.rule("D-02", "D-06")
def test_the_county_schedules_jointly_every_quarter_and_its_decisions_are_followed_up(cared):
    cared.day()
    water = {"kind": "water", "level": "department", "org": "water", "text": "季节性缺水村通水"}
    help = {"kind": "measures", "level": "town", "org": "430426100", "text": "补落实措施"}
    held = {"region": "430426", "people": 9, "note": "听取季分析，议定两项", "joint": True}
    held["decisions"] = [water | {"due_on": "2021-07-20"}, help]
    done = cared.call(COUNTY, "record_review", request_id="q-1", **held)
    assert cared.call(COUNTY, "record_review", request_id="q-1", **held) == done
    assert (done["title"], done["period"], done["status"], len(done["decisions"])) == (
        *("季调度", "2021Q3", "done"),
        2,
    )
    first = cared.call(COUNTY, "problem", problem=done["decisions"][0])
    assert (first["source"], first["due_on"], first["org"]) == ("review", "2021-07-20", "water")
    with pytest.raises(Forbidden):
        cared.call(TOWN, "record_review", **{**held, "region": "430426100"})
    cared.clock.advance_to(date(2021, 10, 1))
    cared.day()
    (due,) = [one for one in cared.call(COUNTY, "reviews", region="430426") if one["period"] == "2021Q4"]
    assert (due["status"], due["due_on"], due["decisions"]) == ("due", "2021-12-31", [])


def test_an_auditor_reads_and_does_not_evaluate(cared):
    auditor = actor(roles.AUDITOR)
    assert cared.call(auditor, "evaluation", household=HOME, quarter=Q3)["status"] == "due"
    with pytest.raises(Forbidden):
        evaluate(cared, who=auditor)
