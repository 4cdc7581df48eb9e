"""The page of a household, why on any day, why not: over the real store."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Conflict, Forbidden, NotFound, Unavailable
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import County
from tests.services.monitoring.sheet import household

HOME, COUNTY = steps.HOME, steps.COUNTY
WELL_OFF = {"wages": "60000", "risks": "", "own_payments": "0"}
PLAN = {
    **{"plan": f"{HOME}-P1", "household": HOME, "case": f"{HOME}-I1", "region": HOME[:12]},
    **{"kind": "standard", "risks": ["illness"], "status": "open", "made_on": "2021-08-01"},
    **{"uncovered": [], "unknown": [], "silent": []},
}
TASK = {
    "id": f"{HOME}-P1-T1",
    "department": "civil_affairs",
    "measure": "m",
    "title": "低保",
    "persons": "密",
}


def plans(county: County) -> None:
    task = TASK | {"amount_fen": 100, "status": "open", "assigned_on": "2021-08-01", "due_on": "2021-09-01"}
    county.bus.answer("assistance", "plan", [PLAN | {"tasks": [task]}])


def test_the_page_of_a_monitored_household_holds_every_part(county):
    case = steps.include(county)
    plans(county)
    page = county.call(COUNTY, "portrait", household=HOME)
    assert [member["name"] for member in page["members"]] == ["测**"] * 3
    assert [(one["to"], one["per_head"]) for one in page["income"]] == [("2021-06-30", 600000)]
    assert page["income"][0]["shares"] == {"wages": 600, "business": 250, "property": 0, "transfers": 150}
    assert page["risks"] == [
        {"risk": "illness", "label": "因病风险", "known": True, "by": "入户核实组", "on": "2021-07-08"}
    ]
    assert [(one["case"], one["status"], one["category"]) for one in page["cases"]] == [
        (case, "included", "unstable_ex_poor")
    ]
    assert page["measures"]["answered"] and "persons" not in page["measures"]["plans"][0]["tasks"][0]
    assert page["contact"] is None and page["quarters"] == []
    assert page["standing"]["class"] == "key_monitored"
    assert "故为重点监测户" in page["standing"]["sentence"]
    assert [one["action"] for one in page["changes"]] == ["household.registered", "household.included"]
    assert str(page).count("1000001970") == 0, "no ID number"


def test_a_silent_assistance_is_shown_as_silent(county):
    county.import_rows(household(1, 2))
    county.bus.answer("assistance", "plan", Unavailable("不在", code="bus.silent"))
    page = county.call(COUNTY, "portrait", household=HOME)
    assert page["measures"] == {"answered": False, "code": "bus.silent", "plans": []}


def test_of_an_earlier_day_it_shows_what_was_there_then(county):
    steps.include(county)
    plans(county)
    page = county.call(COUNTY, "portrait", household=HOME, as_of="2021-07-05")
    (case,) = page["cases"]
    assert (case["status"], case["category"]) == ("open", None)
    done = [one["step"] for one in case["steps"]]
    assert done == ["application", "household_check", "village_appraisal", "village_notice"]
    assert page["standing"]["on"] == "2021-07-05", "as it was on that day: nothing was recomputed yet"
    with pytest.raises(NotFound) as refused:
        county.call(COUNTY, "portrait", household=HOME, as_of="2020-12-31")
    assert refused.value.code == "portrait.not_known_yet"


@pytest.mark.parametrize("method", ["portrait", "why_not"])
def test_every_look_is_on_record_and_a_household_sees_only_itself(county, method):
    county.import_rows(household(1, 2))
    plans(county)
    village = HOME[:12]
    county.call(actor(roles.HOUSEHOLD, org=HOME, region=village), method, household=HOME)
    (line,) = county.db.collection("reads").find({})
    assert (line["subject"], line["actor"]["org"]) == (HOME, HOME)
    with pytest.raises(Forbidden) as refused:
        other = actor(roles.HOUSEHOLD, org=f"{village}-0002", region=village)
        county.call(other, method, household=HOME)
    assert refused.value.code == "access.not_own_household"
    assert county.db.collection("reads").count_documents({}) == 1


@pytest.mark.rule("M-11")
@pytest.mark.rule("R-05")
def test_class_and_suggested_category_are_explained_on_any_day(county):
    county.import_rows(household(1, 2, **WELL_OFF))
    county.call(COUNTY, "recompute_standings", region="430426")
    county.clock.advance_to(date(2021, 8, 1))
    county.import_rows(household(1, 2, **WELL_OFF | {"risks": "因病"}), digest="cd" * 8, as_of="2021-08-01")
    county.call(COUNTY, "recompute_standings", region="430426")
    now = county.call(COUNTY, "explain", household=HOME, about="class")
    then = county.call(COUNTY, "explain", household=HOME, about="class", as_of="2021-07-20")
    assert (now["decision"]["value"], then["decision"]["value"]) == ("key_monitored", "high_quality")
    assert then["decision"]["on"] == "2021-07-05" and "2020-07-01 至 2021-06-30" in then["sentence"]
    suggested = county.call(COUNTY, "explain", household=HOME, about="category")
    assert suggested["sentence"].startswith("该户") and not suggested["decided"]
    with pytest.raises(NotFound) as refused:
        county.call(COUNTY, "explain", household=HOME, about="class", as_of="2020-12-31")
    assert refused.value.code == "portrait.not_known_yet"


@pytest.mark.rule("R-05")
def test_why_not_names_each_change_after_which_the_rule_says_yes(county):
    county.import_rows(household(1, 2, **WELL_OFF))
    told = county.call(COUNTY, "why_not", household=HOME)
    assert (told["suggested"], told["category"], told["missing"]) == ("no", None, ["基本生活"])
    changes = {one["kind"]: one for one in told["would_change"]}
    # 60000 + 8000.50 + 3000 − 2000 yuan; three persons may have 19500.01 at most
    assert changes["income"]["fen"] == 6900050 - 1950001
    assert changes["own_payments"]["category"] == "sudden_hardship"
    assert all(one["with_risk"] for one in told["would_change"])
    assert "不构成认定" in told["note"]


def test_why_not_of_one_who_should_be_listed_and_of_one_who_is(county):
    county.import_rows([*household(1, 2, wages="1000"), *household(2, 5)])
    told = county.call(COUNTY, "why_not", household=HOME)
    assert (told["suggested"], told["category"]) == ("yes", "unstable_ex_poor")
    assert "必须纳入监测" in told["duty"] and told["would_change"] == []
    agg = county.store.households.get(HOME)
    agg.state["status"] = "monitored"
    ctx = county.context(COUNTY)
    ctx.save(county.store.households, agg, "test")
    with pytest.raises(Conflict) as refused:
        county.call(COUNTY, "why_not", household=HOME)
    assert refused.value.code == "why_not.listed"
