"""Inspection rounds on a real store: full coverage, twice a year, with a ledger (S-02)."""

import pytest
from shouwang.errors import BadRequest

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

LEDGER = f"{VILLAGE}-2021-2"
ROUND = {"region": "430426100", "year": 2021, "half": 2, "opens_on": "2021-07-05", "closes_on": "2021-07-31"}


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def visit(county, home, on="2021-07-05", **more):
    visits = [{"household": home, "on": on, **more}]
    return county.call(CADRE, "record_finding", ledger=LEDGER, visits=visits)


@pytest.mark.rule("S-02")
def test_the_ledger_knows_who_was_not_visited(village):
    (opened,) = village.call(TOWN, "inspection_round", **ROUND)
    assert (opened["ledger"], opened["households"], opened["visited"]) == (LEDGER, 2, 0)
    visit(village, HOME)
    ledger = village.call(COUNTY, "inspection", ledger=LEDGER)
    assert (ledger["visited"], ledger["not_visited"]) == (1, [f"{VILLAGE}-0002"])


@pytest.mark.rule("S-02")
def test_who_is_found_at_risk_becomes_a_clue_of_the_inspection(village):
    village.call(TOWN, "inspection_round", **ROUND)
    (clue,) = visit(village, HOME, risks=["housing"])["clues"]
    seen = village.call(COUNTY, "clue", clue=clue)
    assert (seen["sources"][0]["channel"], seen["risks"]) == ("inspection", ["housing"])
    assert visit(village, HOME, risks=["housing"])["clues"] == [clue]
    assert len(village.call(COUNTY, "clue", clue=clue)["sources"]) == 1
    assert village.call(COUNTY, "inspection", ledger=LEDGER)["at_risk"] == 1


@pytest.mark.rule("S-02")
def test_the_year_wants_two_rounds(village):
    year = {"region": "430426100", "year": 2021}
    assert village.call(COUNTY, "inspections", **year)["rounds_missing"] == 2
    village.call(TOWN, "inspection_round", **ROUND)
    assert village.call(COUNTY, "inspections", **year)["rounds_missing"] == 1


def test_opening_a_round_again_keeps_what_was_visited(village):
    village.call(TOWN, "inspection_round", **ROUND)
    visit(village, HOME)
    (again,) = village.call(TOWN, "inspection_round", **ROUND)
    assert again["visited"] == 1


@pytest.mark.parametrize("days", [("2021-06-30", "2021-07-31"), ("2021-07-31", "2021-07-05")])
def test_a_round_lies_within_its_half_year(village, days):
    with pytest.raises(BadRequest) as refusal:
        village.call(TOWN, "inspection_round", **ROUND | {"opens_on": days[0], "closes_on": days[1]})
    assert refusal.value.code == "round.days"


def test_a_visit_outside_the_round_is_refused(village):
    village.call(TOWN, "inspection_round", **ROUND)
    with pytest.raises(BadRequest) as refusal:
        visit(village, HOME, on="2021-08-01")
    assert refusal.value.code == "round.visit_day"


@pytest.mark.rule("S-02")
def test_nobody_was_visited_tomorrow(village):
    """A ledger is not filled in ahead: the whole round would look covered on its first day."""
    ledger = village.call(TOWN, "inspection_round", **ROUND)[0]["ledger"]
    with pytest.raises(BadRequest) as refusal:
        visit(village, HOME, on="2021-07-06", risks=["illness"])
    assert refusal.value.code == "round.future"
    assert village.call(TOWN, "inspection", ledger=ledger)["visited"] == 0
    assert village.call(TOWN, "clues", region=VILLAGE) == []


def test_a_household_that_nobody_registered_cannot_be_visited(village):
    village.call(TOWN, "inspection_round", **ROUND)
    with pytest.raises(BadRequest) as refusal:
        visit(village, f"{VILLAGE}-0099")
    assert refusal.value.code == "round.no_such_household"
    with pytest.raises(BadRequest) as refusal:
        visit(village, "430426100002-0001")
    assert refusal.value.code == "round.wrong_village"


@pytest.mark.rule("S-02")
def test_who_was_away_is_due_a_second_visit_and_groups_and_newcomers_are_told(village):
    village.call(TOWN, "inspection_round", **ROUND)
    everything = ["income", "housing", "school", "water", "insurance", "risks"]
    visit(village, HOME, checked=everything)
    visit(village, f"{VILLAGE}-0002", result="absent")
    village.import_rows(household(3, 8), digest="cd" * 8)
    ledger = village.call(COUNTY, "inspection", ledger=LEDGER)
    assert (ledger["households"], ledger["visited"], ledger["incomplete"]) == (3, 1, 0)
    assert ledger["second_visits"] == [
        {"household": f"{VILLAGE}-0002", "result": "absent", "again_by": "2021-07-15", "overdue": False}
    ]
    assert ledger["added_later"] == [f"{VILLAGE}-0003"]
    assert ledger["groups"] == [{"group": "第三组", "households": 3, "visited": 1}]


@pytest.mark.rule("S-02")
def test_the_county_sees_sums_by_town_and_the_town_by_village(village):
    village.call(TOWN, "inspection_round", **ROUND)
    visit(village, HOME, risks=["housing"])
    half = {"year": 2021, "half": 2}
    (town,) = village.call(COUNTY, "inspection_sums", region="430426", **half)
    assert (town["place"], town["villages"], town["households"], town["seen"]) == ("430426100", 1, 2, 1)
    assert (town["not_visited"], town["at_risk"], town["without_ledger"]) == (1, 1, 0)
    (one,) = village.call(TOWN, "inspection_sums", region="430426100", **half)
    assert one["place"] == VILLAGE
    year = village.call(COUNTY, "inspections", region="430426", year=2021)
    assert year["missing"] == [{"village": VILLAGE, "half": 1}]
    assert year["ledgers"][0]["seen"] == 1
