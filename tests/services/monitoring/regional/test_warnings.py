"""Signals become a warning, its households are drawn up, it is handled to the end: on a real store (S-08)."""

from __future__ import annotations

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden
from shouwang.testing import actor

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.regional import county as at
from tests.services.monitoring.regional.county import (
    COUNTY,
    OTHER_VILLAGE,
    TOWN,
    signal,
    take,
    tell,
)


@pytest.mark.rule("S-08")
def test_a_batch_opens_one_warning_for_the_village_and_tells_who_is_concerned(flooded):
    (warning,) = at.warnings(flooded)
    assert (warning["place"], warning["level"], warning["step"]) == (VILLAGE, "village", "verification")
    assert "12 户" in warning["sentence"] and "村级苗头风险预警" in warning["sentence"]
    told = at.messages(flooded, "村级苗头返贫风险预警")
    assert [(one["role"], one["region"]) for one in told] == [
        ("county_officer", VILLAGE),
        ("department_officer", "430426"),
        ("town_officer", "430426100"),
    ]


@pytest.mark.rule("S-08")
def test_the_same_batch_twice_changes_nothing(flooded):
    before = flooded.events()
    tell(flooded, signal("f1", 12))
    tell(flooded, signal("f1", 12), batch="b2")
    assert flooded.events() == before
    assert len(at.warnings(flooded)) == 1


@pytest.mark.rule("S-08")
def test_below_the_threshold_there_is_no_warning_and_the_picture_says_why(county):
    at.village(county)
    tell(county, signal("f1", 9))
    assert at.warnings(county) == []
    shown = county.call(TOWN, "regional_picture", region="430426100", kind="disaster")
    assert [(one["place"], one["amount"], one["verdict"]) for one in shown] == [
        ("430426100", 9, "no"),
        (VILLAGE, 9, "no"),
    ]
    assert "低于 10 户" in shown[1]["sentence"]


@pytest.mark.rule("S-08")
def test_a_correction_under_the_same_key_replaces_what_was_told(county):
    at.village(county)
    tell(county, signal("f1", 9))
    tell(county, signal("f1", 10), batch="b2")
    (warning,) = at.warnings(county)
    assert warning["signals"] == 1


@pytest.mark.rule("S-08")
def test_a_town_wide_flood_takes_the_villages_warning_in(flooded):
    tell(flooded, signal("f2", 18, OTHER_VILLAGE), batch="b2")
    narrow, wide = sorted(at.warnings(flooded), key=lambda one: one["status"])
    assert (narrow["status"], narrow["outcome"], narrow["raised_to"]) == ("closed", "raised", wide["warning"])
    assert (wide["place"], wide["level"], wide["areas"]) == ("430426100", "town", [VILLAGE, OTHER_VILLAGE])
    assert (wide["villages"], wide["concerned"]) == (2, 4)


@pytest.mark.rule("S-08")
def test_a_warning_that_is_handled_already_stays_beside_the_wider_one(flooded):
    (narrow,) = at.warnings(flooded)
    take(flooded, narrow["warning"], "verification", "confirm")
    tell(flooded, signal("f2", 18, OTHER_VILLAGE), batch="b2")
    assert {one["level"] for one in at.warnings(flooded, status="open")} == {"village", "town"}


@pytest.mark.rule("S-08")
def test_further_signals_widen_the_warning_and_its_households(county):
    at.village(county)
    at.village(county, OTHER_VILLAGE)
    tell(county, signal("f1", 40, "430426100"))
    (warning,) = at.warnings(county)
    assert (warning["level"], warning["concerned"]) == ("town", 4)
    tell(county, signal("f2", 3, OTHER_VILLAGE), batch="b2")
    (warning,) = at.warnings(county)
    assert warning["areas"] == ["430426100", OTHER_VILLAGE] and warning["signals"] == 2


@pytest.mark.rule("S-08")
def test_a_signal_without_an_amount_leaves_the_place_unknown_and_is_asked_for(county):
    at.village(county)
    told = signal("t1", None, kind="town_report")
    county.call(TOWN, "report_signal", **told)
    at.settle(county)
    (town, _) = county.call(COUNTY, "regional_picture", region="430426100", kind="town_report")
    assert (town["verdict"], town["complete"]) == ("unknown", False)
    assert at.warnings(county) == []
    assert len(at.messages(county, "区域性风险信号缺少数量")) == 1


@pytest.mark.rule("S-08")
def test_a_town_reports_by_hand_and_monitoring_assesses(county):
    at.village(county)
    county.call(TOWN, "report_signal", request_id="r1", **signal("t1", 30, "430426100", kind="town_report"))
    county.call(TOWN, "report_signal", request_id="r1", **signal("t1", 30, "430426100", kind="town_report"))
    at.settle(county)
    assert [one["level"] for one in at.warnings(county)] == ["town"]
    (seen,) = county.call(TOWN, "signals", region="430426100", kind="town_report", since="2021-07-01")
    assert (seen["amount"], seen["department"]) == (30, TOWN.org)


