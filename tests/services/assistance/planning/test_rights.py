"""What is due of right is all given, and what is announced later reaches open plans (A-01)."""

from datetime import date

import pytest

from services.assistance.domain.planning import former
from services.assistance.domain.planning.explaining import explained
from services.assistance.domain.planning.proposals import kept
from services.assistance.domain.planning.rules import Offer
from tests.services.assistance.county import CASE, COUNTY, HOME, VILLAGE, measure, proposal
from tests.services.assistance.planning.test_plans import AID, RELIEF, SALES, SILENT, reason_of


@pytest.mark.rule("A-01")
def test_what_is_due_of_right_is_all_given_and_says_by_which_article(county):
    layers = [proposal(code, "illness") for code in ("A45-01", "A45-02", "A45-03")]
    county.department("health_insurance", *layers)
    county.department("civil_affairs", RELIEF)
    county.department("emergency", RELIEF | {"amount_fen": 500_00})
    plan = county.include("illness")
    given = sorted((one["department"], one["measure"]) for one in plan["tasks"])
    assert given == [("civil_affairs", "A48-03"), *(("health_insurance", one["measure"]) for one in layers)]
    told = reason_of(county, "guarantees")
    assert "应享尽享" in told["sentence"]
    assert "湘振局发〔2021〕18号 第二章第二节二" in told["sentence"]
    assert "不重复" in reason_of(county, "emergency/A48-03")["sentence"]
    assert "福利陷阱" not in reason_of(county, "emergency/A48-03")["sentence"]


@pytest.mark.rule("A-01")
def test_a_right_is_asked_about_whatever_the_risk_and_comes_when_its_department_is_back(county):
    disabled = proposal("A48-04", "disability", fen=80_00)
    county.department("agriculture", SALES)
    county.department("disabled_federation", disabled, proposal("A51", "disability", fen=None))
    county.bus.answer("disabled_federation", "propose_measures", SILENT)
    assert county.include("industry_failure")["silent"] == ["disabled_federation"]
    county.bus.answer("disabled_federation", "propose_measures", [disabled])
    county.hear("disabled_federation", "heartbeat", {"code": "disabled_federation"})
    assert [one["measure"] for one in county.plan()["tasks"]] == ["A39-06", "A48-04"]
    asked = county.bus.called("disabled_federation", "propose_measures")
    assert [one["measures"] for one in asked] == [["A48-04"]] * 2, "adaptation answers no risk of this home"


@pytest.mark.rule("A-01")
def test_a_department_of_the_older_contract_is_asked_by_risk_and_what_it_leaves_out_stays_open(county):
    layers = [measure(code, "illness") for code in ("A45-01", "A45-03")]
    county.bus.answer("health_insurance", "propose_measures", [AID])
    county.announce("health_insurance", *layers, contract="1.0")
    answer = county.include("illness")["answers"]["health_insurance"]
    assert "measures" not in county.bus.called("health_insurance", "propose_measures")[0]
    assert (answer["state"], answer["problems"]) == ("answered", ["A45-01 没有答复"])
    assert answer["measures"] == ["A45-03"]


@pytest.mark.rule("A-01")
def test_a_department_that_answered_is_asked_in_open_plans_about_what_it_announces_later(county):
    layers = [proposal(code, "illness") for code in ("A45-03", "A45-02")]
    county.department("health_insurance", AID)
    county.include("illness", case="ended")
    county.hear("monitoring", "household.removed", {"household": HOME, "case": "r", "region": VILLAGE})
    county.today = date(2021, 8, 21)
    assert [one["measure"] for one in county.include("illness")["tasks"]] == ["A45-03"], (
        "an ended plan owes nothing"
    )
    before = len(county.bus.called("health_insurance", "propose_measures"))
    county.department("health_insurance", *layers)
    plan = county.plan()
    assert [one["measure"] for one in plan["tasks"]] == ["A45-03", "A45-02"]
    assert plan["answers"]["health_insurance"]["measures"] == ["A45-02", "A45-03"]
    (asked,) = county.bus.called("health_insurance", "propose_measures")[before:]
    assert (asked["measures"], asked["case"]) == (["A45-02"], CASE), "only what is new, no plan that ended"
    county.department("health_insurance", *layers)
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert len(county.bus.called("health_insurance", "propose_measures")) == before + 1, "once"
    assert len(county.events("plan.completed")) == 1


