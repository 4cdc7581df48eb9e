"""Members die or leave while a case runs (D-01): noted, recomputed, ended where nobody is left."""

import pytest

from tests.services.monitoring import steps
from tests.services.monitoring.registry import village
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import COUNTY, HEAD, HOME, take

SECOND, THIRD = f"{HOME}-02", f"{HOME}-03"


@pytest.fixture
def case(county):
    county.import_rows(household(1, 2))
    return steps.apply(county)["case"]


def hear(county, told):
    county.hear("monitoring", "household.changed", "case_household_changed", told)


def dies(county, ref, **more):
    """The registry records a death, and the case hears of it."""
    village.change(county, "death", on="2021-07-05", ref=ref, **more)
    hear(county, [data for type, data in county.events() if type == "household.changed"][-1])


def gone(county, *left, kind="death"):
    told = {"household": HOME, "region": "430426100001", "kinds": [kind], "on": "2021-07-05"}
    hear(county, told | {"members_left": list(left), "registered": False})


@pytest.mark.rule("D-01", "M-08")
def test_a_death_changes_size_and_income_per_head(county, case):
    steps.check(county, case)  # 18,000 yuan for three: 6,000 a head
    dies(county, THIRD)
    found = county.call(COUNTY, "explain", case=case)
    assert "人均纯收入 9,000 元" in found["sentence"]
    (warning,) = county.call(COUNTY, "case", case=case)["warnings"]
    assert "死亡" in warning
    assert "签字" not in warning


@pytest.mark.rule("D-01", "I-01")
def test_the_signature_of_a_member_who_died_stays_valid_and_is_noted(county, case):
    dies(county, HEAD, head=SECOND, relations={THIRD: "son"})
    seen = county.call(COUNTY, "case", case=case)
    assert "原签字仍然有效" in seen["warnings"][0]
    assert steps.check(county, case)["step"] == "village_appraisal"


@pytest.mark.rule("D-01")
def test_the_same_change_told_twice_is_noted_once(county, case):
    dies(county, THIRD)
    hear(county, [data for type, data in county.events() if type == "household.changed"][-1])
    assert len(county.store.cases.get(case).state["changes"]) == 1
    assert len(county.call(COUNTY, "case", case=case)["warnings"]) == 1


@pytest.mark.rule("D-01")
@pytest.mark.parametrize(("kind", "reason"), [("death", "died"), ("move_out", "moved")])
def test_a_household_that_is_gone_ends_its_case(county, case, kind, reason):
    gone(county, HEAD, SECOND, THIRD, kind=kind)
    seen = county.call(COUNTY, "case", case=case)
    assert (seen["status"], seen["entries"][-1]["reason"]) == ("aborted", reason)


@pytest.mark.rule("D-01")
def test_what_is_no_change_of_members_is_not_noted(county, case):
    told = {"household": HOME, "region": "430426100001", "kinds": ["correction"], "on": "2021-07-05"}
    hear(county, told | {"members_left": [], "registered": True})
    assert county.call(COUNTY, "case", case=case)["warnings"] == []


@pytest.mark.rule("D-01")
def test_the_clue_of_a_household_that_is_gone_is_closed(county):
    county.import_rows(household(1, 2))
    found = {"region": "430426100001", "channel": "self_report", "household": HOME, "risks": ["illness"]}
    clue = county.call(steps.CADRE, "report_clue", **found, found_on="2021-07-05")["clue"]
    steps.apply(county)
    gone(county, HEAD)
    assert county.call(COUNTY, "clue", clue=clue)["status"] == "closed"


def test_a_change_of_a_household_without_a_case_changes_nothing(county):
    county.import_rows(household(1, 2))
    dies(county, THIRD)
    assert county.call(COUNTY, "cases", region="430426") == []


@pytest.mark.rule("D-01")
def test_a_death_before_the_county_decides_is_warned_of_there(county):
    county.import_rows(household(1, 2))
    case = steps.up_to_the_county(county)
    dies(county, THIRD)
    back = {"reason": "人口变动，请复核", "reason_code": "members_wrong", "to": "town_review"}
    take(county, COUNTY, case, "county_decision", "send_back", **back)
    assert "死亡" in steps.review(county, case)["warnings"][0]
