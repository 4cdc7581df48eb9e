"""Open clues of a household that is registered no longer: they go on with who took it in, or end."""

import pytest
from shouwang.errors import Refused
from shouwang.sealing import seal

from tests.services.monitoring import steps
from tests.services.monitoring.registry.village import HEAD, HOME, OTHER, SECOND, change, move
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY

FOUND = {"region": VILLAGE, "channel": "self_report", "risks": ["illness"], "found_on": "2021-07-05"}


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2, persons=2) + household(2, 5))
    return county


def report(county, home=HOME, **more):
    return county.call(CADRE, "report_clue", household=home, **{**FOUND, **more})["clue"]


def sent(county, serial):
    """A department sends somebody of the household."""
    sealed = seal(county.keys.sealing.public, {"id_number": id_number(serial)})
    one = {"key": "d1", "rule": "S-05", "risk": "illness", "region": VILLAGE, "sealed": sealed, "grounds": {}}
    told = {
        "batch": "b",
        "department": "health_insurance",
        "period": "2021-07",
        "rule": "S-05",
        "clues": [one],
    }
    county.hear("health_insurance", "clues.found", "departments_found", told)


def told(county, type):
    return [data for kind, data in county.events() if kind == type]


def hear(county):
    """What the registry says of its households, told twice."""
    for data in [*told(county, "household.changed"), *told(county, "household.changed")]:
        for method in ("clue_household_changed", "case_household_changed"):
            county.hear("monitoring", "household.changed", method, data)


def merge(county):
    move(county, "merge", to=OTHER, relations={HEAD: "other", SECOND: "other"})
    hear(county)


def die_out(county):
    change(county, "death", on="2021-07-05", ref=SECOND)
    change(county, "death", on="2021-07-05", ref=HEAD)
    hear(county)


def clue(county, id):
    return county.call(COUNTY, "clue", clue=id)


@pytest.mark.rule("D-01", "S-03")
def test_the_clue_of_a_household_that_was_merged_goes_on_with_who_took_it_in(village):
    sent(village, 10)
    ours = report(village)
    merge(village)
    seen = clue(village, ours)
    assert (seen["status"], seen["outcome"]) == ("closed", "reassigned")
    (onward,) = village.call(COUNTY, "clues", region=VILLAGE, status="open")
    assert (onward["household"], len(onward["sources"])) == (OTHER, 2)
    assert told(village, "clue.closed") == [], "no department is told anything yet"


@pytest.mark.rule("D-01", "S-03")
def test_two_households_with_a_clue_each_have_one_when_they_merge(village):
    report(village)
    theirs = report(village, OTHER, risks=["housing"])
    merge(village)
    assert [one["clue"] for one in village.call(COUNTY, "clues", region=VILLAGE, status="open")] == [theirs]
    assert len(clue(village, theirs)["sources"]) == 2


@pytest.mark.rule("D-01", "S-03")
def test_the_clue_of_a_household_that_died_out_is_closed_and_the_department_is_told(village):
    sent(village, 10)
    die_out(village)
    assert village.call(COUNTY, "clues", region=VILLAGE, status="open") == []
    (answer,) = told(village, "clue.closed")
    assert (answer["outcome"], answer["department"], answer["key"]) == ("gone", "health_insurance", "d1")


@pytest.mark.rule("D-01")
def test_a_household_that_lost_one_member_keeps_its_clue(village):
    ours = report(village)
    change(village, "death", on="2021-07-05", ref=SECOND)
    hear(village)
    assert clue(village, ours)["status"] == "open"


@pytest.mark.rule("D-01", "I-01")
def test_a_clue_in_a_case_goes_on_when_the_case_ends_because_the_household_was_merged(village):
    """Nobody has decided that there is no risk: the clue is not answered as refused."""
    ours = report(village)
    case = steps.apply(village)["case"]
    merge(village)
    assert village.call(COUNTY, "case", case=case)["status"] == "aborted"
    assert clue(village, ours)["outcome"] == "reassigned"
    (onward,) = village.call(COUNTY, "clues", region=VILLAGE, status="open")
    assert onward["household"] == OTHER


@pytest.mark.rule("D-01")
def test_nobody_says_by_hand_that_a_household_is_gone(village):
    ours = report(village)
    village.call(CADRE, "respond_clue", clue=ours, visit_on="2021-07-05", note="")
    with pytest.raises(Refused) as error:
        village.call(CADRE, "close_clue", clue=ours, outcome="gone", reason="已不在")
    assert error.value.code == "clue.in_case"


@pytest.mark.rule("D-01", "M-12")
@pytest.mark.parametrize("monitored", [False, True])
def test_monitored_people_who_were_taken_in_are_looked_at_where_they_live(village, monitored):
    if monitored:
        steps.include(village)
    merge(village)
    found = village.call(COUNTY, "clues", region=VILLAGE, status="open")
    assert [one["household"] for one in found] == ([OTHER] if monitored else [])
    assert all(len(one["sources"]) == 1 for one in found), "told twice, looked at once"


@pytest.mark.rule("D-01")
def test_those_who_died_out_leave_nobody_to_look_at(village):
    steps.include(village)
    third = f"{HOME}-03"
    for ref in (SECOND, third, HEAD):
        if ref in [one["ref"] for one in village.store.households.get(HOME).state["members"]]:
            change(village, "death", on="2021-07-13", ref=ref)
    hear(village)
    assert village.call(COUNTY, "clues", region=VILLAGE, status="open") == []
