"""A plan follows its people into the household that took them in (D-01, A-09; docs/decisions/0284)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Refused
from shouwang.testing import actor

from tests.services.assistance.county import (
    CASE,
    CIVIL,
    CONTACT,
    COUNTY,
    COUNTY_CODE,
    HOME,
    VILLAGE,
    household_view,
    proposal,
)
from tests.services.assistance.planning.test_contacts import OTHER, name
from tests.services.assistance.tasks.test_once import RELIEF

NEXT_VILLAGE = f"{VILLAGE[:-1]}2"
NEW, LAST = f"{NEXT_VILLAGE}-0007", f"{VILLAGE}-0009"
FAMILY = actor(roles.HOUSEHOLD, org=NEW, region=NEXT_VILLAGE)


def merged(county, household=HOME, to=NEW, sequence=5, registered=False, **more):
    told = {"household": household, "region": household.partition("-")[0], "registered": registered}
    told |= {"kinds": ["merge"], "moved_to": to}
    county.hear("monitoring", "household.changed", told, sequence=sequence, **more)


@pytest.fixture
def planned(county):
    county.department("civil_affairs", RELIEF)
    return county.include("illness")


def plan_of(county, household=NEW):
    (found,) = county.call(COUNTY, "plan", household=household)
    return found


@pytest.mark.rule("D-01", "A-09")
def test_plan_tasks_and_payments_go_on_where_the_people_live(county, planned):
    task = planned["tasks"][0]
    county.deliver(task, 2_000_00)
    for _ in range(2):
        merged(county, event_id="merged")
    plan = plan_of(county)
    assert (plan["household"], plan["region"], plan["plan"]) == (NEW, NEXT_VILLAGE, planned["plan"])
    (owed,) = county.call(CIVIL, "open_tasks", region=COUNTY_CODE)
    assert (owed["household"], owed["region"]) == (NEW, NEXT_VILLAGE)
    county.deliver(task, 2_000_00, part=2)
    county.deliver(task, 1_000_00, part=3, household=NEW)
    with pytest.raises(Refused):
        county.deliver(task, 1, part=4, household=LAST)
    told = [(one["household"], one["region"]) for one in county.events("measure.paid")]
    assert told == [(HOME, VILLAGE), (NEW, NEXT_VILLAGE), (NEW, NEXT_VILLAGE)]
    county.call(FAMILY, "confirm_measure", task=task["id"])
    assert [one["household"] for one in county.events("task.done")] == [NEW]
    assert len(county.call(COUNTY, "measures_record", household=HOME)) == 1, "found by the old number too"


@pytest.mark.rule("K-02", "A-09")
def test_a_sum_is_taken_back_under_the_number_under_which_it_was_told(county, planned):
    task = planned["tasks"][0]
    county.deliver(task, 2_000_00)
    merged(county)
    county.deliver(task, 3_000_00, part=2)
    for number in (1, 2):
        asked = {"number": number, "reason": "not_paid", "note": "没有发放"}
        county.call(COUNTY, "withdraw_payment", task=task["id"], **asked)
    paid, back = county.events("measure.paid"), county.events("measure.payment_withdrawn")
    assert [one["household"] for one in back] == [one["household"] for one in paid] == [HOME, NEW]


@pytest.mark.rule("D-01", "A-09")
def test_county_and_department_hear_of_the_new_number_once(county, planned):
    for _ in range(2):
        merged(county)
    said = [(one["title"], one["role"]) for one in county.events("message.requested")]
    assert said.count(("帮扶计划随人转入他户", "county_officer")) == 1
    assert said.count(("任务所属户号变更", "department_officer")) == 1
    assert not any("登记终止" in title for title, _ in said)


@pytest.mark.rule("D-01")
def test_in_whatever_order_mergers_and_the_inclusion_are_heard(county):
    county.department("civil_affairs", RELIEF)
    merged(county, NEW, LAST)
    merged(county)
    included = {"household": HOME, "case": CASE, "region": VILLAGE, "category": "marginal"}
    county.hear("monitoring", "household.included", included | {"risks": ["illness"], "able_to_work": True})
    plan = plan_of(county, LAST)
    assert (plan["household"], plan["case"], plan["region"]) == (LAST, CASE, VILLAGE)
    asked = [args for _, method, args in county.bus.calls if method == "persons_for"]
    assert {one["household"] for one in asked} == {LAST}


@pytest.mark.rule("D-01")
def test_one_merger_after_the_other_is_followed_to_the_end(county, planned):
    merged(county)
    merged(county, NEW, LAST)
    assert plan_of(county, LAST)["plan"] == plan_of(county, HOME)["plan"] == planned["plan"]


@pytest.mark.rule("D-01")
def test_an_older_word_changes_nothing_and_one_that_lives_again_has_its_own_plans(county, planned):
    merged(county, sequence=6)
    merged(county, to=None, registered=True, sequence=5)
    assert county.store.lives_in(HOME) == NEW
    merged(county, to=None, registered=True, sequence=7)
    assert county.store.lives_in(HOME) == HOME
    merged(county, to=NEW, sequence=6)
    assert county.store.lives_in(HOME) == HOME


@pytest.mark.rule("D-01")
def test_what_is_said_again_is_the_newest_word_too(county, planned):
    merged(county, sequence=5)
    merged(county, sequence=7)
    merged(county, to=None, registered=True, sequence=6)
    assert county.store.lives_in(HOME) == NEW


@pytest.mark.rule("D-01", "A-01")
def test_what_came_with_the_people_is_not_given_a_second_time(county, planned):
    merged(county)
    county.department("civil_affairs", RELIEF)
    included = {"household": NEW, "case": f"{NEW}-I1", "region": NEXT_VILLAGE, "category": "marginal"}
    county.hear("monitoring", "household.included", included | {"risks": ["illness"], "able_to_work": True})
    plans = county.call(COUNTY, "plan", household=NEW)
    assert sum(len(one["tasks"]) for one in plans) == 1


@pytest.mark.rule("D-01", "A-09")
def test_ends_that_name_the_old_number_end_the_plan_that_went_on(county, planned):
    county.today = date(2021, 9, 1)
    merged(county)
    corrected = {"household": HOME, "case": CASE, "region": VILLAGE, "was": "included", "now": "refused"}
    county.hear("monitoring", "decision.corrected", corrected)
    assert plan_of(county)["status"] == "ended"


@pytest.mark.rule("D-03", "A-09")
def test_the_worklist_goes_to_who_follows_the_new_household_else_stays(county, planned):
    name(county, CONTACT.id)
    merged(county)
    assert len(county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"]) == 0, "another village"
    assert plan_of(county)["contact"] == CONTACT.id
    name(county, "contact-8", 2)
    assert plan_of(county)["contact"] == "contact-8", "who follows the old number still follows the people"
    told = {"household": NEW, "region": NEXT_VILLAGE, "person": OTHER.id}
    county.hear("monitoring", "contact.named", told)
    name(county, CONTACT.id, 3)
    assert plan_of(county)["contact"] == OTHER.id


@pytest.mark.rule("D-03", "A-09")
def test_in_the_same_village_the_worklist_shows_the_new_number(county, planned):
    name(county, CONTACT.id)
    merged(county, to=LAST)
    (task,) = county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"]
    assert task["household"] == LAST


@pytest.mark.rule("A-09")
def test_the_effect_is_measured_from_the_income_of_the_new_household(county, planned):
    county.bus.answer("monitoring", "household", household_view(wages=900_000, size=3))
    county.today = date(2021, 9, 15)
    merged(county)
    agg = county.store.plans.get(planned["plan"])
    assert agg.state["baseline"]["per_head_fen"] == 300_000 and agg.state["baseline"]["on"] == "2021-09-15"


@pytest.mark.rule("A-01", "A-09")
def test_two_plans_of_one_household_are_both_in_form_four(county, planned):
    county.department("works", proposal("A51", "disaster", fen=None))
    included = {"household": NEW, "case": f"{NEW}-I1", "region": NEXT_VILLAGE, "category": "marginal"}
    county.hear("monitoring", "household.included", included | {"risks": ["disaster"], "able_to_work": True})
    merged(county)
    rows = county.call(COUNTY, "measures_record", household=NEW)
    assert sorted(one["code"] for one in rows) == ["A48-03", "A51"]
