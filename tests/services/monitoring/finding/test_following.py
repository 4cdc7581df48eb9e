"""From the list of a department to the answer to whom it came from: on a real store (S-03, S-04, S-06)."""

from __future__ import annotations

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden, Refused
from shouwang.testing import actor

from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.finding.test_clues import OTHER, TWO, check, closed_events, found, report
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

LETTER = {"channel": "petition", "reference": "信访〔2021〕7号"}


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def messages(county, title):
    return [data for type, data in county.events() if type == "message.requested" and data["title"] == title]


@pytest.mark.rule("S-04")
def test_a_petition_is_a_clue_whose_office_is_answered_in_the_end(village):
    clue = report(village, TOWN, **LETTER)["clue"]
    assert village.call(TOWN, "clues", region="430426100", status="unanswered") == []
    check(village, clue)
    village.call(CADRE, "close_clue", clue=clue, outcome="no_risk", reason="反映情况不实")
    (waiting,) = village.call(TOWN, "clues", region="430426100", status="unanswered")
    assert waiting["owed_answers"] == [LETTER]
    given = {"clue": clue, "on": "2021-07-05", "way": "letter", **LETTER}
    answered = village.call(TOWN, "answer_reporter", request_id="a1", **given)
    assert village.call(TOWN, "answer_reporter", request_id="a1", **given) == answered
    assert answered["owed_answers"] == []
    assert village.call(TOWN, "clues", region="430426100", status="unanswered") == []


@pytest.mark.rule("S-04")
@pytest.mark.parametrize("on", ["2021-07-06", "2021-07-04"])
def test_nobody_was_answered_tomorrow_or_before_it_was_closed(village, on):
    clue = report(village, TOWN, **LETTER)["clue"]
    check(village, clue)
    village.call(CADRE, "close_clue", clue=clue, outcome="no_risk", reason="反映情况不实")
    with pytest.raises((BadRequest, Refused)) as error:
        village.call(TOWN, "answer_reporter", clue=clue, on=on, way="letter", **LETTER)
    assert error.value.code == "clue.answered_on"


WRONG = (
    (CADRE, LETTER, "clue.channel"),
    (TOWN, {"channel": "media", "reference": "日报-1"}, "clue.channel"),
    (actor(roles.HOUSEHOLD, org=HOME), {"channel": "hotline"}, "clue.channel"),
    (actor(roles.HOTLINE), {"channel": "self_report"}, "clue.channel"),
    (COUNTY, {"channel": "media"}, "clue.reference"),
    (CADRE, {"channel": "self_report", "reference": "信访-7"}, "clue.reference"),
)


@pytest.mark.rule("S-01", "S-04")
def test_a_channel_belongs_to_who_uses_it_and_a_letter_has_its_number(village):
    for who, given, code in WRONG:
        with pytest.raises(BadRequest) as refusal:
            report(village, who, **given)
        assert refusal.value.code == code
    for reference in ("张三 13800000000", "a", "43042619700101001X"):
        with pytest.raises(BadRequest):
            report(village, TOWN, **LETTER | {"reference": reference})
    with pytest.raises(BadRequest):
        report(village, COUNTY, channel="regional")


@pytest.mark.rule("S-03")
def test_a_batch_is_handed_to_its_town_which_takes_it_over(village):
    found(village, "k1", "k2")
    found(village, "k3", number=id_number(31))
    found(village, "k3", number=id_number(31))
    of_county, handed = village.call(COUNTY, "handovers", region="430426")
    assert (of_county["region"], of_county["total"], of_county["unmatched"]) == ("430426", 1, 1)
    assert (handed["total"], handed["unmatched"], handed["status"]) == (2, 0, "waiting")
    listed = village.call(TOWN, "take_over", handover=handed["handover"], request_id="t1")
    assert village.call(TOWN, "take_over", handover=handed["handover"], request_id="t1") == listed
    assert listed["receipts"] == [{"by": TOWN.id, "on": "2021-07-05", "total": 2, "unmatched": 0}]
    assert [one["household"] for one in listed["items"]] == [HOME, HOME]
    with pytest.raises(Refused) as refusal:
        village.call(TOWN, "take_over", handover=handed["handover"])
    assert refusal.value.code == "handover.received"
    with pytest.raises(Forbidden):
        village.call(actor(roles.TOWN_OFFICER, region="430426101"), "handover", handover=handed["handover"])


@pytest.mark.rule("S-03", "N-03")
def test_a_list_that_nobody_takes_over_is_told_again_every_week(village):
    found(village, "k1")
    for day in (6, 7, 8, 13, 14):
        village.clock.advance_to(date(2021, 7, day))
        village.day()
    assert [one["role"] for one in messages(village, "部门线索集中交办")] == ["town_officer"] * 3
    assert len(village.call(COUNTY, "handovers", region="430426", status="overdue")) == 1


