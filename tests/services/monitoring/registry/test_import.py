"""Import of rosters on a real store: what comes in, what is held, what a second import changes."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden
from shouwang.sealing import seal
from shouwang.testing import actor, service_actor

from services.monitoring.handlers.registry import holding
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household, id_number, spoil

CADRE = actor(roles.VILLAGE_CADRE)


@pytest.mark.rule("M-01", "M-02")
def test_households_come_in_and_persons_are_encrypted_at_rest(county):
    report = county.import_rows(household(1, 2) + household(2, 5, persons=2))
    assert (report["households"], report["persons"], report["rows"], report["rejected"]) == (2, 5, 5, [])
    stored = str(county.db.collection("households").find_one({"_id": f"{VILLAGE}-0001"}))
    assert id_number(10) not in stored
    assert "测试甲" not in stored
    assert "0734-0000000" not in stored


def test_a_bad_row_holds_its_household_visibly_and_the_others_come_in(county):
    rows = spoil(household(1, 2), 2, id_number="12345") + household(2, 5)
    report = county.import_rows(rows)
    assert (report["households"], report["held_households"]) == (1, 1)
    assert report["held"] == [{"household": f"{VILLAGE}-0001", "rows": [2, 3, 4]}]
    assert [(one["row"], one["code"]) for one in report["rejected"]] == [(4, "identity.length")]
    (held,) = county.call(CADRE, "held", region=VILLAGE)
    assert (held["household"], held["persons"], held["expires_on"]) == (f"{VILLAGE}-0001", 3, "2021-08-04")
    assert county.store.households.count(region=VILLAGE) == 1
    kept = str(county.db.collection("held_households").find_one({}))
    assert id_number(10) not in kept


def test_every_row_that_nobody_put_right_is_forgotten_on_its_day(county, monkeypatch):
    monkeypatch.setattr(holding, "MOST", 1)
    county.import_rows(spoil(household(1, 2), 0, wages="三万") + spoil(household(2, 5), 0, wages="三万"))
    county.clock.advance_to(date(2021, 8, 5))
    holding.expire(county.context(service_actor("monitoring")))
    kept = county.store.held.find({}, limit=10)
    assert [(one.state["status"], one.state["rows"]) for one in kept] == [("expired", None)] * 2


def test_the_same_file_again_changes_nothing(county):
    rows = household(1, 2) + spoil(household(2, 5), 0, wages="三万")
    first = county.import_rows(rows)
    before = list(county.db.collection("households").find({}))
    assert county.import_rows(rows) == first
    assert list(county.db.collection("households").find({})) == before


def test_a_corrected_file_brings_the_held_household_in(county):
    rows = household(1, 2) + spoil(household(2, 5), 0, wages="三万")
    county.import_rows(rows)
    report = county.import_rows(household(1, 2) + household(2, 5), digest="cd" * 8)
    assert (report["households"], report["unchanged"], report["held_households"]) == (2, 1, 0)
    assert county.call(CADRE, "held", region=VILLAGE) == []
    assert county.store.held.get(f"{VILLAGE}-0002").state["rows"] is None


def test_who_waited_for_another_comes_in_when_the_other_is_put_right(county):
    shared = spoil(household(2, 5), 1, id_number=id_number(12))
    assert county.import_rows(household(1, 2) + shared)["held_households"] == 2
    report = county.import_rows(household(2, 5), digest="cd" * 8)
    assert (report["households"], report["held_households"]) == (2, 0)
    assert county.store.households.count(region=VILLAGE) == 2


def test_members_keep_their_refs_when_the_household_changes(county):
    county.import_rows(household(1, 2))
    rows = household(1, 2, persons=4)
    report = county.import_rows([rows[3], rows[0], rows[2]], digest="cd" * 8)
    members = county.store.households.get(f"{VILLAGE}-0001").state["members"]
    assert {one["id_number"]: one["ref"][-2:] for one in members} == {
        id_number(10): "01",
        id_number(11): "02",
        id_number(12): "03",
        id_number(13): "04",
    }
    (line,) = report["lines"]
    assert (line["joined"], line["missing"]) == ([f"{VILLAGE}-0001-04"], [f"{VILLAGE}-0001-02"])


def test_a_person_known_in_another_village_holds_the_newcomer(county):
    county.import_rows(household(1, 2))
    other = "430426100002"
    rows = [{**one, "cells": {**one["cells"], "行政村代码": other}} for one in household(1, 2)]
    given = {"village": other, "file": "a.xlsx", "digest": "ef" * 8, "batch": 1, "batches": 1}
    given |= {"as_of": "2021-07-05", "sealed": seal(county.keys.sealing.public, rows)}
    report = county.call(actor(roles.VILLAGE_CADRE, region=other), "import_roster", **given)
    assert {one["code"] for one in report["rejected"]} == {"roster.person_in_two_households"}
    assert county.store.households.count(region=VILLAGE) == 1


def test_a_wrong_file_is_refused_whole_and_names_its_columns(county):
    rows = [{"row": 2, "cells": {"姓名": "测试", "电话": "1"}}]
    with pytest.raises(BadRequest) as refusal:
        county.import_rows(rows)
    assert refusal.value.code == "roster.missing_columns"
    assert "户编号" in refusal.value.message


def test_rows_of_another_village_cannot_be_imported_by_its_neighbour(county):
    with pytest.raises(Forbidden):
        county.import_rows(household(1, 2), village="430426100002")


def test_held_rows_are_forgotten_after_their_day(county):
    county.import_rows(spoil(household(1, 2), 0, wages="三万"))
    county.clock.advance_to(date(2021, 8, 5))
    county.day()
    assert county.store.held.get(f"{VILLAGE}-0001").state["rows"] is None
    assert county.call(CADRE, "held", region=VILLAGE) == []


@pytest.mark.rule("M-02")
def test_missing_cells_stand_on_the_worklist(county):
    county.import_rows(spoil(household(1, 2), 0, wages="", health="") + household(2, 5))
    assert county.call(CADRE, "worklist", region=VILLAGE) == [
        {
            "household": f"{VILLAGE}-0001",
            "unknown": ["wages", "members.01.health"],
            "later": [],
            "to_clarify": [],
        }
    ]
