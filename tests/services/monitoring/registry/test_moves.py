"""Split, merge and move between two households: nobody is lost, also when the process dies in between
(D-01).
"""

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, Unavailable
from shouwang.sealing import seal
from shouwang.testing import actor

from tests.services.monitoring.registry.village import (
    CADRE,
    HEAD,
    HOME,
    OTHER,
    SECOND,
    THIRD,
    TOWN,
    change,
    move,
    numbers,
    state_of,
)
from tests.services.monitoring.sheet import household, id_number

NEXT = f"{HOME[:12]}-0003"


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def everybody(county, part="members"):
    found = county.store.households.find(region=HOME[:12])
    return sorted(number for agg in found for number in numbers(agg.state, part))


def events(county, kind):
    return [data for one, data in county.events() if one == kind]


@pytest.mark.rule("D-01")
def test_a_split_founds_a_household_and_keeps_those_who_left_on_record(village):
    before = everybody(village)
    told = move(village, "split", refs=[SECOND, THIRD], head=THIRD, relations={SECOND: "spouse"})
    assert (told["status"], told["to"]) == ("done", NEXT)
    new, old = state_of(village, NEXT), state_of(village)
    assert [(one["ref"], one["relation"]) for one in new["members"]] == [
        (f"{NEXT}-01", "spouse"),
        (f"{NEXT}-02", "head"),
    ]
    assert (new["size"], new["kind"], new["known_from"], new["risks"]) == (2, "ex_poor", "2021-07-01", [])
    assert {one["ref"]: one["left"]["to"] for one in old["former"]} == {SECOND: NEXT, THIRD: NEXT}
    assert new["members"][0]["came_from"]["ref"] == SECOND
    assert everybody(village) == before
    kinds = {
        one["household"]: (one["kinds"], one["members_left"]) for one in events(village, "household.changed")
    }
    assert kinds == {NEXT: (["split"], []), HOME: (["split"], [SECOND, THIRD])}
    assert village.store.villages.get(HOME[:12]).state["households"] == 3


@pytest.mark.rule("D-01")
def test_a_merge_brings_all_into_the_other_and_ends_the_registration(village):
    before = everybody(village)
    told = move(village, "merge", to=OTHER, relations={HEAD: "father"})
    assert told["refs"] == [HEAD, SECOND, THIRD]
    other = state_of(village, OTHER)
    assert other["size"] == 6
    assert [one["relation"] for one in other["members"][3:]] == ["father", None, None]
    assert state_of(village)["ended"] == {"on": "2021-07-01", "kind": "merge"}
    assert everybody(village) == before


@pytest.mark.parametrize("fails_at", [1, 2, 3])
@pytest.mark.rule("D-01")
def test_a_move_that_dies_between_two_steps_is_finished_by_its_event_or_by_the_day(
    village, monkeypatch, fails_at
):
    before = everybody(village)
    saves = []

    def save(repo):
        whole = repo.save

        def counted(agg):
            saves.append(agg.id)
            if len(saves) == fails_at:
                raise Unavailable("库不可达", code="store.unreachable")
            return whole(agg)

        return counted

    with monkeypatch.context() as broken:
        broken.setattr(village.store.households, "save", save(village.store.households))
        broken.setattr(village.store.villages, "save", save(village.store.villages))
        with pytest.raises(Unavailable):
            move(village, "move", refs=[THIRD], to=OTHER, relations={THIRD: "other"})
    (opened,) = events(village, "members.moving")
    assert village.call(CADRE, "member_moves", region=HOME[:12])[0]["status"] == "open"
    if fails_at == 1:
        village.hear("monitoring", "members.moving", "members_moving", opened)
    else:
        village.day()
    village.day()
    assert village.call(CADRE, "member_moves", region=HOME[:12])[0]["status"] == "done"
    assert everybody(village) == before
    assert (state_of(village)["size"], state_of(village, OTHER)["size"]) == (2, 4)


