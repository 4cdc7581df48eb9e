"""Who follows a household, and what only who follows it may do (A-09, A-11; docs/decisions/0262)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden
from shouwang.testing import actor

from tests.services.assistance.county import CADRE, CONTACT, COUNTY, HOME, TOWN, VILLAGE
from tests.services.assistance.tasks.test_once import RELIEF, remove

CADRE_AND_CONTACT = actor(roles.VILLAGE_CADRE, id="v-3", region=VILLAGE, also=(roles.CONTACT_PERSON,))
OTHER = actor(roles.CONTACT_PERSON, id="contact-9", region=VILLAGE)


def name(county, person, sequence=1):
    told = {"household": HOME, "region": VILLAGE, "person": person}
    county.hear("monitoring", "contact.named", told, sequence=sequence)


@pytest.mark.rule("A-09")
def test_who_was_replaced_sees_and_handles_nothing_of_an_ended_plan(county):
    name(county, CONTACT.id)
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 5_000_00)
    remove(county)
    name(county, OTHER.id, 2)
    with pytest.raises(Forbidden):
        county.call(CONTACT, "confirm_measure", task=task["id"])
    with pytest.raises(Forbidden):
        county.call(CONTACT, "points_of", household=HOME, year=2021)
    assert county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"] == []
    county.call(OTHER, "confirm_measure", task=task["id"])


@pytest.mark.rule("A-09")
def test_an_older_naming_that_is_heard_late_changes_nothing(county):
    county.include("illness")
    name(county, OTHER.id, 2)
    name(county, CONTACT.id, 1)
    assert county.plan()["contact"] == OTHER.id
    assert county.include("illness", case="later")["contact"] == OTHER.id


@pytest.mark.rule("A-01", "A-09")
@pytest.mark.parametrize("method", ["note_will", "evaluate"])
def test_a_contact_person_judges_only_the_households_followed(county, method):
    plan = county.include("illness")["plan"]
    name(county, CONTACT.id)
    county.today = date(2021, 10, 1)
    asked = {
        "note_will": {"plan": plan, "lacks_will": True, "reason": "多次走访"},
        "evaluate": {"plan": plan, "quarter": "2021Q3"},
    }[method]
    with pytest.raises(Forbidden):
        county.call(OTHER, method, **asked)
    county.call(CONTACT, method, **asked)


@pytest.mark.rule("A-11")
def test_a_contact_person_confirms_gifts_only_of_the_households_followed(county):
    county.include("illness")
    name(county, CONTACT.id)
    thing = {"kind": "goods", "item": "other", "unit": "其他", "detail": "过冬物资", "quantity": 1}
    need = county.call(CADRE, "register_need", household=HOME, **thing, reached=False)["need"]
    giver = {"giver": "某商会", "giver_kind": "association", "region": VILLAGE[:9]}
    offer = county.call(TOWN, "register_offer", **thing, **giver)["offer"]
    county.call(TOWN, "release_match", need=need, offer=offer)
    match = county.call(TOWN, "propose_match", need=need, offer=offer, quantity=1)["match"]
    county.call(COUNTY, "accept_match", match=match)
    step = {"match": match, "quantity": 1, "evidence": ["签收单"]}
    for method, asked in (
        ("register_need", {"household": HOME, **thing, "reached": False}),
        ("offers_for", {"need": need}),
        ("close_need", {"id": need, "reason": "已解决"}),
        ("deliver_match", step),
    ):
        with pytest.raises(Forbidden):
            county.call(OTHER, method, **asked)
    county.call(CONTACT, "offers_for", need=need)
    county.call(CONTACT, "deliver_match", **step)
    with pytest.raises(Forbidden):
        county.call(OTHER, "confirm_match", match=match)
    assert county.call(CONTACT, "confirm_match", match=match)["status"] == "confirmed"


def asked(plan, task):
    """Every reading of one household."""
    return {
        "plan": {"household": HOME},
        "explain_plan": {"plan": plan},
        "measures_record": {"household": HOME},
        "points_of": {"household": HOME, "year": 2021},
    }


@pytest.mark.rule("A-09", "D-03")
@pytest.mark.parametrize("method", ["plan", "explain_plan", "measures_record", "points_of"])
def test_a_contact_person_reads_the_households_followed_and_no_other_of_the_region(county, method):
    name(county, CONTACT.id)
    county.department("civil_affairs", RELIEF)
    plan = county.include("illness")
    given = asked(plan["plan"], plan["tasks"][0]["id"])[method]
    with pytest.raises(Forbidden) as refused:
        county.call(OTHER, method, **given)
    assert refused.value.code == "access.not_own_list" and "my_tasks" in refused.value.remedy
    assert county.call(CONTACT, method, **given)
    for who in (CADRE, TOWN, COUNTY, CADRE_AND_CONTACT):
        assert county.call(who, method, **given)


@pytest.mark.rule("A-09", "D-03")
def test_lists_of_a_region_show_a_contact_person_the_households_followed(county):
    name(county, CONTACT.id)
    county.department("civil_affairs", RELIEF)
    county.include("illness")
    county.today = date(2021, 10, 20)
    goods = {"kind": "goods", "item": "other", "unit": "其他", "detail": "过冬物资", "quantity": 1}
    county.call(CADRE, "register_need", household=HOME, **goods, reached=False)
    for method in ("plans", "open_tasks", "evaluations_due", "needs"):
        lists = {who: len(county.call(who, method, region=VILLAGE)) for who in (CADRE, CONTACT, OTHER)}
        assert list(lists.values()) == [1, 1, 0], method


@pytest.mark.rule("A-09", "D-03")
def test_who_followed_a_household_before_it_was_merged_sees_nothing_of_it_once_another_does(county):
    name(county, CONTACT.id)
    county.department("civil_affairs", RELIEF)
    county.include("illness")
    new = f"{VILLAGE}-0009"
    gone = {"household": HOME, "region": VILLAGE, "registered": False, "kinds": ["merge"], "moved_to": new}
    county.hear("monitoring", "household.changed", gone)
    assert county.call(CONTACT, "plan", household=HOME)[0]["household"] == new
    told = {"household": new, "region": VILLAGE, "person": OTHER.id}
    county.hear("monitoring", "contact.named", told)
    with pytest.raises(Forbidden):
        county.call(CONTACT, "plan", household=HOME)
    assert county.call(OTHER, "measures_record", household=HOME)