@pytest.mark.rule("A-01")
def test_silent_half_way_through_what_is_new_it_is_asked_the_rest_at_its_next_sign(county):
    new = proposal("A45-02", "illness")
    county.department("health_insurance", AID)
    for case in ("c1", "c2", "c3"):
        county.include("illness", case=case)
    answers = iter([[new], SILENT, [new], [new]])
    county.bus.answer("health_insurance", "propose_measures", lambda **_: next(answers))
    county.announce("health_insurance", measure("A45-03", "illness"), measure("A45-02", "illness"))
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    told = [one["answers"]["health_insurance"] for one in county.call(COUNTY, "plan", household=HOME)]
    assert [(one["state"], one["measures"]) for one in told] == [("answered", ["A45-02", "A45-03"])] * 3
    given = [one["measure"] for plan in county.call(COUNTY, "plan", household=HOME) for one in plan["tasks"]]
    assert sorted(given) == ["A45-02", "A45-03"], "once a year, whatever the plan"


@pytest.mark.rule("A-01")
def test_decisions_of_the_older_rules_are_told_as_they_were_made():
    offer = Offer.of(kept(AID, "health_insurance"))
    made = [former.one_or_several(("illness",)), former.one_of_all("illness", True, (offer,), ())]
    made += [former.one_of_all("illness", None, (), (offer,)), former.one_of_all("illness", False, (), ())]
    told = explained([{"about": "illness", "decision": one.to_dict()} for one in made], [])
    assert "实施单项措施" in told[0]["sentence"]
    assert "安排“A45-03”" in told[1]["sentence"]
    assert [one["verdict"] for one in told[1:]] == ["yes", "unknown", "no"]


@pytest.mark.rule("A-01")
def test_a_plan_of_the_older_version_gets_the_rights_that_were_withheld(county):
    from services.assistance.store.migrations import department_to_be_asked, plan_with_answered_measures

    layers = [proposal(code, "illness") for code in ("A45-03", "A45-02")]
    county.department("health_insurance", *layers)
    plan = county.include("illness")
    agg = county.store.plans.get(plan["plan"])
    kept = [one for one in agg.state["tasks"] if one["measure"] == "A45-03"]
    old = {
        code: {k: v for k, v in one.items() if k != "measures"} for code, one in agg.state["answers"].items()
    }
    agg.state |= plan_with_answered_measures({"answers": old}) | {"tasks": kept}
    agg.state["task_ids"] = [one["id"] for one in kept]
    county.save(county.store.plans, agg)
    department = county.store.departments.get("health_insurance")
    department.state |= department_to_be_asked({})
    county.save(county.store.departments, department)
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert [one["measure"] for one in county.plan()["tasks"]] == ["A45-03", "A45-02"]


@pytest.mark.rule("A-01")
def test_what_a_department_did_not_know_is_asked_again_once_a_month(county):
    open_one = AID | {"eligible": "unknown", "amount_fen": None, "reason": "标准自 2021-09-23 起"}
    county.department("health_insurance", open_one)
    plan = county.include("illness")
    assert (plan["tasks"], plan["answers"]["health_insurance"]["measures"]) == ([], [])
    asked = county.bus.called("health_insurance", "propose_measures")
    version = county.store.plans.get(plan["plan"]).version
    for day in (date(2021, 8, 25), date(2021, 9, 1), date(2021, 9, 2)):
        county.today = day
        county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert len(county.bus.called("health_insurance", "propose_measures")) == len(asked) + 1
    assert county.store.plans.get(plan["plan"]).version == version, "it knows no more: nothing to record"
    county.bus.answer("health_insurance", "propose_measures", [AID])
    county.today = date(2021, 10, 1)
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert [one["measure"] for one in county.plan()["tasks"]] == ["A45-03"]
    assert county.plan()["unknown"] == []