def test_the_same_request_again_finds_the_same_move(village):
    given = {"refs": [THIRD], "to": OTHER, "request_id": "r-9"}
    first = move(village, "move", **given)
    assert move(village, "move", **given) == first
    assert state_of(village, OTHER)["size"] == 4


def test_who_died_in_between_stops_the_move_and_stays_dead(village, monkeypatch):
    from services.monitoring.handlers.registry import moving

    with monkeypatch.context() as broken:
        broken.setattr(
            moving,
            "carry_out",
            lambda ctx, id: (
                {"move": id}
                | dict.fromkeys(("household", "to", "kind", "on", "status"), "")
                | {"refs": [], "why": None}
            ),
        )
        move(village, "move", refs=[THIRD], to=OTHER)
    change(village, "death", ref=THIRD)
    village.day()
    (told,) = village.call(CADRE, "member_moves", region=HOME[:12], status="stopped")
    assert THIRD in told["why"]
    assert state_of(village, OTHER)["size"] == 3


def test_a_new_head_who_died_in_between_stops_the_move_before_anybody_goes(village, monkeypatch):
    from services.monitoring.handlers.registry import moving

    with monkeypatch.context() as broken:
        broken.setattr(moving, "_receive", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(village, "move", refs=[HEAD], to=OTHER, staying_head=SECOND)
    change(village, "death", ref=SECOND)
    village.day()
    (told,) = village.call(CADRE, "member_moves", region=HOME[:12], status="stopped")
    assert "新户主不是本户成员" in told["why"]
    assert state_of(village, OTHER)["size"] == 3


def test_a_number_taken_meanwhile_gives_the_new_household_the_next_one(village, monkeypatch):
    from services.monitoring.handlers.registry import moving

    given = [NEXT, OTHER]
    monkeypatch.setattr(moving, "_next_number", lambda ctx, place: given.pop())
    assert move(village, "split", refs=[THIRD], head=THIRD)["to"] == NEXT
    assert state_of(village, OTHER)["size"] == 3


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("split", {"refs": [HEAD, SECOND, THIRD], "head": HEAD}, "move.nobody_stays"),
        ("split", {"refs": [THIRD], "head": SECOND}, "move.no_head"),
        ("split", {"refs": [HEAD], "head": HEAD}, "member.head_needed"),
        ("merge", {"to": OTHER, "refs": [THIRD]}, "move.not_whole"),
        ("move", {"to": HOME, "refs": [THIRD]}, "move.same_household"),
        ("move", {"to": OTHER, "refs": [THIRD], "on": "2021-07-06"}, "member.future"),
    ],
)
def test_what_is_no_move_of_its_kind_is_refused(village, kind, more, code):
    with pytest.raises(BadRequest) as refusal:
        move(village, kind, **more)
    assert refusal.value.code == code
    assert village.call(CADRE, "member_moves", region=HOME[:12]) == []


def test_nobody_moves_into_a_household_that_has_ended(village):
    move(village, "merge", to=OTHER)
    with pytest.raises(Conflict) as refusal:
        move(village, "move", household=OTHER, refs=[f"{OTHER}-02"], to=HOME)
    assert refusal.value.code == "move.target_ended"


def test_a_village_does_not_move_people_into_another_but_the_town_does(village):
    away = "430426100002"
    rows = [{**one, "cells": {**one["cells"], "行政村代码": away}} for one in household(5, 2)]
    given = {"village": away, "file": "a.xlsx", "digest": "ef" * 8, "batch": 1, "batches": 1}
    given |= {"as_of": "2021-07-05", "sealed": seal(village.keys.sealing.public, rows)}
    village.call(actor(roles.VILLAGE_CADRE, region=away), "import_roster", **given)
    with pytest.raises(Forbidden):
        move(village, "move", who=CADRE, refs=[THIRD], to=f"{away}-0005")
    move(village, "move", who=TOWN, refs=[THIRD], to=f"{away}-0005")
    assert id_number(12) in numbers(state_of(village, f"{away}-0005"))