WRONG = (
    ({"started_on": "2021-07-06"}, "signal.future"),
    ({"ended_on": "2021-06-30"}, "signal.days"),
    ({"unit": "persons"}, "signal.unit"),
    ({"region": "430426999"}, "signal.place"),
)


def test_a_wrong_signal_is_refused_with_what_is_wrong(county):
    at.village(county)
    for changes, code in WRONG:
        with pytest.raises(BadRequest) as refusal:
            county.call(COUNTY, "report_signal", **{**signal("t1", 3), **changes})
        assert refusal.value.code == code


@pytest.mark.rule("S-08")
def test_what_was_found_untrue_does_not_warn_again_until_something_new_is_told_of_it(flooded):
    (first,) = at.warnings(flooded)
    take(flooded, first["warning"], "verification", "refuse", reason="现场核实未受灾")
    flooded.clock.advance_to(date(2021, 7, 6))
    flooded.day()
    tell(flooded, signal("f2", 3, OTHER_VILLAGE), batch="b2")
    assert at.warnings(flooded, status="open") == []
    tell(flooded, signal("f1", 14), batch="b3")
    assert [one["warning"] for one in at.warnings(flooded, status="open")] == [f"{VILLAGE}-disaster-2"]


@pytest.mark.rule("S-08")
def test_what_was_told_ahead_warns_on_the_day_it_begins(county):
    at.village(county)
    tell(county, signal("f1", 12, started_on="2021-07-07"))
    assert at.warnings(county) == []
    county.clock.advance_to(date(2021, 7, 7))
    county.day()
    assert len(at.warnings(county)) == 1


@pytest.mark.rule("S-08")
def test_a_town_sees_wider_warnings_and_its_own_households_only(flooded):
    tell(flooded, signal("f3", 60, "430426101001"), signal("f4", 40, OTHER_VILLAGE), batch="b2")
    (wide,) = flooded.call(TOWN, "warnings", region="430426100", status="open")
    assert (wide["place"], wide["level"]) == ("430426", "county")
    lists = flooded.call(TOWN, "affected", warning=wide["warning"], region="430426100")
    assert [one["village"] for one in lists] == [VILLAGE, OTHER_VILLAGE]
    elsewhere = actor(roles.TOWN_OFFICER, region="430426102")
    assert flooded.call(elsewhere, "warnings", region="430426102", status="open") == []


@pytest.mark.rule("S-08")
def test_a_village_finds_its_warning_behind_a_page_of_others(flooded):
    tell(flooded, signal("f2", 12, OTHER_VILLAGE), batch="b2")
    seen = flooded.call(COUNTY, "warnings", region=OTHER_VILLAGE, limit=1)
    assert [one["place"] for one in seen] == [OTHER_VILLAGE]


@pytest.mark.rule("S-08")
def test_a_warning_is_opened_anew_after_the_last_one_was_closed(flooded):
    (first,) = at.warnings(flooded)
    take(flooded, first["warning"], "verification", "refuse", reason="现场核实未受灾")
    assert flooded.call(COUNTY, "warning", warning=first["warning"])["outcome"] == "refused"
    flooded.clock.advance_to(date(2021, 8, 20))
    tell(flooded, signal("f9", 15, started_on="2021-08-19"), batch="b9")
    second = at.warnings(flooded, status="open")
    assert [one["warning"] for one in second] == [f"{VILLAGE}-disaster-2"]


NOT_THEIRS = (
    (actor(roles.VILLAGE_CADRE), "report_signal", signal("x", 1)),
    (actor(roles.TOWN_OFFICER, region="430426101"), "report_signal", signal("x", 1)),
    (
        TOWN,
        "take_warning_step",
        {"warning": f"{VILLAGE}-disaster-1", "step": "verification", "action": "confirm"},
    ),
    (TOWN, "open_warning_clues", {"warning": f"{VILLAGE}-disaster-1"}),
    (TOWN, "affected", {"warning": f"{VILLAGE}-disaster-1", "region": "430426"}),
    (actor(roles.COUNTY_OFFICER, region="430481"), "warning", {"warning": f"{VILLAGE}-disaster-1"}),
    (actor(roles.HOUSEHOLD), "warnings", {"region": "430426"}),
)


@pytest.mark.rule("S-08")
def test_who_has_no_business_here_is_refused(flooded):
    for who, method, args in NOT_THEIRS:
        with pytest.raises(Forbidden):
            flooded.call(who, method, **args)


def test_nothing_of_a_person_stands_in_what_is_kept_of_a_warning(flooded):
    kept = [
        str(list(flooded.db.collection(name).find({})))
        for name in ("regional_warnings", "affected_households")
    ]
    assert "测试甲" not in "".join(kept)
