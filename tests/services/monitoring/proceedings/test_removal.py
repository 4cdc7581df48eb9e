"""Removal of risk on a real store: who may not be proposed, the floor, the notice, the county (R-01…R-06)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Conflict, Refused

from tests.services.monitoring import steps
from tests.services.monitoring.sheet import household, spoil
from tests.services.monitoring.steps import BETTER, COMMITTEE, COUNTY, HOME, TOWN, papers, take

SPRING = date(2022, 3, 2)
HOUSEHOLD = [steps.person(steps.HEAD, roles.HOUSEHOLD)]


@pytest.fixture
def monitored(county):
    steps.include(county)
    county.clock.advance_to(SPRING)
    return county


def propose(county, **changes):
    record = {"collected_on": "2022-03-02", "income_stable": True, "spending_controlled": True} | changes
    return county.call(COMMITTEE, "propose_removal", household=HOME, way="helped", record=record)


def check(county, case, **changes):
    given = {"papers": papers("measures_record", "removal_assessment")}
    given |= {"people": [*steps.CHECKERS, *HOUSEHOLD], "record": BETTER | changes}
    return take(county, TOWN, case, "household_check", "pass", **given)


def up_to_the_county(county, **changes):
    case = propose(county)["case"]
    check(county, case, **changes)
    steps.appraise(county, case)
    county.clock.advance_to(steps.post_notice(county, case, "n-2"))
    steps.review(county, case, "removal_assessment")
    return case


def reasons(refusal):
    return {one["about"] for one in refusal.value.reasons}


@pytest.mark.rule("R-01", "R-03")
def test_a_risk_is_removed_in_five_steps(monitored):
    case = up_to_the_county(monitored)
    done = take(monitored, COUNTY, case, "county_decision", "remove")
    assert (done["status"], done["way"]) == ("removed", "helped")
    assert monitored.call(COUNTY, "household", household=HOME)["status"] == "removed"
    assert dict(monitored.events())["household.removed"] == {
        "household": HOME,
        "case": case,
        "region": "430426100001",
        "way": "helped",
    }
    assert monitored.call(COUNTY, "at_risk_households", region="430426") == []


@pytest.mark.rule("R-06")
@pytest.mark.parametrize("judged", ["income_stable", "spending_controlled"])
def test_the_village_leaves_out_who_is_unstable_and_that_is_on_record(monitored, judged):
    with pytest.raises(Refused) as refusal:
        propose(monitored, **{judged: False})
    assert reasons(refusal) == {"may_be_proposed"}
    assert monitored.call(COUNTY, "figures", region="430426")["left_out"] == 1
    assert monitored.call(COUNTY, "cases", region="430426", procedure="removal") == []


@pytest.mark.rule("R-02", "R-06")
def test_a_household_that_lost_its_labour_is_not_proposed(monitored):
    lost = {f"{HOME}-0{number}": "lost" for number in (1, 2, 3)}
    with pytest.raises(Refused) as refusal:
        propose(monitored, labour=lost)
    assert reasons(refusal) == {"may_be_proposed", "somebody_can_work"}


@pytest.mark.rule("R-02")
@pytest.mark.parametrize(("wages", "passes"), [(899_998, False), (900_000, True)])
def test_the_floor_of_five_thousand_a_head(monitored, wages, passes):
    """900000 fen of wages make 1500000 fen for three persons: 5,000 yuan a head; 499999.33 rounds below."""
    case = propose(monitored)["case"]
    figures = {"figures": BETTER["figures"] | {"wages": wages}}
    if passes:
        assert check(monitored, case, **figures)["step"] == "village_appraisal"
        return
    with pytest.raises(Refused) as refusal:
        check(monitored, case, **figures)
    assert reasons(refusal) == {"not_below_the_floor"}


@pytest.mark.rule("R-01")
def test_figures_of_another_year_prove_nothing(monitored):
    case = propose(monitored)["case"]
    with pytest.raises(Refused) as refusal:
        check(monitored, case, figures={})
    assert reasons(refusal) == {"not_below_the_floor"}


@pytest.mark.rule("R-06")
def test_without_the_households_signature_the_check_does_not_pass(monitored):
    case = propose(monitored)["case"]
    given = {"papers": papers("measures_record", "removal_assessment"), "people": steps.CHECKERS}
    with pytest.raises(Refused) as refusal:
        take(monitored, TOWN, case, "household_check", "pass", record=BETTER, **given)
    assert reasons(refusal) == {"household"}


@pytest.mark.rule("R-06")
def test_what_the_meeting_does_not_pass_is_not_published(monitored):
    case = propose(monitored)["case"]
    check(monitored, case)
    refused = {"reason": "群众不认可", "people": steps.ASSEMBLY, "meeting": steps.against(SPRING)}
    assert take(monitored, COMMITTEE, case, "village_appraisal", "refuse", **refused)["status"] == "refused"
    asked = [data["subject"]["id"] for type, data in monitored.events() if type == "notice.requested"]
    assert case not in asked
    figures = monitored.call(COUNTY, "figures", region="430426")
    assert figures["removal"] == {"opened": 1, "refused": 1}


@pytest.mark.rule("R-03")
def test_the_town_is_closed_until_the_seven_days_are_over(monitored):
    case = propose(monitored)["case"]
    check(monitored, case)
    steps.appraise(monitored, case)
    opens = steps.post_notice(monitored, case, "n-2")
    monitored.clock.advance_to(date.fromordinal(opens.toordinal() - 1))
    with pytest.raises(Refused) as refusal:
        steps.review(monitored, case, "removal_assessment")
    assert reasons(refusal) == {"village_notice"}


@pytest.mark.rule("R-03")
def test_between_floor_and_line_the_county_reviews_specially_first(monitored):
    case = up_to_the_county(monitored, figures=BETTER["figures"] | {"wages": 1_000_000})
    with pytest.raises(Refused) as refusal:
        take(monitored, COUNTY, case, "county_decision", "remove")
    assert reasons(refusal) == {"specially_reviewed"}
    steps.review_specially(monitored, case, "up_to_the_line")
    done = take(monitored, COUNTY, case, "county_decision", "remove")
    assert done["status"] == "removed"


@pytest.mark.rule("R-03")
def test_who_receives_minimum_living_is_reviewed_specially_first(county):
    county.import_rows(spoil(household(1, 2), 1, minimum_living="是"))
    take(county, COUNTY, steps.up_to_the_county(county), "county_decision", "include")
    county.clock.advance_to(SPRING)
    case = up_to_the_county(county)
    with pytest.raises(Refused) as refusal:
        take(county, COUNTY, case, "county_decision", "remove")
    assert reasons(refusal) == {"specially_reviewed"}


def test_only_a_monitored_household_can_be_proposed(county):
    county.import_rows(household(1, 2))
    with pytest.raises(Conflict) as refusal:
        propose(county)
    assert refusal.value.code == "case.not_monitored"


def test_a_removed_household_at_risk_again_starts_anew(monitored):
    case = up_to_the_county(monitored)
    take(monitored, COUNTY, case, "county_decision", "remove")
    again = steps.apply(monitored)
    assert (again["case"], again["window"]["start"]) == (f"{HOME}-I2", "2021-03-01")
