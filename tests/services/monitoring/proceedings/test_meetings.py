"""The appraisal meeting on a real store: its record, who signs, coded reasons of send-backs and refusals."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Refused

from tests.services.monitoring import steps
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import ATTENDED, COMMITTEE, COUNTY, POOR, TOWN, apply, take

TODAY = date(2021, 7, 5)


@pytest.fixture
def case(county):
    county.import_rows(household(1, 2))
    opened = apply(county)["case"]
    steps.check(county, opened)
    return opened


def refused(county, case, **changes):
    with pytest.raises(Refused) as refusal:
        steps.appraise(county, case, **changes)
    return refusal.value


@pytest.mark.rule("I-03", "R-03")
def test_a_meeting_without_one_of_the_four_functions_decides_nothing(county, case):
    for absent in ATTENDED:
        there = [one for one in ATTENDED if one is not absent]
        signs = absent["person_ref"] in {one["person_ref"] for one in steps.ASSEMBLY}
        changes = {"attended": there, "invited": 3, "in_favour": 3, "chair": there[0]["person_ref"]}
        error = refused(county, case, meeting=steps.meeting(TODAY, **changes))
        assert error.code == ("meeting.signer_absent" if signs else "meeting.not_in_order")
    assert county.call(COUNTY, "case", case=case)["step"] == "village_appraisal"


@pytest.mark.rule("I-03")
def test_the_refusal_says_in_chinese_who_is_lacking(county, case):
    changes = {"attended": ATTENDED[:3], "invited": 3, "in_favour": 3}
    error = refused(county, case, meeting=steps.meeting(TODAY, **changes))
    assert "评议组缺村（居）民小组党员代表" in error.message
    assert error.reasons[0]["source"].startswith("湘委乡振组发〔2021〕1号")


UNSOUND = [
    ({"in_favour": 5}, "meeting.not_in_order"),
    ({"in_favour": 2, "against": 2}, "meeting.not_in_order"),
    ({"invited": 7}, "meeting.not_in_order"),
    ({"chair": "somebody-else"}, "meeting.signer_absent"),
    ({"held_on": "2021-07-04"}, "meeting.day"),
    ({"held_on": "2021-07-06"}, "meeting.day"),
]


@pytest.mark.rule("I-03")
def test_what_makes_a_meeting_unsound(county, case):
    for changes, code in UNSOUND:
        assert refused(county, case, meeting=steps.meeting(TODAY, **changes)).code == code


@pytest.mark.rule("I-03")
def test_an_appraisal_without_the_content_of_its_record_is_refused(county, case):
    assert refused(county, case, meeting=None).code == "meeting.missing"


@pytest.mark.rule("I-03")
def test_whoever_signs_the_record_was_there(county, case):
    people = [steps.person("not-there", roles.VILLAGE_TEAM), *steps.ASSEMBLY[1:]]
    assert refused(county, case, people=people).code == "meeting.signer_absent"


@pytest.mark.rule("I-03")
def test_a_meeting_that_agreed_cannot_refuse_and_one_that_did_not_cannot_pass(county):
    county.import_rows(household(1, 2))
    case = apply(county)["case"]
    rich = POOR | {"figures": POOR["figures"] | {"wages": 6_000_000}, "difficulty": False}
    steps.check(county, case, rich)
    given = {"people": steps.ASSEMBLY, "reason": "收入高于基准线", "reason_code": "meeting_against"}
    with pytest.raises(Refused) as refusal:
        take(county, COMMITTEE, case, "village_appraisal", "refuse", meeting=steps.meeting(TODAY), **given)
    assert refusal.value.code == "meeting.not_in_order"
    assert refused(county, case, meeting=steps.against(TODAY)).code == "meeting.not_in_order"
    done = take(county, COMMITTEE, case, "village_appraisal", "refuse", meeting=steps.against(TODAY), **given)
    assert (done["status"], done["entries"][-1]["reason_code"]) == ("refused", "meeting_against")


@pytest.mark.rule("I-03", "R-05")
def test_the_record_stays_with_the_case_by_function_and_never_in_clear(county, case):
    done = steps.appraise(county, case)
    entry = done["entries"][-1]
    assert [one["function"] for one in entry["meeting"]["attended"]] == [one["function"] for one in ATTENDED]
    assert (entry["meeting"]["in_favour"], entry["meeting"]["place"]) == (4, "村部")
    assert "评议会议有效" in entry["told"][0]
    assert "评议通过" in entry["told"][1]
    stored = str(county.db.collection("cases").find_one({"_id": case})["state"]["attached"])
    assert "member-8" not in stored


@pytest.mark.rule("R-05")
def test_a_signature_has_a_function_and_a_day(county):
    county.import_rows(household(1, 2))
    case = apply(county)["case"]
    people = [steps.CHECKERS[0] | {"on": "2021-07-04"}, steps.CHECKERS[1]]
    seen = steps.check(county, case, people=people)["entries"][-1]["people"]
    assert [(one["role"], one["on"]) for one in seen] == [
        ("town_officer", "2021-07-04"),
        ("village_team", "2021-07-05"),
    ]
    with pytest.raises(BadRequest) as error:
        steps.appraise(county, case, people=[one | {"on": "2021-07-06"} for one in steps.ASSEMBLY])
    assert error.value.code == "case.signed_later"


@pytest.mark.rule("I-05")
def test_a_send_back_has_a_coded_reason_besides_its_text(county, case):
    given = {"reason": "人口登记有误", "reason_code": "members_wrong"}
    back = take(county, COMMITTEE, case, "village_appraisal", "send_back", **given)
    assert (back["step"], back["entries"][-1]["reason_code"]) == ("household_check", "members_wrong")


@pytest.mark.rule("I-05")
def test_a_reason_without_a_code_counts_as_other_and_a_strange_one_is_refused(county, case):
    with pytest.raises(BadRequest) as error:
        take(county, COMMITTEE, case, "village_appraisal", "send_back", reason="x", reason_code="whatever")
    assert (error.value.code, "income_wrong" in error.value.remedy) == ("case.unknown_reason", True)
    back = take(county, COMMITTEE, case, "village_appraisal", "send_back", reason="补材料")
    assert back["entries"][-1]["reason_code"] == "other"


def test_what_does_not_belong_to_a_step_is_refused_at_once(county, case):
    with pytest.raises(BadRequest) as error:
        take(county, TOWN, case, "town_review", "pass", meeting=steps.meeting(TODAY))
    assert error.value.code == "meeting.not_here"
    with pytest.raises(BadRequest) as error:
        steps.appraise(county, case, reason_code="other")
    assert error.value.code == "case.reason_code_not_here"
