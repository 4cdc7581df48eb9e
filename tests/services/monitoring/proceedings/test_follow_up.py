"""After a removal: visits by schedule, what is overdue, a new risk becomes a clue and a new case (R-04)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, NotFound, Refused, ShouwangError
from shouwang.testing import actor, service_actor

from services.monitoring.domain.proceedings.follow_up import LOOKED_AT
from services.monitoring.handlers.proceedings import outcomes
from tests.services.monitoring import steps
from tests.services.monitoring.proceedings.test_removal import up_to_the_county
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME

PEOPLE = [steps.person("contact-1", roles.CONTACT_PERSON), steps.person("team-1", roles.VILLAGE_TEAM)]
REMOVED = date(2022, 3, 10)


@pytest.fixture
def removed(county):
    steps.include(county)
    county.clock.advance_to(date(2022, 3, 2))
    case = up_to_the_county(county)
    steps.take(county, COUNTY, case, "county_decision", "remove")
    assert county.clock.today() == REMOVED
    return county, case


def visit(county, on, **changes):
    given = {"household": HOME, "on": on, "people": PEOPLE, "looked_at": sorted(LOOKED_AT)}
    given |= {"risks": [], "findings": "收入稳定，住房和饮水安全"}
    return county.call(CADRE, "follow_up_visit", **(given | changes))


def listed(county, status):
    return [one["household"] for one in county.call(COUNTY, "follow_ups", region="430426", status=status)]


@pytest.mark.rule("R-04")
def test_a_removal_begins_a_follow_up_with_its_day(removed):
    county, case = removed
    (found,) = county.call(COUNTY, "follow_ups", region="430426")
    assert (found["case"], found["removed_on"], found["way"]) == (case, "2022-03-10", "helped")
    assert (found["next_on"], found["until"], found["status"]) == ("2022-06-10", "2023-03-10", "running")


@pytest.mark.rule("R-04", "N-03")
def test_due_and_overdue_visits_are_lists_and_the_town_is_told_once(removed):
    county, _ = removed
    assert listed(county, "due") == []
    county.clock.advance_to(date(2022, 6, 10))
    assert (listed(county, "due"), listed(county, "overdue")) == ([HOME], [])
    county.clock.advance_to(date(2022, 6, 11))
    assert listed(county, "overdue") == [HOME]
    steps.proceedings_day(county)
    steps.proceedings_day(county)
    titles = [data["title"] for type, data in county.events() if type == "message.requested"]
    assert titles.count("消除后回访逾期") == 1
    done = visit(county, "2022-06-11")
    assert (done["next_on"], done["overdue"]) == ("2022-09-11", False)
    assert listed(county, "overdue") == []


@pytest.mark.rule("R-04")
def test_a_risk_that_is_found_becomes_a_clue_and_a_new_case_linked_to_the_old(removed):
    county, case = removed
    county.clock.advance_to(date(2022, 5, 9))
    found = visit(county, "2022-05-09", risks=["accident"], findings="车祸致收入中断")
    clue = county.call(COUNTY, "clue", clue=found["clue"])
    assert (clue["sources"][0]["channel"], clue["risks"]) == ("follow_up", ["accident"])
    again = steps.up_to_the_county(county, record=steps.POOR | {"collected_on": "2022-05-09"})
    seen = county.call(COUNTY, "case", case=again)
    assert (seen["previous_case"], seen["clue"]) == (case, found["clue"])
    assert listed(county, "running") == [HOME]  # until somebody has decided
    steps.take(county, COUNTY, again, "county_decision", "include")
    (ended,) = county.call(COUNTY, "follow_ups", region="430426")
    assert ended["status"] == "rebound"
    with pytest.raises(NotFound) as error:
        visit(county, "2022-05-19")
    assert error.value.code == "follow_up.none"


UNSOUND = [
    ({"looked_at": ["income"]}, Refused, "follow_up.not_everything"),
    ({"people": PEOPLE[:1]}, BadRequest, "follow_up.too_few_people"),
    ({"people": [PEOPLE[0], PEOPLE[0]]}, BadRequest, "follow_up.too_few_people"),
    ({"on": "2022-03-09"}, Refused, "follow_up.backdated"),
    ({"on": "2022-03-11"}, BadRequest, "follow_up.future"),
]


@pytest.mark.rule("R-04")
def test_what_is_no_sound_visit_is_refused(removed):
    county, _ = removed
    for changes, error, code in UNSOUND:
        with pytest.raises(error) as refusal:
            visit(county, **({"on": "2022-03-10"} | changes))
        assert refusal.value.code == code


@pytest.mark.rule("R-04")
def test_the_same_visit_twice_is_one_and_its_findings_are_not_in_clear(removed):
    county, _ = removed
    given = {"request_id": "v-1", "risks": ["illness"], "findings": "住院"}
    first = visit(county, "2022-03-10", **given)
    assert visit(county, "2022-03-10", **given) == first
    assert len(first["visits"]) == 1
    assert "illness" not in str(county.db.collection("follow_ups").find_one({})["state"]["visits"])
    assert county.reads.of_subject(HOME)[-1]["purpose"] == "消除后回访"


@pytest.mark.rule("I-06")
def test_a_household_of_the_old_rules_is_verified_anew_with_its_own_form(county):
    county.import_rows(household(1, 2))
    paper = {**steps.PAPER, "on": "2021-07-05"}
    given = {
        "household": HOME,
        "risks": ["illness"],
        "paper": paper,
        "was": "marginal",
        "since": "2020-05-01",
    }
    opened = county.call(CADRE, "verify_anew", **given)
    assert (opened["anew"], opened["step"]) == ({"was": "marginal", "since": "2020-05-01"}, "household_check")
    assert opened["entries"][0]["papers"] == ["application_and_authorisation"]


@pytest.mark.rule("I-06")
def test_who_was_identified_under_these_rules_is_not_verified_anew(removed):
    county, _ = removed
    given = {"household": HOME, "risks": ["illness"], "was": "marginal"}
    given["paper"] = {**steps.PAPER, "on": "2022-03-10"}
    with pytest.raises(ShouwangError) as error:
        county.call(CADRE, "verify_anew", **given)
    assert error.value.code == "case.not_anew"


def test_a_household_does_not_see_the_lists(removed):
    county, _ = removed
    with pytest.raises(ShouwangError) as error:
        county.call(actor(roles.HOUSEHOLD, org=HOME), "follow_ups", region="430426")
    assert error.value.code == "access.wrong_role"


@pytest.mark.rule("R-04")
def test_the_call_and_its_event_begin_one_follow_up_together(county, monkeypatch):
    """The event settles the case between look and save: nobody is refused, one follow-up stands."""
    steps.include(county)
    county.clock.advance_to(date(2022, 3, 2))
    case = up_to_the_county(county)
    look = county.store.follow_ups.get_or_none

    def overtaken(id):
        monkeypatch.setattr(county.store.follow_ups, "get_or_none", look)
        outcomes.settle(county.context(service_actor("monitoring")), case)

    monkeypatch.setattr(county.store.follow_ups, "get_or_none", overtaken)
    taken = steps.take(county, COUNTY, case, "county_decision", "remove")
    assert taken["status"] == "removed"
    assert len(county.call(COUNTY, "follow_ups", region="430426")) == 1
