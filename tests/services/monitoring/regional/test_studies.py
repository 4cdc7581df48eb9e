"""Joint studies: recorded once, composition checked, measures followed, the interval kept (S-10)."""

from __future__ import annotations

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden, Refused
from shouwang.testing import actor

from tests.services.monitoring.regional import county as at
from tests.services.monitoring.regional.county import ALL, COUNTY, hold

EMERGENCY = actor(roles.DEPARTMENT_OFFICER, org="emergency")


def follow(county, study, who=EMERGENCY, **more):
    given = {"study": study, "measure": 1, "status": "open", "note": "进行中"} | more
    return county.call(who, "follow_measure", **given)


@pytest.mark.rule("S-10")
def test_a_county_that_never_met_is_told_one_interval_after_its_first_day_here(county):
    at.village(county)
    county.day()
    assert county.call(COUNTY, "joint_studies", region="430426")["next_due"] == "2021-10-05"
    county.clock.advance_to(date(2021, 10, 6))
    county.day()
    assert [one["role"] for one in at.messages(county, "定期联合会商逾期")] == ["county_officer"]


@pytest.mark.rule("S-10")
def test_a_study_is_recorded_with_who_took_part_and_tells_each_department_its_measure(county):
    study = hold(county)
    assert (study["complete"], study["lacking"], study["status"]) == ("yes", [], "open")
    (told,) = at.messages(county, "联合会商措施交办")
    assert (told["role"], told["due"]) == ("department_officer", "2021-08-01")


@pytest.mark.rule("S-10")
def test_who_was_not_there_is_named(county):
    study = hold(county, departments=ALL[1:], absent={"emergency": "值守"})
    assert (study["complete"], study["lacking"]) == ("no", ["emergency"])
    assert "emergency" in study["composition"]


@pytest.mark.rule("S-10")
def test_the_same_request_records_one_study_and_the_same_minutes_are_not_recorded_twice(county):
    given = {
        "region": "430426",
        "held_on": "2021-07-05",
        "minutes": "纪要-1",
        "departments": ALL,
        "conclusions": [],
    }
    first = county.call(COUNTY, "hold_joint_study", request_id="r1", **given)
    assert county.call(COUNTY, "hold_joint_study", request_id="r1", **given)["study"] == first["study"]
    with pytest.raises(Conflict):
        county.call(COUNTY, "hold_joint_study", request_id="r2", **given)
    assert first["status"] == "done"


@pytest.mark.rule("S-10")
def test_a_warning_of_another_place_is_not_studied_here(county):
    at.village(county)
    at.tell(county, at.signal("flood", 400))
    (warning,) = at.warnings(county)
    neighbour = actor(roles.COUNTY_OFFICER, region="430481")
    given = {"held_on": "2021-07-05", "minutes": "纪要-9", "departments": ALL, "conclusions": []}
    with pytest.raises(BadRequest) as refusal:
        county.call(neighbour, "hold_joint_study", region="430481", warnings=[warning["warning"]], **given)
    assert refusal.value.code == "study.other_place"
    assert hold(county, warning["warning"])["study"]


def test_what_cannot_be_is_refused(county):
    late = [{"department": "health", "text": "送药", "due_on": "2021-07-04"}]
    for changes, code in (
        ({"held_on": "2021-07-06"}, "study.future"),
        ({"measures": late}, "study.measure_due"),
    ):
        with pytest.raises(Refused) as refusal:
            hold(county, **changes)
        assert refusal.value.code == code
    with pytest.raises(BadRequest):  # minutes are a reference and never a person
        hold(county, minutes="张三 13800000000")


@pytest.mark.rule("S-10")
def test_a_measure_is_followed_until_it_is_done(county):
    study = hold(county)["study"]
    follow(county, study)
    assert follow(county, study, status="done", note="已完成")["status"] == "done"
    with pytest.raises(Refused) as refusal:
        follow(county, study)
    assert refusal.value.code == "study.measure_over"
    with pytest.raises(Refused) as refusal:
        follow(county, study, COUNTY, measure=9)
    assert refusal.value.code == "study.no_such_measure"
    looks = county.call(COUNTY, "joint_study", study=study)["measures"][0]["follow_ups"]
    assert [one["status"] for one in looks] == ["open", "done"]


@pytest.mark.rule("S-10")
def test_a_department_speaks_for_its_own_measures_only(county):
    study = hold(county)["study"]
    with pytest.raises(Forbidden) as refusal:
        follow(county, study, actor(roles.DEPARTMENT_OFFICER, org="health"))
    assert refusal.value.code == "study.not_own_measure"
    assert follow(county, study, COUNTY, status="replaced", note="改由民政救助")["status"] == "done"


@pytest.mark.rule("S-10", "N-03")
def test_a_late_measure_goes_to_the_department_and_then_up(county):
    hold(county)
    for day in (1, 2, 3, 5):
        county.clock.advance_to(date(2021, 8, day))
        county.day()
    told = at.messages(county, "联合会商措施逾期")
    assert [(one["role"], one["key"][-10:]) for one in told] == [
        ("department_officer", "2021-08-02"),
        ("county_leading_group", "2021-08-05"),
    ]
    shown = county.call(COUNTY, "joint_studies", region="430426", status="open")["studies"]
    assert shown[0]["measures"][0]["overdue"] is True


@pytest.mark.rule("S-10")
def test_the_departments_meet_at_their_interval_or_the_county_hears_of_it(county):
    at.village(county)
    hold(county, measures=[])
    assert county.call(COUNTY, "joint_studies", region="430426")["next_due"] == "2021-10-05"
    for day in (5, 6, 7, 9):
        county.clock.advance_to(date(2021, 10, day))
        county.day()
    told = at.messages(county, "定期联合会商逾期")
    assert [(one["role"], one["key"][-10:]) for one in told] == [
        ("county_officer", "2021-10-06"),
        ("county_leading_group", "2021-10-09"),
    ]
    hold(county, minutes="纪要-2", measures=[])
    county.clock.advance_to(date(2021, 10, 12))
    county.day()
    assert len(at.messages(county, "定期联合会商逾期")) == 2


@pytest.mark.rule("S-10")
def test_only_the_county_records_a_study(county):
    given = {"region": "430426", "held_on": "2021-07-05", "minutes": "纪要-1", "departments": ALL}
    for who in (actor(roles.TOWN_OFFICER), EMERGENCY, actor(roles.VILLAGE_CADRE)):
        with pytest.raises(Forbidden):
            county.call(who, "hold_joint_study", conclusions=[], **given)
