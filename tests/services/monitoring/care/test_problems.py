"""The ledger of prominent problems and the early list on a real store (D-06, D-07)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, Refused
from shouwang.testing import actor

from tests.services.monitoring.care.conftest import OTHER, include
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

GIVEN = {"region": VILLAGE, "household": HOME, "kind": "housing", "source": "audit", "level": "village"}
BELONGS = {"org": VILLAGE, "text": "厨房漏雨未修"}


def opened(county, who=COUNTY, **more):
    return county.call(who, "open_problem", **{**GIVEN, **BELONGS, **more})["problem"]


def put_right(county, problem, who=CADRE):
    county.call(who, "add_measure", problem=problem, text="联系施工队翻修屋顶")
    return county.call(who, "finish_problem", problem=problem, evidence=["照片/17"])


@pytest.mark.rule("D-06")
def test_a_problem_goes_from_who_and_by_when_to_accepted_by_the_level_above(village):
    problem = opened(village)
    assert village.call(COUNTY, "problem", problem=problem)["due_on"] == "2021-08-04"
    assert put_right(village, problem)["status"] == "done"
    with pytest.raises(Forbidden):
        village.call(CADRE, "accept_problem", problem=problem)
    with pytest.raises(Refused) as refusal:
        village.call(COUNTY, "accept_problem", problem=problem)
    assert refusal.value.code == "care.not_above"
    assert village.call(TOWN, "accept_problem", problem=problem)["status"] == "accepted"
    told = [type for type, _ in village.events() if type.startswith("problem.")]
    assert told == ["problem.opened", "problem.done", "problem.accepted"]
    month = village.call(COUNTY, "problem_summary", region="430426", month="2021-07")
    assert (month["opened"], month["accepted"], month["open"], month["by_kind"]) == (1, 1, 0, {"housing": 1})


@pytest.mark.rule("D-06")
def test_without_evidence_nothing_is_done_and_others_do_not_report_it(village):
    problem = opened(village)
    with pytest.raises(Refused) as refusal:
        village.call(CADRE, "finish_problem", problem=problem, evidence=["照片/1"])
    assert refusal.value.code == "care.no_evidence"
    with pytest.raises(Forbidden) as forbidden:
        village.call(TOWN, "add_measure", problem=problem, text="催办")
    assert forbidden.value.code == "care.not_responsible"


@pytest.mark.rule("D-06")
def test_a_problem_accepted_too_early_is_opened_again_with_a_new_day(village):
    problem = opened(village)
    put_right(village, problem)
    village.call(TOWN, "accept_problem", problem=problem)
    again = {"problem": problem, "reason": "复查仍漏雨", "due_on": "2021-07-20"}
    back = village.call(TOWN, "reopen_problem", **again)
    assert (back["status"], back["due_on"], back["returned"], back["accepted_on"]) == (
        "open",
        "2021-07-20",
        1,
        None,
    )
    assert village.call(COUNTY, "problem_summary", region="430426", month="2021-07")["accepted"] == 0


@pytest.mark.rule("D-06")
def test_an_overdue_problem_goes_up(village):
    problem = opened(village, due_on="2021-07-10")
    for day in (11, 20):
        village.clock.advance_to(date(2021, 7, day))
        village.day()
    told = [
        data["role"]
        for type, data in village.events()
        if type == "message.requested" and data["subject"]["id"] == problem
    ]
    assert told == ["village_cadre", "town_officer", "county_officer"]
    assert [one["problem"] for one in village.call(TOWN, "problems", region=VILLAGE, overdue=True)] == [
        problem
    ]


@pytest.mark.rule("D-06")
def test_a_problem_opened_twice_by_one_request_is_one(village):
    first = village.call(COUNTY, "open_problem", request_id="p-1", **GIVEN, **BELONGS)
    assert village.call(COUNTY, "open_problem", request_id="p-1", **GIVEN, **BELONGS) == first
    with pytest.raises(BadRequest):
        opened(village, region="430426100002")
    with pytest.raises(BadRequest):
        opened(village, due_on="2021-07-04")


@pytest.mark.rule("D-07")
def test_a_household_is_followed_before_it_is_monitored_and_the_case_ends_it(village):
    watch = village.call(CADRE, "watch", household=OTHER, reason="income_fell")
    assert (watch["due_on"], watch["overdue"]) == ("2021-08-04", False)
    with pytest.raises(Conflict):
        village.call(CADRE, "watch", household=OTHER, reason="cost_surge")
    village.clock.advance_to(date(2021, 8, 5))
    assert [one["household"] for one in village.call(TOWN, "watched", region="430426100", overdue=True)] == [
        OTHER
    ]
    seen = village.call(CADRE, "look", watch=watch["watch"], on="2021-08-05", change="worse", note="务工停了")
    assert (seen["due_on"], seen["looked"]) == ("2021-09-04", 1)
    include(village, OTHER, date(2021, 8, 6))
    (ended,) = village.call(TOWN, "watched", region=VILLAGE, status="ended")
    assert ended["result"] == "included"


@pytest.mark.rule("D-07")
def test_a_monitored_household_is_not_put_on_the_early_list(village):
    include(village, HOME, village.clock.today())
    with pytest.raises(Refused) as refusal:
        village.call(CADRE, "watch", household=HOME, reason="low_income")
    assert refusal.value.code == "care.already_monitored"


@pytest.mark.rule("D-07")
def test_a_clue_closed_as_followed_puts_the_household_on_the_list_once(village):
    given = {"region": VILLAGE, "channel": "self_report", "household": HOME, "risks": ["illness"]}
    clue = village.call(CADRE, "report_clue", found_on="2021-07-05", **given)["clue"]
    village.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-05")
    village.call(CADRE, "close_clue", clue=clue, outcome="followed", reason="暂无风险，支出偏高")
    (closed,) = [data for type, data in village.events() if type == "clue.closed"]
    for _ in range(2):
        village.hear("monitoring", "clue.closed", "clue_followed", closed)
    (entry,) = village.call(TOWN, "watched", region=VILLAGE)
    assert (entry["reason"], entry["household"]) == ("clue", HOME)
    village.hear(
        "monitoring", "clue.closed", "clue_followed", {**closed, "household": OTHER, "outcome": "no_risk"}
    )
    assert len(village.call(TOWN, "watched", region=VILLAGE)) == 1


@pytest.mark.rule("D-07")
def test_an_entry_ends_with_a_result_and_may_become_a_clue(village):
    watch = village.call(CADRE, "watch", household=OTHER, reason="relocated")["watch"]
    with pytest.raises(BadRequest):
        village.call(CADRE, "end_watch", watch=watch, result="clue")
    with pytest.raises(BadRequest):
        village.call(CADRE, "look", watch=watch, on="2021-07-06", change="same")
    assert (
        village.call(CADRE, "end_watch", watch=watch, result="clue", risks=["illness"])["status"] == "ended"
    )
    assert [one["household"] for one in village.call(TOWN, "clues", region=VILLAGE)] == [OTHER]
    with pytest.raises(Refused):
        village.call(CADRE, "look", watch=watch, on="2021-07-05", change="same")


def test_a_department_works_on_what_is_its_own(village):
    housing = actor(roles.DEPARTMENT_OFFICER, org="housing")
    problem = opened(village, level="department", org="housing")
    assert put_right(village, problem, housing)["status"] == "done"
    assert village.call(COUNTY, "accept_problem", problem=problem)["status"] == "accepted"
