"""Events that come again after a refused save, or overtake each other: nothing lost, nothing twice."""

from datetime import date

import pytest
from shouwang.errors import StaleVersion

from tests.services.assistance.county import CASE, COUNTY, HOME, VILLAGE, proposal
from tests.services.assistance.tasks.test_once import SECOND, remove

INCLUDED = {"household": HOME, "case": CASE, "region": VILLAGE, "category": "marginal"}
INCLUDED |= {"risks": ["illness"], "able_to_work": True}
WRONG = {"household": HOME, "case": CASE, "region": VILLAGE, "was": "included", "now": "refused"}
FIRST, FOUND_WRONG, AGAIN = 3, 5, 8
"""Versions of the case: included, found wrong, included after all."""


def states(county):
    return {one["case"]: one["status"] for one in county.call(COUNTY, "plan", household=HOME)}


def included(county, sequence, **more):
    county.hear("monitoring", "household.included", INCLUDED, sequence=sequence, **more)


def found_wrong(county, sequence=FOUND_WRONG, **more):
    county.hear("monitoring", "decision.corrected", WRONG, sequence=sequence, **more)


def refusing(county, monkeypatch, at):
    """Let the store refuse the save with this number once, as when somebody else saved meanwhile."""
    whole, saves = county.store.plans.save, []

    def save(agg):
        saves.append(agg.id)
        if len(saves) == at:
            raise StaleVersion("计划已被他人更新", code="store.stale")
        return whole(agg)

    monkeypatch.setattr(county.store.plans, "save", save)


@pytest.mark.rule("A-09", "R-04")
@pytest.mark.parametrize("refused", [1, 2])
def test_a_removal_that_the_store_refused_half_way_ends_every_plan_and_tells_each_department_once(
    county, monkeypatch, refused
):
    county.department("civil_affairs", proposal("A48-03", "illness"))
    county.include("illness")
    county.department("works", proposal("A51", "disaster", fen=None))
    county.include("illness", "disaster", case=SECOND)
    refusing(county, monkeypatch, refused)
    with pytest.raises(StaleVersion):
        remove(county, "r1")
    for _ in range(2):
        remove(county, "r1")
    assert states(county) == {CASE: "ended", SECOND: "ended"}
    assert sorted(one["measure"] for one in county.events("task.ended")) == ["A48-03", "A51"]


@pytest.mark.rule("A-09", "R-04")
def test_what_is_planned_on_the_day_between_two_tries_is_left(county, monkeypatch):
    county.include("illness")
    county.include("illness", case=SECOND)
    refusing(county, monkeypatch, 2)
    with pytest.raises(StaleVersion):
        remove(county, "r1")
    county.include("illness", case="rebound")
    remove(county, "r1")
    assert states(county) == {CASE: "ended", SECOND: "ended", "rebound": "nothing_to_deliver"}


@pytest.mark.rule("A-01", "R-05")
def test_a_correction_that_comes_after_the_case_was_included_again_ends_nothing(county):
    county.department("civil_affairs", proposal("A48-03", "illness"))
    included(county, FIRST)
    included(county, AGAIN, event_id="after all")
    for _ in range(2):
        found_wrong(county)
    included(county, AGAIN, event_id="after all")
    assert states(county) == {CASE: "running"}
    assert (len(county.events("task.assigned")), county.events("task.ended")) == (1, [])
    found_wrong(county, AGAIN + 1)
    assert states(county) == {CASE: "ended"}


@pytest.mark.rule("A-01", "R-05")
def test_in_their_order_the_plan_ends_and_runs_on_once(county):
    county.department("civil_affairs", proposal("A48-03", "illness"))
    included(county, FIRST)
    found_wrong(county, event_id="wrong")
    assert states(county) == {CASE: "ended"}
    included(county, AGAIN)
    found_wrong(county, event_id="wrong")
    assert states(county) == {CASE: "running"}
    assert [one["measure"] for one in county.events("task.assigned")] == ["A48-03", "A48-03"]


@pytest.mark.rule("A-01", "R-05")
def test_of_an_inclusion_that_was_found_wrong_before_it_was_heard_no_plan_is_made(county):
    found_wrong(county)
    included(county, FIRST)
    assert county.store.plans_of(HOME) == []
    included(county, AGAIN)
    assert states(county) == {CASE: "nothing_to_deliver"}


@pytest.mark.rule("A-01", "R-05", "S-07")
def test_an_inclusion_found_wrong_before_it_was_heard_does_not_bring_back_who_was_helped_first(county):
    county.department("civil_affairs", proposal("A48-03", "illness"))
    county.hear("monitoring", "household.helped_first", INCLUDED | {"category": None}, sequence=1)
    found_wrong(county)
    included(county, FIRST)
    assert states(county) == {CASE: "ended"}
    included(county, AGAIN)
    assert states(county) == {CASE: "running"}


@pytest.mark.rule("A-01", "R-05")
@pytest.mark.parametrize(("sequence", "status"), [(4, "nothing_to_deliver"), (9, "ended")])
def test_the_plan_of_a_removal_found_wrong_outlives_that_removal_heard_late(county, sequence, status):
    again = INCLUDED | {"case": f"{HOME}-R1~2"}
    county.hear("monitoring", "household.included", again, sequence=7)
    removed = {"household": HOME, "case": f"{HOME}-R1", "region": VILLAGE}
    county.hear("monitoring", "household.removed", removed, sequence=sequence)
    assert states(county) == {f"{HOME}-R1~2": status}


@pytest.mark.rule("A-01")
def test_a_refused_note_of_a_second_inclusion_is_made_when_it_comes_again(county, monkeypatch):
    included(county, FIRST)
    refusing(county, monkeypatch, 1)
    with pytest.raises(StaleVersion):
        included(county, AGAIN, event_id="after all")
    county.today = date(2021, 8, 21)
    included(county, AGAIN, event_id="after all")
    found_wrong(county)
    assert states(county) == {CASE: "nothing_to_deliver"}
