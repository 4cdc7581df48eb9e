"""Contact persons on a real store: named in time, replaced, handed over, never released too early."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, NotFound, Refused
from shouwang.sealing import seal
from shouwang.testing import actor

from tests.services.monitoring.care.conftest import OTHER, include, remove
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

WHO = {"person": "contact_person-1", "org": "县民政局", "level": "county"}
CONTACT = actor(roles.CONTACT_PERSON)


def assign(county, home=HOME, **more):
    return county.call(TOWN, "assign_contact", household=home, **{**WHO, **more})


def visit(county, who=CONTACT, home=HOME, **more):
    given = {"on": str(county.clock.today()), "looked": ["income"], "change": "same"} | more
    return county.call(who, "record_contact_visit", household=home, **given)


def messages(county):
    return [data for type, data in county.events() if type == "message.requested"]


@pytest.mark.rule("D-03")
def test_from_inclusion_on_somebody_is_due_and_who_is_late_goes_up_once_a_level(cared):
    (wanting,) = cared.call(TOWN, "contacts", region=VILLAGE, status="missing")
    assert (wanting["household"], wanting["due_on"], wanting["overdue"]) == (HOME, "2021-07-12", False)
    cared.clock.advance_to(date(2021, 7, 12))
    cared.day()
    assert [one["role"] for one in messages(cared) if one["subject"]["kind"] == "contact"] == ["town_officer"]
    for day in (13, 22, 23):
        cared.clock.advance_to(date(2021, 7, day))
        cared.day()
    told = [(one["role"], one["due"]) for one in messages(cared) if one["subject"]["kind"] == "contact"]
    assert told == [("town_officer", "2021-07-12"), ("town_officer", None), ("county_officer", None)]
    assert len(cared.call(TOWN, "contacts", region="430426100", overdue=True)) == 1


@pytest.mark.rule("D-03")
def test_the_event_of_inclusion_twice_wants_one_person(cared):
    include(cared, HOME, date(2021, 7, 6))
    assert len(cared.call(COUNTY, "contacts", region="430426")) == 1


@pytest.mark.rule("D-03")
def test_nobody_is_released_while_the_risk_stands(cared):
    assign(cared)
    with pytest.raises(Refused) as refusal:
        cared.call(COUNTY, "release_contact", household=HOME)
    assert refusal.value.code == "care.risk_stands"
    assert "D-03" in refusal.value.reasons[0]["source"]
    assert cared.call(COUNTY, "contact", household=HOME)["person"] == WHO["person"]


@pytest.mark.rule("D-03")
def test_after_removal_the_contact_person_stays_until_the_follow_up_ends(cared):
    assign(cared)
    remove(cared, HOME)
    kept = cared.call(COUNTY, "contact", household=HOME)
    assert (kept["status"], kept["person"], kept["follow_until"]) == (
        "following",
        WHO["person"],
        "2022-07-05",
    )
    cared.clock.advance_to(date(2022, 7, 5))
    with pytest.raises(Refused) as refusal:
        cared.call(TOWN, "release_contact", household=HOME)
    assert refusal.value.code == "care.follow_up"
    cared.clock.advance_to(date(2022, 7, 6))
    ended = cared.call(TOWN, "release_contact", household=HOME)
    assert (ended["status"], ended["person"], ended["history"][-1]["reason"]) == ("ended", None, "risk_gone")
    include(cared, HOME, date(2022, 7, 6))
    assert cared.call(TOWN, "contact", household=HOME)["status"] == "missing"


@pytest.mark.rule("D-03")
def test_a_replacement_keeps_who_was_before_and_why(cared):
    assign(cared)
    cared.clock.advance_to(date(2021, 8, 1))
    given = {"household": HOME, "person": "town-9", "org": "甲镇", "level": "town", "reason": "retirement"}
    now = cared.call(TOWN, "replace_contact", **given)
    assert (now["person"], now["since"]) == ("town-9", "2021-08-01")
    (past,) = now["history"]
    assert (past["person"], past["until"], past["reason"]) == (WHO["person"], "2021-08-01", "retirement")
    assert [(one["role"], one["due"]) for one in messages(cared)][-1] == ("contact_person", "2021-08-31")


@pytest.mark.rule("D-03")
def test_why_a_contact_person_left_is_nobody_elses_business(cared):
    assign(cared)
    cared.clock.advance_to(date(2021, 8, 1))
    given = {"household": HOME, "person": "town-9", "org": "甲镇", "level": "town", "reason": "illness"}
    assert cared.call(TOWN, "replace_contact", **given)["history"][0]["reason"] == "illness"
    (kept,) = cared.db.collection("contacts").find({"_id": HOME})
    assert "illness" not in str(kept["state"]["history"])
    assert "illness" not in str(kept["history"])
    told = [data for type, data in cared.events() if type == "contact.named"]
    assert "illness" not in str(told)


@pytest.mark.rule("D-03")
def test_a_replacement_without_a_coded_reason_is_refused(cared):
    assign(cared)
    with pytest.raises(BadRequest):
        cared.call(TOWN, "replace_contact", household=HOME, **{**WHO, "person": "town-9"}, reason="tired")


@pytest.mark.rule("D-03")
def test_every_household_of_one_person_goes_to_another_at_once(village):
    for home in (HOME, OTHER):
        include(village, home, village.clock.today())
        assign(village, home)
    given = {"region": VILLAGE, "person": WHO["person"], "to": "town-9", "org": "甲镇", "level": "town"}
    done = village.call(TOWN, "hand_over_contacts", **given, reason="transfer")
    assert (done["handed_over"], done["refused"], done["more"]) == ([HOME, OTHER], [], False)
    load = village.call(TOWN, "contact_load", region=VILLAGE)
    assert [(one["person"], one["households"]) for one in load] == [("town-9", 2)]
    assert village.call(TOWN, "hand_over_contacts", **given, reason="transfer")["handed_over"] == []


@pytest.mark.rule("D-03")
def test_who_has_as_many_as_the_county_lets_one_have_is_refused_one_more(county):
    rows = [row for number in range(1, 7) for row in household(number, number * 3)]
    county.import_rows(rows)
    homes = [f"{VILLAGE}-{number:04d}" for number in range(1, 7)]
    for home in homes:
        include(county, home, county.clock.today())
    for home in homes[:5]:
        assign(county, home)
    with pytest.raises(Refused) as refusal:
        assign(county, homes[5])
    assert refusal.value.code == "care.overload"
    handed = {"region": VILLAGE, "person": WHO["person"], "to": "town-9", "org": "甲镇", "level": "town"}
    assign(county, homes[5], person="town-9")
    done = county.call(TOWN, "hand_over_contacts", **handed, reason="illness")
    assert (len(done["handed_over"]), [one["code"] for one in done["refused"]]) == (4, ["care.overload"])


@pytest.mark.rule("S-09")
def test_the_collector_of_the_household_is_not_its_contact_person(cared):
    sealed = seal(cared.keys.sealing.public, {"name": "测采集", "phone": "0734-0000001"})
    with pytest.raises(Refused) as refusal:
        assign(cared, sealed=sealed)
    assert (refusal.value.code, refusal.value.details["rule"]) == ("care.is_collector", "S-09")
    other = assign(cared, sealed=seal(cared.keys.sealing.public, {"name": "某联系", "phone": "0734-0000002"}))
    assert (other["name"], other["warnings"]) == ("某**", [])
    stored = str(cared.db.collection("contacts").find_one({}))
    assert "某联系" not in stored and "0734-0000002" not in stored


@pytest.mark.rule("S-09")
def test_by_account_the_only_collector_of_the_village_is_not_a_contact_person(cared):
    post = {"region": VILLAGE, "role": "collector", "since": "2021-07-01"}
    cared.call(TOWN, "appoint_finder", person=WHO["person"], **post)
    with pytest.raises(Refused) as refusal:
        assign(cared)
    assert refusal.value.code == "care.is_collector"
    cared.call(TOWN, "appoint_finder", person="collector-2", **post)
    assert assign(cared)["warnings"] == []


@pytest.mark.rule("S-09")
def test_without_a_name_it_cannot_be_told_and_says_so(cared):
    assert "姓名不全" in assign(cared)["warnings"][0]


@pytest.mark.rule("D-03")
def test_a_visit_moves_the_next_one_and_a_new_risk_becomes_a_clue_once(cared):
    assign(cared)
    assert cared.call(TOWN, "contact", household=HOME)["due_on"] == "2021-08-04"
    cared.clock.advance_to(date(2021, 8, 5))
    assert cared.call(TOWN, "contacts", region=VILLAGE, overdue=True)[0]["household"] == HOME
    seen = visit(cared, risks=["accident"], request_id="v-1")
    visit(cared, risks=["accident"], request_id="v-1")
    assert (seen["visited"], seen["due_on"], seen["overdue"]) == (1, "2021-09-04", False)
    (clue,) = cared.call(COUNTY, "clues", region=VILLAGE)
    assert (clue["risks"], clue["sources"][0]["channel"], len(clue["sources"])) == (
        ["accident"],
        "inspection",
        1,
    )


@pytest.mark.rule("D-03")
def test_the_day_that_was_agreed_on_is_the_next_one(cared):
    assign(cared)
    assert visit(cared, next_on="2021-07-10")["due_on"] == "2021-07-10"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": "2021-07-06"}, "care.visit_day"),
        ({"on": "2021-07-04"}, "care.visit_day"),
        ({"next_on": "2021-07-05"}, "care.next_visit"),
    ],
)
def test_a_visit_on_an_impossible_day_is_refused(cared, more, code):
    assign(cared)
    with pytest.raises(BadRequest) as refusal:
        visit(cared, **more)
    assert refusal.value.code == code


def test_a_contact_person_visits_and_sees_only_their_own_households(cared):
    assign(cared, person="somebody-else")
    for method, more in (
        ("contact", {}),
        ("record_contact_visit", {"on": "2021-07-05", "looked": ["income"], "change": "same"}),
    ):
        with pytest.raises(Forbidden) as refusal:
            cared.call(CONTACT, method, household=HOME, **more)
        assert refusal.value.code == "care.not_own_contact"
    assert visit(cared, CADRE)["visited"] == 1


def test_a_household_that_was_never_monitored_has_no_contact_person(village):
    with pytest.raises(NotFound) as refusal:
        assign(village)
    assert refusal.value.code == "care.never_monitored"


def test_a_village_cadre_does_not_name_contact_persons(cared):
    with pytest.raises(Forbidden):
        cared.call(CADRE, "assign_contact", household=HOME, **WHO)


def test_reading_a_contact_record_is_on_record(cared):
    cared.call(TOWN, "contact", household=HOME)
    assert [one["purpose"] for one in cared.reads.of_subject(HOME)][-1] == "查看联系人"
