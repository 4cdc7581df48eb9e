"""Forms filled from the case over the real store: what is known is filled in (K-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.documents import pdf, read_description, word
from shouwang.documents.filling import copies
from shouwang.documents.markup import markup
from shouwang.errors import BadRequest, Forbidden, NotFound, Unavailable
from shouwang.sealing import open_sealed
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.documents import comparing
from tests.services.monitoring.documents.desk import PAIR, PLAN, asked, one, printed
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import BETTER, COMMITTEE, COUNTY, HEAD, HOME, TOWN, papers, take


def in_removal(county: County) -> str:
    """A household included in July, whose removal stands before the town in March."""
    steps.include(county)
    county.bus.answer("assistance", "plans", [PLAN])
    county.clock.advance_to(date(2022, 3, 2))
    judged = {"collected_on": "2022-03-02", "income_stable": True, "spending_controlled": True}
    opened = county.call(COMMITTEE, "propose_removal", household=HOME, way="helped", record=judged)
    people = [*steps.CHECKERS, steps.person(HEAD, roles.HOUSEHOLD)]
    names = papers("measures_record", "removal_assessment")
    take(county, TOWN, opened["case"], "household_check", "pass", papers=names, people=people, record=BETTER)
    steps.appraise(county, opened["case"])
    return str(opened["case"])


def text_of(answer: dict[str, Any]) -> str:
    """What the drawn docx says."""
    form = read_description(answer["description"])
    return comparing.docx_text(word.render(copies(form, answer["sheets"][0]["values"])))


@pytest.mark.rule("K-02", "M-14", "I-01")
def test_the_application_is_prefilled_and_left_to_be_signed(county):
    county.import_rows(household(1, 2))
    steps.apply(county, risks=["illness", "water"])
    values = one(county, "application", households=[HOME])
    assert (values["name"], values["id_number"], values["size"]) == ("测试甲", id_number(10), 3)
    assert values["reasons"] == ["illness", "water"]
    assert values["signed"] is values["signed_on"] is None
    said = text_of(printed(county, "application", households=[HOME]))
    assert "我家因④⑥存在返贫致贫风险" in said
    assert "申请人签字（按手印）：年月日" in said


@pytest.mark.rule("K-02", "M-02", "M-13")
def test_the_information_record_holds_the_parts_that_the_phase_has_reached(county):
    county.import_rows(household(1, 2))
    case = steps.apply(county)["case"]
    steps.check(county, case)
    values = one(county, "information", households=[HOME])
    assert [member["A5"] for member in values["members"]] == ["测试甲"] * 3
    assert values["members"][0]["A8"] == "本人或户主"
    assert (values["A28"], values["A33"], values["A34"]) == (1200000, 1800000, 600000)
    assert values["A38"] == 296000
    assert (values["A3"], values["A53"], values["A54"]) == (None, None, None)
    assert not any(values[f"A{number}"] for number in range(39, 53))


@pytest.mark.rule("K-02", "M-13")
def test_after_removal_parts_six_and_seven_are_filled(county):
    case = in_removal(county)
    county.clock.advance_to(steps.post_notice(county, case, "n-2"))
    steps.review(county, case, "removal_assessment")
    take(county, COUNTY, case, "county_decision", "remove")
    values = one(county, "information", households=[HOME])
    assert values["A3"] == "unstable_ex_poor"
    assert values["A45"] == ["A45-02"]
    assert values["A40"] == []
    assert (values["A53"], values["A54"]) == ("helped", "2022-03-10")
    answer = printed(county, "information", households=[HOME])
    assert "☑帮扶消除　□自然消除" in markup(copies(read_description(answer["description"]), values), [])


@pytest.mark.rule("K-04", "I-04", "M-14")
def test_the_approval_says_who_agreed_in_which_function_and_comes_in_two_copies(county):
    county.import_rows(household(1, 2))
    case = steps.up_to_the_county(county)
    answer = printed(county, "approval", households=[HOME])
    values = answer["sheets"][0]["values"]
    assert (values["states"], values["risks"]) == (["income"], ["illness"])
    assert (values["checked_on"], values["appraised_on"]) == ("2021-07-05", "2021-07-05")
    assert values["reviewed_on"] == "2021-07-13"
    assert "乡镇党委书记" in values["reviewed_by"]
    assert "乡镇长" in values["reviewed_by"]
    assert (values["decided_on"], values["decided_by"]) == (None, None)
    both = copies(read_description(answer["description"]), values)
    assert [copy.mark for copy in both] == ["乡镇（街道）存", "村（居）委会存"]
    take(county, COUNTY, case, "county_decision", "include")
    assert one(county, "approval", households=[HOME])["decided_on"] == "2021-07-13"


@pytest.mark.rule("K-02")
def test_a_step_that_was_sent_back_is_not_printed_as_agreed(county):
    county.import_rows(household(1, 2))
    case = steps.up_to_the_county(county)
    take(county, COUNTY, case, "county_decision", "send_back", reason="再核实", to="household_check")
    values = one(county, "approval", households=[HOME])
    assert [values[f"{name}_on"] for name in ("checked", "appraised", "reviewed", "decided")] == [None] * 4


@pytest.mark.rule("K-02")
def test_a_refusal_is_said_and_leaves_the_agreement_unsigned(county):
    county.import_rows(household(1, 2))
    better = steps.POOR | {"figures": steps.POOR["figures"] | {"wages": 9000000}, "risks": []}
    case = steps.apply(county)["case"]
    steps.check(county, case, better)
    take(
        county,
        COMMITTEE,
        case,
        "village_appraisal",
        "refuse",
        reason="收入较高",
        people=steps.ASSEMBLY,
        papers=papers("meeting_record"),
        meeting=steps.against(county.clock.today()),
    )
    values = one(county, "approval", households=[HOME])
    assert values["appraised_on"] is None
    assert "不予通过" in values["appraised_by"]


@pytest.mark.rule("K-02", "A-09")
def test_the_measures_record_lists_every_measure_and_who_is_silent(county):
    in_removal(county)
    values = one(county, "measures")
    (row,) = values["rows"]
    assert (
        row["measures"] == "健康帮扶：大病保险（2021年8月20日落实，1,200 元）；"
        "就业帮扶：技能培训（待落实，2021年9月30日前）；待部门反馈"
    )
    assert (row["delivered"], row["removed"]) == (None, True), "no 是 beside a measure that is owed"
    assert row["remark"] == "帮扶台账尚有 1 项措施未经农户确认，是否落实请核实后填写"
    assert row["contact"] is None
    assert values["appraised_on"] == "2022年3月2日"


@pytest.mark.rule("A-09")
def test_when_assistance_does_not_answer_the_measures_wait_for_the_departments(county):
    in_removal(county)
    county.bus.answer("assistance", "plans", Unavailable("没有应答", code="bus.timeout"))
    (row,) = one(county, "measures")["rows"]
    assert (row["measures"], row["delivered"]) == ("待部门反馈", None)
    assert row["remark"] == "帮扶台账没有答复，措施是否落实请核实后填写"


CONFIRMED, OPEN = PLAN["tasks"]


@pytest.mark.rule("A-09", "R-01", "R-03")
@pytest.mark.parametrize(
    ("plans", "delivered", "said"),
    [
        ([PLAN | {"tasks": [CONFIRMED]}], True, 1),
        ([PLAN | {"tasks": [CONFIRMED | {"status": "delivered"}]}], None, 1),
        ([PLAN | {"tasks": []}], True, 1),
        ([], True, 1),
        ([PLAN | {"tasks": [OPEN]}, PLAN | {"plan": "later", "tasks": [CONFIRMED]}], None, 2),
        ([PLAN | {"tasks": [OPEN], "status": "ended"}, PLAN | {"plan": "l", "tasks": [CONFIRMED]}], True, 1),
    ],
)
def test_the_appraisal_is_printed_as_yes_only_where_the_ledger_bears_it_out(county, plans, delivered, said):
    in_removal(county)
    county.bus.answer("assistance", "plans", plans)
    (row,) = one(county, "measures")["rows"]
    assert (row["delivered"], row["removed"], row["remark"] is None) == (delivered, True, bool(delivered))
    assert row["measures"].count("帮扶：") == said * bool(plans and plans[0]["tasks"])
    (public,) = county.call(steps.CADRE, "public_form", region=VILLAGE)["sheets"][0]["values"]["rows"]
    assert (public["delivered"], public["remark"]) == (delivered, row["remark"])


@pytest.mark.rule("N-02")
def test_the_public_version_shows_no_name_phone_or_illness(county):
    in_removal(county)
    found = county.call(steps.CADRE, "public_form", region=VILLAGE)
    shown = str(found["sheets"])
    (row,) = found["sheets"][0]["values"]["rows"]
    assert (row["name"], row["phone"]) == ("测**", None)
    assert row["risks"] == "其他（内容不公开）"
    for hidden in ("测试甲", "因病", "大病", "健康", "0734", id_number(10), "1,200"):
        assert hidden not in shown


def test_without_a_removal_there_is_nothing_to_publish(county):
    with pytest.raises(NotFound) as refused:
        county.call(steps.CADRE, "public_form", region=VILLAGE)
    assert refused.value.code == "documents.nothing"


@pytest.mark.rule("K-04", "R-01", "R-02")
def test_the_assessment_holds_the_grounds_and_the_household_that_signed(county):
    in_removal(county)
    values = one(county, "assessment", households=[HOME])
    assert values["grounds"].startswith("标准核对：")
    assert "四项标准全部达到" in values["grounds"]
    assert "未触及消除底线" in values["grounds"]
    assert values["agreed_on"] == "2022-03-02"
    assert HEAD in values["agreed_by"]
    assert HEAD not in values["checked_by"]
    assert (values["states"], values["risks"], values["notice_days"]) == ([], ["illness"], 7)
    assert "才可上报县级审批" in text_of(printed(county, "assessment", households=[HOME]))


@pytest.mark.rule("K-02")
def test_every_print_is_on_record_and_leaves_no_person_behind(county):
    county.import_rows(household(1, 2))
    printed(county, "application", households=[HOME])
    read = county.reads.of_subject(HOME)[-1]
    assert (read["purpose"], read["actor"]["id"]) == ("打印附件1：测试打印", COUNTY.id)
    (kept,) = county.call(actor(roles.AUDITOR), "printings", region="430426")
    assert (kept["form"], kept["households"]) == ("application", [HOME])
    assert "测试甲" not in str(kept)


def test_a_repeated_print_is_kept_once(county):
    county.import_rows(household(1, 2))
    for _ in range(2):
        county.call(COUNTY, "print_forms", request_id="r-1", **asked("application", households=[HOME]))
    assert len(county.call(COUNTY, "printings", region=VILLAGE)) == 1


@pytest.mark.parametrize(
    "role", [roles.AUDITOR, roles.CONTACT_PERSON, roles.HOUSEHOLD, roles.DEPARTMENT_OFFICER]
)
def test_only_village_town_and_county_print_persons(county, role):
    with pytest.raises(Forbidden):
        county.call(actor(role), "print_forms", **asked("application", households=[HOME]))


def test_another_village_is_out_of_reach(county):
    stranger = actor(roles.VILLAGE_CADRE, region="430426100002")
    with pytest.raises(Forbidden):
        county.call(stranger, "print_forms", **asked("application"))
    with pytest.raises(BadRequest) as refused:
        county.call(COUNTY, "print_forms", **asked("application", households=["430426100002-0001"]))
    assert refused.value.code == "documents.other_region"


def test_a_village_comes_page_by_page_and_bad_households_are_reported(county):
    county.import_rows([row for number in range(1, 6) for row in household(number, number * 3)])
    first = printed(county, "application", which="all", limit=2)
    assert [sheet["household"] for sheet in first["sheets"]] == [f"{VILLAGE}-000{n}" for n in (1, 2)]
    last = printed(county, "application", which="all", limit=2, after=f"{VILLAGE}-0004")
    assert ([sheet["household"] for sheet in last["sheets"]], last["next"]) == ([f"{VILLAGE}-0005"], None)
    bad = printed(county, "approval", households=[HOME, f"{VILLAGE}-0099"])
    assert {one["code"] for one in bad["problems"]} == {"documents.no_case", "documents.no_household"}


def test_what_was_sealed_opens_for_nobody_else(county):
    county.import_rows(household(1, 2))
    answer = county.call(COUNTY, "print_forms", **asked("application", households=[HOME]))
    assert "测试甲" not in str(answer)
    with pytest.raises(BadRequest):
        open_sealed(county.keys.sealing.private, answer["sealed"])
    assert open_sealed(PAIR.private, answer["sealed"])["sheets"]


def test_a_filled_form_becomes_a_pdf(county):
    county.import_rows(household(1, 2))
    answer = printed(county, "information", households=[HOME])
    form = read_description(answer["description"])
    assert pdf.render(copies(form, answer["sheets"][0]["values"])).startswith(b"%PDF")