@pytest.mark.rule("S-03")
def test_what_a_department_sent_is_not_closed_unvisited(village):
    found(village, "k1")
    clue = f"{HOME}-C1"
    village.call(CADRE, "respond_clue", clue=clue, visit_on="2021-07-05")
    closing = {"clue": clue, "outcome": "no_risk", "reason": "无风险"}
    with pytest.raises(Refused) as refusal:
        village.call(CADRE, "close_clue", **closing)
    assert refusal.value.code == "clue.not_checked"
    with pytest.raises(Refused) as refusal:
        check(village, clue, people=TWO[:1])
    assert refusal.value.code == "clue.too_few_people"
    seen = check(village, clue, note="查看病历和收据")
    assert (seen["check"]["finding"], len(seen["check"]["people"])) == ("no_risk", 2)
    assert "病历" not in str(village.db.collection("clues").find_one({}))
    assert village.call(CADRE, "close_clue", **closing)["status"] == "closed"


@pytest.mark.rule("S-03")
def test_somebody_whom_nobody_finds_is_told_to_the_department_too(village):
    found(village, "k1", number=id_number(31))
    (clue,) = village.call(COUNTY, "clues", region="430426", status="unmatched")
    with pytest.raises(Refused) as refusal:
        village.call(COUNTY, "close_clue", clue=clue["clue"], outcome="no_risk", reason="查不到")
    assert refusal.value.code == "clue.outcome"
    village.call(COUNTY, "close_clue", clue=clue["clue"], outcome="not_found", reason="公安户籍无此人")
    (told,) = closed_events(village)
    assert (told["outcome"], told["household"], told["key"]) == ("not_found", None, "k1")


@pytest.mark.rule("S-03")
def test_a_clue_of_another_household_goes_on_there_with_its_sources(village):
    found(village, "k1")
    report(village, household=OTHER)
    given = {"clue": f"{HOME}-C1", "household": OTHER, "reason": "同名"}
    onward = village.call(TOWN, "reassign_clue", request_id="m1", **given)
    assert village.call(TOWN, "reassign_clue", request_id="m1", **given) == onward
    assert onward["clue"] == f"{OTHER}-C1"
    assert [one["channel"] for one in onward["sources"]] == ["self_report", "department"]
    assert village.call(TOWN, "clue", clue=f"{HOME}-C1")["outcome"] == "reassigned"
    found(village, "k1")  # the department sends it again: it is known where it went
    assert len(village.call(TOWN, "clues", region="430426100")) == 2
    assert closed_events(village) == []


@pytest.mark.rule("S-03")
def test_a_clue_of_a_person_whom_nobody_registered_waits_in_one_clue(village):
    found(village, "k1", "k2")
    sealed = village.sealed(id_number(31))
    onward = village.call(TOWN, "reassign_clue", clue=f"{HOME}-C1", sealed=sealed, reason="身份证号录错")
    assert (onward["status"], onward["household"], len(onward["sources"])) == ("unmatched", None, 2)
    village.import_rows(household(3, 8), digest="cd" * 8)
    village.day()
    (matched,) = village.call(COUNTY, "clues", region="430426", status="open")
    assert (matched["household"], len(matched["sources"])) == (f"{VILLAGE}-0003", 2)
    with pytest.raises(BadRequest) as refusal:
        clue = {"clue": matched["clue"], "reason": "误登"}
        village.call(TOWN, "reassign_clue", household=f"{VILLAGE}-0003", **clue)
    assert refusal.value.code == "clue.same_household"


@pytest.mark.rule("S-03", "S-06", "N-03")
def test_delay_goes_to_the_town_again_every_week_and_to_the_county_after_the_last_day(village):
    report(village)
    report(village, household=OTHER)
    for day in [date(2021, 7, 6), date(2021, 7, 12), date(2021, 7, 13), date(2021, 8, 4), date(2021, 8, 5)]:
        village.clock.advance_to(day)
        village.day()
    assert len(messages(village, "线索逾期未响应")) == 6  # of each clue on 6 and 13 July, and 4 August
    county = messages(village, "线索超期未办结")
    assert {(one["key"], one["role"]) for one in county} == {
        ("clues/late/430426100/2021-08-05", "county_officer")
    }


@pytest.mark.rule("S-03", "S-06")
def test_a_department_and_the_county_see_what_clues_proved_to_be_and_how_fast_they_were_answered(village):
    found(village, "k1")
    found(village, "k9", department="housing", number=id_number(20))
    check(village, f"{HOME}-C1", "at_risk")
    village.clock.advance_to(date(2021, 7, 6))
    check(village, f"{OTHER}-C1")
    village.call(CADRE, "close_clue", clue=f"{OTHER}-C1", outcome="no_risk", reason="住房安全")
    period = {"region": "430426", "since": "2021-07-01", "until": "2021-07-31"}
    health, housing = village.call(COUNTY, "department_quality", **period)
    assert (health["department"], health["true"], health["precision"]) == ("health_insurance", 1, "1.000")
    assert (housing["no_risk"], housing["precision"], housing["missed"]) == (1, "0.000", 0)
    speed = village.call(COUNTY, "response_speed", **period)
    assert (speed["total"]["in_time"], speed["total"]["late"], speed["total"]["share"]) == (1, 1, "0.500")
    assert speed["by_village"][VILLAGE]["clues"] == 2
    assert village.call(COUNTY, "response_speed", **period | {"until": "2021-07-04"})["total"]["clues"] == 0
    with pytest.raises(BadRequest):
        village.call(COUNTY, "channels", **period | {"until": "2021-06-30"})
