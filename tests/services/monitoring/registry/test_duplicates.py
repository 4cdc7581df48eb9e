"""People registered twice: found, brought to a person, decided, carried out on record (M-01)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden
from shouwang.sealing import seal
from shouwang.testing import actor

from services.monitoring.domain.registry import duplicates as rules
from tests.services.monitoring.registry.village import HOME, OTHER, TOWN, numbers, state_of
from tests.services.monitoring.sheet import VILLAGE, household, id_number, spoil

MATTER = f"{HOME}~{OTHER}"
ROW_7 = f"row-7@{'cd' * 4}"


def decide(county, refs, *, who=TOWN, matter=MATTER, **more):
    given = {"matter": matter, "refs": refs, "reason": "村里核实", "paper": "核实记录/1"} | more
    return county.call(who, "decide_duplicate", **given)


def twice(name="测试重"):
    """The third person of two households: one name, and numbers of the same birthday."""
    return spoil(household(1, 2), 2, name=name) + spoil(household(2, 5), 2, name=name)


@pytest.mark.rule("M-01")
def test_the_same_name_and_birthday_in_two_households_is_found_at_import_and_decided(county):
    county.import_rows(twice())
    everyone = county.call(TOWN, "duplicates", region=VILLAGE)[0]["pairs"]
    refs = [f"{HOME}-03", f"{OTHER}-03"]
    assert {"refs": refs, "ground": rules.GROUNDS[rules.NAME_AND_BIRTH], "decided": None} in everyone
    told = decide(county, refs, same=True, keep=OTHER)
    (pair,) = (one for one in told["pairs"] if one["refs"] == refs)
    assert (pair["decided"]["keep"], pair["decided"]["by"]) == (OTHER, TOWN.id)
    home = state_of(county)
    assert (home["size"], home["former"][0]["left"]["kind"]) == (2, "duplicate")
    assert state_of(county, OTHER)["size"] == 3
    with pytest.raises(Conflict) as refusal:
        decide(county, refs, same=False)
    assert refusal.value.code == "duplicate.decided"


def only_pair(county):
    county.import_rows(
        spoil(household(1, 2, 1), 0, name="测试重") + spoil(household(2, 5, 1), 0, name="测试重")
    )
    return [f"{HOME}-01", f"{OTHER}-01"]


@pytest.mark.rule("M-01")
def test_different_people_are_never_asked_about_again(county):
    refs = only_pair(county)
    assert decide(county, refs, same=False)["status"] == "decided"
    assert county.call(TOWN, "find_duplicates", region=VILLAGE) == {"compared": 2, "open": 0}
    county.day()
    assert county.call(TOWN, "duplicates", region=VILLAGE) == []
    assert state_of(county)["size"] == state_of(county, OTHER)["size"] == 1


def test_the_same_decision_again_changes_nothing(county):
    refs = only_pair(county)
    first = decide(county, refs, same=True, keep=OTHER, request_id="r-1")
    assert decide(county, refs, same=True, keep=OTHER, request_id="r-1") == first
    assert state_of(county)["ended"]["kind"] == "duplicate"
    assert len(county.call(TOWN, "member_moves", region=VILLAGE)) == 1


@pytest.mark.rule("M-01")
def test_a_family_listed_under_two_numbers_is_one_matter(county):
    county.import_rows(household(1, 2) + household(2, 5))
    (matter,) = county.call(TOWN, "duplicates", region=VILLAGE)
    assert (matter["kind"], matter["households"]) == ("family", [HOME, OTHER])


def test_nothing_personal_stands_in_a_matter_or_leaves_with_an_event(county):
    county.import_rows(twice())
    stored = str(county.db.collection("duplicates").find_one({})) + str(county.events())
    assert "测试重" not in stored
    assert id_number(12) not in stored


@pytest.mark.rule("M-01")
@pytest.mark.parametrize("keeps", ["registered", "newcomer"])
def test_who_holds_a_newcomer_back_is_decided_and_the_held_household_comes_in(county, keeps):
    county.import_rows(household(1, 2))
    report = county.import_rows(spoil(household(2, 5), 2, id_number=id_number(12)), digest="cd" * 8)
    assert report["held_households"] == 1
    (matter,) = county.call(TOWN, "duplicates", region=VILLAGE)
    assert matter["waiting"] == [OTHER]
    decide(county, [f"{HOME}-03", ROW_7], same=True, keep=HOME if keeps == "registered" else OTHER)
    sizes = (state_of(county)["size"], state_of(county, OTHER)["size"])
    assert sizes == ((3, 2) if keeps == "registered" else (2, 3))
    holder = HOME if keeps == "registered" else OTHER
    assert id_number(12) in numbers(state_of(county, holder))
    assert county.call(TOWN, "held", region=VILLAGE) == []


def test_a_decision_that_cannot_be_carried_out_is_not_taken(county):
    heads = spoil(household(1, 2), 0, name="测试重") + spoil(household(2, 5), 0, name="测试重")
    county.import_rows(heads)
    refs = [f"{HOME}-01", f"{OTHER}-01"]
    with pytest.raises(BadRequest) as refusal:
        decide(county, refs, same=True, keep=OTHER)
    assert refusal.value.code == "member.head_needed"
    decide(county, refs, same=True, keep=OTHER, head=f"{HOME}-02")
    assert [one["relation"] for one in state_of(county)["members"]] == ["head", None]


def test_a_decision_that_was_interrupted_is_carried_out_by_the_day(county, monkeypatch):
    from services.monitoring.handlers.registry import moving

    refs = only_pair(county)
    with monkeypatch.context() as broken:
        broken.setattr(moving, "open_move", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            decide(county, refs, same=True, keep=OTHER)
    assert county.call(TOWN, "duplicates", region=VILLAGE, status="carrying")[0]["pairs"][0]["decided"]
    county.day()
    assert state_of(county)["ended"]["kind"] == "duplicate"
    assert county.call(TOWN, "duplicates", region=VILLAGE, status="decided")


def test_a_row_that_was_decided_is_not_left_out_of_another_file(county):
    county.import_rows(household(1, 2))
    shared = spoil(household(2, 5), 2, id_number=id_number(12))
    county.import_rows(shared, digest="cd" * 8)
    county.import_rows([shared[2], *shared[:2]], digest="ef" * 8)
    decide(county, [f"{HOME}-03", ROW_7], same=True, keep=HOME)
    assert len(county.store.held.get(OTHER).state["rows"]) == 3
    (matter,) = county.call(TOWN, "duplicates", region=VILLAGE)
    assert [one["decided"] is None for one in matter["pairs"]] == [False, True]


@pytest.mark.rule("M-01")
def test_the_day_compares_a_town_and_the_county_decides_across_towns(county):
    county.import_rows(only := spoil(household(1, 2, 1), 0, name="测试重"))
    away = "430426100002"
    rows = [{**one, "cells": {**one["cells"], "行政村代码": away}} for one in only]
    rows = spoil(rows, 0, id_number=id_number(77))
    sealed = seal(county.keys.sealing.public, rows)
    given = {
        "village": away,
        "file": "a.xlsx",
        "digest": "ef" * 8,
        "batch": 1,
        "batches": 1,
        "sealed": sealed,
    }
    county.call(actor(roles.VILLAGE_CADRE, region=away), "import_roster", as_of="2021-07-05", **given)
    assert county.call(TOWN, "duplicates", region=VILLAGE[:9]) == []
    county.day()
    (matter,) = county.call(TOWN, "duplicates", region=VILLAGE[:9])
    assert matter["region"] == VILLAGE[:9]
    with pytest.raises(Forbidden):
        county.call(
            actor(roles.VILLAGE_CADRE), "decide_duplicate", **{"matter": matter["matter"], "refs": ["a", "b"]}
        )
    with pytest.raises(BadRequest):
        county.call(actor(roles.COUNTY_OFFICER), "find_duplicates", region="430426")


def person(name="甲", number=None, birth=None, household="a", ref="a-01"):
    return rules.Person(household, ref, name, birth, number)


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_a_slip_and_two_far_apart_are_none(place, digit):
    number = "11010119900101001X"
    changed = number[:place] + digit + number[place + 1 :]
    assert rules.one_slip(number, changed)
    far = (place + 8) % 17
    other = changed[:far] + str((int(changed[far]) + 1) % 10) + changed[far + 1 :]
    assert rules.one_slip(number, other) == (changed == number or number[place] == other[place])


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("ab"), st.integers(0, 3)), max_size=12))
def test_a_pair_is_never_of_one_household_and_stands_once(listed):
    people = [
        person(name, None, None, home, f"{home}-{place}") for place, (name, home, _) in enumerate(listed)
    ]
    for homes, pairs in rules.pairs_in(people).items():
        assert homes[0] < homes[1]
        assert len({tuple(one["refs"]) for one in pairs}) == len(pairs)
