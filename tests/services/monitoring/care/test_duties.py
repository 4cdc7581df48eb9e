"""What is due for me, overdue first, by level; the county sees sums and goes down (D-02, D-03, D-06)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden
from shouwang.procedure.outcome import Due
from shouwang.testing import actor

from services.monitoring.domain.proceedings import follow_up
from services.monitoring.handlers.care import computed
from tests.services.monitoring import steps
from tests.services.monitoring.care.conftest import OTHER, include
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import collect, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

CONTACT = actor(roles.CONTACT_PERSON)


def kinds(county, who=CADRE, region=VILLAGE, **more):
    return [
        (one["kind"], one["overdue"]) for one in county.call(who, "duties", region=region, **more)["duties"]
    ]


@pytest.fixture
def busy(cared):
    """One household monitored, its contact person named, the other watched, with a clue; 2021-07-05."""
    named = {"person": CONTACT.id, "org": "县民政局", "level": "county"}
    cared.call(TOWN, "assign_contact", household=HOME, **named)
    cared.call(CADRE, "watch", household=OTHER, reason="low_income")
    clue = {"region": VILLAGE, "channel": "self_report", "household": OTHER, "risks": ["illness"]}
    cared.call(CADRE, "report_clue", found_on="2021-07-05", **clue)
    return cared


@pytest.mark.rule("D-02", "D-03", "D-07")
def test_a_village_sees_everything_of_its_own_overdue_first(busy):
    busy.clock.advance_to(date(2021, 8, 5))
    assert kinds(busy) == [
        ("clue_response", True),
        ("contact_visit", True),
        ("watch", True),
        ("income", False),
        ("evaluation", False),
    ]
    listed = busy.call(CADRE, "duties", region=VILLAGE)
    assert [(one["kind"], one["count"], one["overdue"]) for one in listed["kinds"]][:1] == [
        ("clue_response", 1, 1)
    ]
    first = listed["duties"][0]
    assert (first["age_days"], first["act"], first["rule"], first["household"]) == (
        31,
        "respond_clue",
        "S-06",
        OTHER,
    )


@pytest.mark.rule("D-03")
def test_mine_is_what_belongs_to_me_and_a_role_sees_its_own(busy):
    assert kinds(busy, CONTACT, mine=True) == [("contact_visit", False)]
    assert kinds(busy, role="contact_person") == [("contact_visit", False)]
    assert kinds(busy, CADRE, mine=True) == []
    over_a_town = actor(roles.CONTACT_PERSON, id=CONTACT.id, region="430426100")
    assert kinds(busy, over_a_town, "430426100", mine=True) == [("contact_visit", False)]


@pytest.mark.rule("D-02", "D-03")
def test_what_is_late_comes_up_to_the_town_and_then_to_the_county(busy):
    busy.call(CADRE, "respond_clue", clue=f"{OTHER}-C1", visit_on="2021-07-06")
    assert kinds(busy, TOWN, "430426100") == []
    busy.clock.advance_to(date(2021, 8, 5))
    assert kinds(busy, TOWN, "430426100") == [("clue_check", True), ("contact_visit", True), ("watch", True)]
    assert kinds(busy, COUNTY, "430426") == []
    busy.clock.advance_to(date(2021, 8, 14))
    assert [one for one, _ in kinds(busy, COUNTY, "430426")] == ["clue_check", "contact_visit", "watch"]


@pytest.mark.rule("D-02", "D-06")
def test_the_county_sees_sums_by_town_and_the_town_by_village(busy):
    problem = {"region": VILLAGE, "kind": "water", "source": "review", "level": "department", "org": "water"}
    busy.call(COUNTY, "open_problem", **problem, text="季节性缺水", due_on="2021-07-06")
    assert busy.call(COUNTY, "duties", region="430426")["sums_on"] is None
    busy.clock.advance_to(date(2021, 7, 7))
    busy.day()
    county = busy.call(COUNTY, "duties", region="430426")
    assert (county["sums_on"], county["below"]) == (
        "2021-07-07",
        [{"region": "430426100", "count": 7, "overdue": 2}],
    )
    assert {one["kind"]: one["overdue"] for one in county["kinds"]}["problem"] == 1
    town = busy.call(TOWN, "duties", region="430426100")
    assert [(one["region"], one["overdue"]) for one in town["below"]] == [(VILLAGE, 2)]
    assert [one["roles"] for one in county["duties"] if one["kind"] == "problem"] == [["department_officer"]]


@pytest.mark.rule("M-02")
def test_cells_that_nobody_filled_in_and_steps_of_cases_are_duties(village):
    village.import_rows(household(3, 8, wages=""), digest="cd" * 8)
    include(village, f"{VILLAGE}-0003", village.clock.today())
    steps.apply(village)
    found = {one["kind"]: one for one in village.call(CADRE, "duties", region=VILLAGE)["duties"]}
    assert (found["unknown_cells"]["due_on"], found["unknown_cells"]["act"]) == ("2021-08-04", "fill_cell")
    assert (found["case_step"]["household"], found["case_step"]["due_on"]) == (HOME, "2021-07-15")
    village.day()
    town = {one["kind"]: one for one in village.call(TOWN, "duties", region="430426100")["kinds"]}
    assert (town["unknown_cells"]["count"], town["unknown_cells"]["overdue"]) == (1, 0)
    assert (town["case_step"]["count"], town["case_step"]["overdue"]) == (1, None)


@pytest.mark.rule("D-02", "D-04")
def test_the_income_of_a_quarter_is_a_duty_of_the_village_and_comes_up_when_late(village):
    (own,) = village.call(CADRE, "duties", region=VILLAGE)["duties"]
    assert (own["kind"], own["due_on"], own["household"]) == ("income", "2021-08-14", None)
    assert "2021Q2" in own["label"] and "还有 2 户" in own["label"]
    collect(village, one("2021Q2"))
    assert "还有 1 户" in village.call(CADRE, "duties", region=VILLAGE)["duties"][0]["label"]
    village.clock.advance_to(date(2021, 8, 14))
    village.day()
    assert ("income", False) not in kinds(village, TOWN, "430426100")
    village.clock.advance_to(date(2021, 8, 15))
    village.day()
    assert ("income", True) in kinds(village, TOWN, "430426100")
    assert ("income", True) not in kinds(village, COUNTY, "430426")
    village.clock.advance_to(date(2021, 8, 24))
    village.day()
    assert ("income", True) in kinds(village, COUNTY, "430426")
    collect(village, one("2021Q2"), home=OTHER)
    assert "income" not in dict(kinds(village))
    village.clock.advance_to(date(2021, 8, 25))
    village.day()
    village.day()  # the sums of income are of the review, which runs after the count
    assert "income" not in dict(kinds(village, COUNTY, "430426"))


@pytest.mark.rule("R-04")
def test_a_visit_after_removal_is_a_duty_of_the_village_and_comes_up_when_late(village):
    """The follow-up of proceedings, as it stands after a removal."""
    state = follow_up.opened(HOME, f"{HOME}-R1", "helped", date(2021, 7, 5), 3, 12)
    agg = village.store.follow_ups.new(f"{HOME}-R1-F", region=VILLAGE, state=state)
    village.context(CADRE).save(village.store.follow_ups, agg, "follow_up.begun")
    found = {one["kind"]: one for one in village.call(CADRE, "duties", region=VILLAGE)["duties"]}
    assert found["follow_up"]["due_on"] == "2021-10-05"
    assert (found["follow_up"]["act"], found["follow_up"]["household"]) == ("follow_up_visit", HOME)
    village.clock.advance_to(date(2021, 10, 6))
    assert ("follow_up", True) in kinds(village, TOWN, "430426100")
    assert ("follow_up", True) not in kinds(village, COUNTY, "430426")
    village.clock.advance_to(date(2021, 10, 15))
    assert ("follow_up", True) in kinds(village, COUNTY, "430426")
    seen = village.store.follow_ups.get(agg.id)
    seen.state = follow_up.undone(seen.state)
    village.context(CADRE).save(village.store.follow_ups, seen, "follow_up.undone")
    assert "follow_up" not in dict(kinds(village, COUNTY, "430426"))


@pytest.mark.rule("S-07")
def test_what_a_case_owes_its_level_sees_and_what_the_green_channel_owes_is_told_apart(village, monkeypatch):
    case = steps.apply(village)["case"]
    assert [one["key"] for one in village.call(TOWN, "duties", region="430426100")["duties"]] == [
        f"case_step/{case}/household_check/step"
    ]
    owed = Due(
        "household_check", "信息采集表", "debt", date(2021, 7, 4), True, "county", (roles.COUNTY_OFFICER,)
    )
    monkeypatch.setattr(computed, "due_of", lambda ctx, case: [owed])
    (debt,) = village.call(TOWN, "duties", region="430426100")["duties"]
    assert (debt["kind"], debt["overdue"], debt["rule"]) == ("green_debt", True, "S-07")
    assert village.call(COUNTY, "duties", region="430426")["duties"] == []


def test_pages_follow_one_another(busy):
    first = busy.call(CADRE, "duties", region=VILLAGE, limit=2)
    rest = busy.call(CADRE, "duties", region=VILLAGE, limit=10, after=first["next"])
    assert (len(first["duties"]), len(rest["duties"]), rest["next"]) == (2, 3, None)
    assert not {one["key"] for one in first["duties"]} & {one["key"] for one in rest["duties"]}


def test_a_neighbour_village_sees_nothing(busy):
    with pytest.raises(Forbidden):
        busy.call(actor(roles.VILLAGE_CADRE, region="430426100002"), "duties", region=VILLAGE)


def test_who_looked_at_a_list_is_on_record(busy):
    busy.call(CADRE, "duties", region=VILLAGE)
    assert [one["purpose"] for one in busy.reads.of_subject(VILLAGE)] == ["查看工作清单"]
