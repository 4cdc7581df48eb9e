"""A roster that comes again changes only what changed, and never takes anybody out (M-02, D-01)."""

from datetime import date

import pytest

from services.monitoring.domain.registry import reimport
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.registry.village import CADRE, HEAD, SECOND, THIRD, change, state_of
from tests.services.monitoring.sheet import HOUSEHOLD, household, id_number, spoil

ADDED = ("家庭住址", "安置区地址", "性别", "其他风险备注", "信息采集人电话")


def again(county, rows, **more):
    return county.import_rows(rows, digest="cd" * 8, **more)


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


@pytest.mark.rule("M-02")
def test_the_report_names_what_changed_by_row_and_no_value(village):
    rows = spoil(spoil(household(1, 2), 0, wages="13000"), 1, education="初中") + household(2, 5)
    report = again(village, rows)
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 1, 1)
    (line,) = report["lines"]
    assert line["fields"] == [{"row": 2, "fields": ["wages"]}, {"row": 3, "fields": ["education"]}]
    assert "13000" not in str(report) and "junior_high" not in str(report)
    assert state_of(village)["figures"]["wages"]["fen"] == 1300000
    assert state_of(village)["base"]["figures"]["wages"]["fen"] == 1200000


@pytest.mark.rule("M-02")
def test_a_blank_cell_keeps_what_is_known(village):
    report = again(village, spoil(household(1, 2), 0, wages="", phone="", health=""))
    assert report["unchanged"] == 1
    assert state_of(village)["phone"] == "0734-0000000"


@pytest.mark.rule("D-01")
def test_a_member_whom_the_file_leaves_out_stays_until_somebody_says_what_became_of_him(village):
    report = again(village, household(1, 2)[:2])
    assert report["missing_members"] == 1
    assert state_of(village)["size"] == 3
    (line,) = village.call(CADRE, "worklist", region=VILLAGE)
    assert [(one["code"], one["ref"]) for one in line["to_clarify"]] == [("member.still_listed", THIRD)]
    change(village, "still_here", ref=THIRD)
    assert village.call(CADRE, "worklist", region=VILLAGE) == []


@pytest.mark.rule("D-01")
def test_the_dead_do_not_come_back_with_an_old_list(village):
    change(village, "death", ref=THIRD)
    report = again(village, household(1, 2))
    assert report["lines"][0]["absent"] == [THIRD]
    assert state_of(village)["size"] == 2
    (line,) = village.call(CADRE, "worklist", region=VILLAGE)
    assert line["to_clarify"][0]["code"] == "member.listed_though_left"


@pytest.mark.rule("D-01")
def test_a_dead_head_who_is_still_listed_does_not_unseat_the_new_one(village):
    change(village, "death", ref=HEAD, head=SECOND, relations={THIRD: "son"})
    rows = spoil(spoil(household(1, 2), 1, relation="配偶"), 2, relation="之子")
    again(village, rows)
    assert {one["ref"]: one["relation"] for one in state_of(village)["members"]} == {
        SECOND: "head",
        THIRD: "son",
    }


@pytest.mark.rule("D-01")
@pytest.mark.parametrize("said", ["之父", ""])
def test_a_change_of_head_is_recognised_and_the_household_stays_the_same(village, said):
    rows = spoil(spoil(household(1, 2), 0, relation=said), 1, relation="本人或户主", **HOUSEHOLD)
    report = again(village, rows)
    assert report["lines"][0]["head_changed"]
    members = {one["ref"]: one["relation"] for one in state_of(village)["members"]}
    assert members == {HEAD: "father" if said else None, SECOND: "head", THIRD: "other"}


def test_a_new_head_who_is_new_in_the_household_leaves_no_second_one(village):
    rows = spoil(household(1, 2)[1:] + household(9, 4, 1), 2, number="1", kind="脱贫户")
    again(village, rows)
    state = state_of(village)
    assert [one["relation"] for one in state["members"]].count("head") == 1
    assert state["members"][0]["relation"] is None


@pytest.mark.rule("M-06")
def test_an_older_roster_changes_nothing_and_an_older_window_no_figure(village):
    report = again(village, spoil(household(1, 2), 0, wages="1", education="高中"), as_of="2021-07-04")
    assert (report["older"], report["changed"]) == (1, 0)
    village.clock.advance_to(date(2021, 9, 1))
    village.import_rows(spoil(household(1, 2), 0, wages="99"), digest="aa" * 8, as_of="2021-09-01")
    newer = state_of(village)["figures"]["wages"]
    assert (newer["fen"], newer["to"]) == (9900, "2021-08-31")


@pytest.mark.rule("M-02")
def test_a_workbook_made_before_the_later_columns_still_comes_in(county):
    rows = household(1, 2)
    old = [{**one, "cells": {k: v for k, v in one["cells"].items() if k not in ADDED}} for one in rows]
    assert county.import_rows(old)["new"] == 1
    assert state_of(county)["unknown"] == ["collector_phone"]
    assert again(county, rows)["changed"] == 1
    assert county.import_rows(old, digest="aa" * 8)["unchanged"] == 1
    assert state_of(county)["collector_phone"] == "0734-0000001"


@pytest.mark.rule("K-05")
def test_a_roster_past_the_transition_period_is_refused_with_the_reason(county):
    from shouwang.errors import UnknownValue

    county.clock.advance_to(date(2026, 1, 5))
    with pytest.raises(UnknownValue) as refusal:
        county.import_rows(household(1, 2), as_of="2026-01-05")
    assert "2025-12-31" in refusal.value.message


def test_a_person_without_a_number_is_known_by_name_and_may_get_one(county):
    county.import_rows(spoil(household(1, 2), 1, id_number="", name="测试无"))
    again(county, spoil(household(1, 2), 1, name="测试无"))
    members = state_of(county)["members"]
    assert [(one["ref"][-2:], one["id_number"]) for one in members][1] == ("02", id_number(11))
    assert len(members) == 3


def test_nameless_people_do_not_multiply(county):
    rows = spoil(household(1, 2), 1, id_number="", name="")
    county.import_rows(rows)
    assert again(county, rows)["unchanged"] == 1
    assert state_of(county)["size"] == 3


def test_outcomes_are_the_ones_of_the_report():
    assert {reimport.NEW, reimport.CHANGED, reimport.UNCHANGED, reimport.OLDER} == {
        "new",
        "changed",
        "unchanged",
        "older",
    }
