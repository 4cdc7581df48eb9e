"""Clues on a real store: every channel, one clue a household, answered, closed, told back (S-01…S-06)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, Refused
from shouwang.testing import actor

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

OTHER = f"{VILLAGE}-0002"


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def report(county, who=CADRE, **more):
    given = {"region": VILLAGE, "channel": "self_report", "household": HOME, "risks": ["illness"]}
    return county.call(who, "report_clue", **{**given, "found_on": str(county.clock.today()), **more})


def found(county, *keys, number=None, department="health_insurance"):
    clues = [
        {
            "key": key,
            "rule": "S-05",
            "risk": "illness",
            "sealed": county.sealed(number or id_number(10)),
            "grounds": {"rule": "S-05", "grounds": [{"name": "own_share", "value": 912000}]},
        }
        for key in keys
    ]
    batch = {"batch": "b", "department": department, "period": "2021-06", "rule": "S-05", "clues": clues}
    county.hear(department, "clues.found", "departments_found", batch)


TWO = [{"person_ref": "t-7", "role": "town_officer"}, {"person_ref": "v-7", "role": "village_cadre"}]


def check(county, clue, finding="no_risk", **more):
    given = {"on": str(county.clock.today()), "people": TWO, "finding": finding} | more
    return county.call(CADRE, "check_clue", clue=clue, **given)


def closed_events(county):
    return [data for type, data in county.events() if type == "clue.closed"]


@pytest.mark.rule("S-01")
@pytest.mark.parametrize(
    ("who", "channel"),
    [
        (actor(roles.HOUSEHOLD, org=HOME), "self_report"),
        (actor(roles.HOUSEHOLD, org=HOME), "app"),
        (actor(roles.HOUSEHOLD, org=OTHER), "reported_by_another"),
        (actor(roles.HOTLINE), "hotline"),
        (CADRE, "reported_by_another"),
    ],
)
def test_a_household_reports_itself_or_somebody_does_for_it(village, who, channel):
    report(village, who, channel=channel)
    (clue,) = village.call(COUNTY, "clues", region=VILLAGE)
    assert (clue["household"], clue["status"], clue["sources"][0]["channel"]) == (HOME, "open", channel)


def test_a_household_does_not_report_another_as_itself(village):
    with pytest.raises(Forbidden):
        report(village, actor(roles.HOUSEHOLD, org=OTHER))


def test_only_departments_use_their_channel(village):
    with pytest.raises(BadRequest):
        report(village, channel="department")


@pytest.mark.rule("S-01")
def test_the_hotline_names_the_person_by_a_sealed_number(village):
    sealed = village.sealed(id_number(11))
    report(village, actor(roles.HOTLINE), channel="hotline", household=None, sealed=sealed)
    (clue,) = village.call(COUNTY, "clues", region=VILLAGE)
    assert clue["household"] == HOME
    assert id_number(11) not in str(village.db.collection("clues").find_one({}))


@pytest.mark.rule("S-03")
def test_the_same_household_on_several_channels_is_one_clue_with_all_its_sources(village):
    first = report(village)
    found(village, "k1")
    found(village, "k9", department="housing", number=id_number(12))
    clue = village.call(COUNTY, "clue", clue=first["clue"])
    assert [one["channel"] for one in clue["sources"]] == ["self_report", "department", "department"]
    assert len(village.call(COUNTY, "clues", region="430426")) == 1


@pytest.mark.rule("S-03")
def test_a_department_that_sends_twice_opens_once_even_after_closing(village):
    found(village, "k1", "k1")
    found(village, "k1")
    (clue,) = village.call(COUNTY, "clues", region="430426")
    assert len(clue["sources"]) == 1
    check(village, clue["clue"])
    village.call(CADRE, "close_clue", clue=clue["clue"], outcome="no_risk", reason="已报销，无困难")
    found(village, "k1")
    assert len(village.call(COUNTY, "clues", region="430426")) == 1


@pytest.mark.rule("S-03")
def test_the_outcome_goes_back_to_each_department_that_found_it(village):
    found(village, "k1")
    found(village, "k9", department="housing")
    (clue,) = village.call(COUNTY, "clues", region="430426")
    check(village, clue["clue"])
    village.call(CADRE, "close_clue", clue=clue["clue"], outcome="no_risk", reason="核查无困难")
    told = [(one["department"], one["key"], one["outcome"]) for one in closed_events(village)]
    assert told == [("health_insurance", "k1", "no_risk"), ("housing", "k9", "no_risk")]


def test_a_clue_nobody_answered_cannot_be_closed_by_hand(village):
    clue = report(village)["clue"]
    with pytest.raises(Refused) as refusal:
        village.call(CADRE, "close_clue", clue=clue, outcome="no_risk", reason="无风险")
    assert refusal.value.code == "clue.not_responded"


def test_only_a_case_gives_the_outcome_of_a_case(village):
    clue = report(village)["clue"]
    village.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-05")
    with pytest.raises(Refused) as refusal:
        village.call(CADRE, "close_clue", clue=clue, outcome="included", reason="应纳入")
    assert refusal.value.code == "clue.in_case"


@pytest.mark.rule("S-06", "N-03")
def test_a_clue_is_answered_the_same_day_or_goes_up_one_level_once(village):
    clue = report(village)
    assert clue["due_on"] == "2021-07-05"
    village.clock.advance_to(date(2021, 7, 6))
    assert [one["clue"] for one in village.call(TOWN, "clues", region="430426100", status="overdue")] == [
        clue["clue"]
    ]
    village.day()
    village.clock.advance_to(date(2021, 7, 7))
    village.day()
    told = [data for type, data in village.events() if type == "message.requested"]
    assert [one["role"] for one in told] == ["village_cadre", "town_officer"]


def test_an_answered_clue_is_not_overdue_and_is_followed_until_closed(village):
    clue = report(village)["clue"]
    village.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-06")
    village.clock.advance_to(date(2021, 8, 5))
    assert village.call(TOWN, "clues", region="430426100", status="overdue") == []
    assert [one["clue"] for one in village.call(TOWN, "clues", region="430426100", status="late")] == [clue]


@pytest.mark.rule("S-03")
def test_a_person_who_is_not_in_the_registry_waits_for_a_match(village):
    found(village, "k1", number=id_number(31))
    (waiting,) = village.call(COUNTY, "clues", region="430426")
    assert (waiting["status"], waiting["household"]) == ("unmatched", None)
    assert id_number(31) not in str(village.db.collection("clues").find_one({}))
    village.day()
    assert village.call(COUNTY, "clue", clue=waiting["clue"])["status"] == "unmatched"
    village.import_rows(household(3, 8), digest="cd" * 8)
    village.day()
    (matched,) = village.call(COUNTY, "clues", region="430426", status="open")
    assert (matched["household"], matched["sources"][0]["department"]) == (
        f"{VILLAGE}-0003",
        "health_insurance",
    )
    assert village.call(COUNTY, "clue", clue=waiting["clue"])["status"] == "closed"
    assert closed_events(village) == []


def test_a_new_clue_after_a_closed_one_has_a_number_of_its_own(village):
    for number in (1, 2):
        clue = report(village)["clue"]
        assert clue == f"{HOME}-C{number}"
        village.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-05")
        village.call(CADRE, "close_clue", clue=clue, outcome="solved", reason="已解决")


def test_clues_are_counted_by_the_channel_that_saw_them_first(village):
    report(village)
    found(village, "k1")
    found(village, "k2", number=id_number(20))
    figures = village.call(COUNTY, "figures", region="430426")["clues"]
    assert figures["by_channel"] == {"self_report": 1, "department": 1}


def test_a_clue_of_tomorrow_is_refused(village):
    with pytest.raises(BadRequest) as refusal:
        report(village, found_on="2021-07-06")
    assert refusal.value.code == "clue.future"


def test_a_neighbour_village_sees_nothing(village):
    report(village)
    with pytest.raises(Forbidden):
        village.call(actor(roles.VILLAGE_CADRE, region="430426100002"), "clue", clue=f"{HOME}-C1")


def test_a_report_delivered_twice_opens_one_clue_even_after_it_is_closed(village):
    first = report(village, request_id="r-1")
    village.call(CADRE, "respond_clue", clue=first["clue"], visit_on="2021-07-05")
    village.call(CADRE, "close_clue", clue=first["clue"], outcome="solved", reason="已解决")
    assert report(village, request_id="r-1")["clue"] == first["clue"]
    assert report(village, request_id="r-2")["clue"] != first["clue"]


@pytest.mark.rule("S-03")
def test_three_persons_of_one_household_in_one_batch_are_one_clue_with_three_sources(village):
    found(village, "k1", "k2", "k3")
    (clue,) = village.call(TOWN, "clues", region=VILLAGE)
    assert len(clue["sources"]) == 3


@pytest.mark.rule("S-03")
def test_several_waiting_clues_of_one_person_come_to_the_household_on_one_day(village):
    for key in ("k1", "k2", "k3"):
        found(village, key, number=id_number(31))
    village.import_rows(household(3, 8), digest="cd" * 8)
    village.day()
    (matched,) = village.call(COUNTY, "clues", region="430426", status="open")
    assert len(matched["sources"]) == 3


@pytest.mark.parametrize(
    ("who", "channel"),
    [
        (actor(roles.HOUSEHOLD, org=OTHER), "reported_by_another"),
        (actor(roles.HOTLINE), "hotline"),
        (actor(roles.CONTACT_PERSON), "reported_by_another"),
    ],
)
def test_who_may_not_read_clues_gets_a_receipt_and_learns_nothing(village, who, channel):
    found(village, "k1")
    told = report(village, who, channel=channel)
    assert told == {"region": VILLAGE, "received": True}
