"""After the county's decision: export, entry confirmed, outstanding ones, two lists reconciled (I-05)."""

import base64
import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from shouwang.access import roles
from shouwang.documents import workbook
from shouwang.errors import BadRequest, Conflict, Forbidden, NotFound
from shouwang.sealing import KeyPair, open_sealed, seal
from shouwang.testing import actor

from services.monitoring.handlers.proceedings.sheets import read_sheet
from tests.services.monitoring import steps
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import COUNTY, HOME, TOWN, take

PLACE = "430426100"
HEADINGS = ["户编号", "证件号码", "监测对象类型", "纳入日期", "是否消除风险", "风险消除时间", "备注"]
MINE = ["N-0001", id_number(10), "脱贫不稳定户", "2021.07.13", "否", "", "x"]


@pytest.fixture
def case(county):
    return steps.include(county)


def export(county, **changes):
    pair = KeyPair.generate()
    given = {"region": PLACE, "since": "2021-07-01", "until": "2021-07-31", "reader_key": pair.public_text}
    answer = county.call(TOWN, "national_export", **(given | changes))
    return answer, open_sealed(pair.private, answer["sealed"])


def confirm(county, case, **changes):
    given = {"case": case, "number": "N-0001", "on": county.clock.today().isoformat()} | changes
    return county.call(TOWN, "confirm_national_entry", **given)


def listed(*rows, headings=HEADINGS):
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return base64.b64encode(text.getvalue().encode("gb18030")).decode()


def reconcile(county, *rows, content=None, name="导出.csv", **more):
    content = listed(*rows) if content is None else content
    sealed = seal(county.keys.sealing.public, {"name": name, "content": content})
    return county.call(TOWN, "reconcile_national", region=PLACE, sealed=sealed, **more)


@pytest.mark.rule("I-05", "K-02")
def test_the_export_holds_every_field_of_every_person_and_only_sealed(county, case):
    answer, content = export(county)
    assert (answer["cases"], answer["rows"], answer["more"]) == ([case], 3, False)
    assert id_number(10) not in str(answer)
    first = content["rows"][0]
    assert (first["事项"], first["户号"], first["监测对象类型"]) == ("录入监测对象", HOME, "脱贫不稳定户")
    assert (first["身份证（残疾人证）号码"], first["姓名"], first["纳入日期"]) == (
        id_number(10),
        "测试甲",
        "2021-07-13",
    )
    assert (first["工资性收入（元）"], first["风险类型"], first["民族"]) == ("12000.00", "因病", "汉族")
    assert (first["务工时间（月）"], first["是否特困供养人员"], first["自然灾害类型"]) == ("3.5", "否", "")
    assert county.reads.of_subject(HOME)[-1]["purpose"] == "导出录入全国系统"


@pytest.mark.rule("I-05")
def test_the_sheet_says_the_same_as_the_rows_and_numbers_stay_text(county, case):
    _, content = export(county)
    drawn = workbook.plain(content["title"], content["headings"], content["rows"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(drawn))
    headings, *rows = book.get_sheet_by_index(0).to_python()
    assert headings == content["headings"]
    assert [dict(zip(headings, row, strict=True)) for row in rows] == content["rows"]


def test_a_cell_that_looks_like_a_formula_stays_text():
    drawn = base64.b64encode(workbook.plain("录入表", ["备注"], [{"备注": "=1+1"}])).decode()
    headings, rows = read_sheet("a.xlsx", drawn)
    assert (headings, rows) == (["备注"], [{"row": 2, "cells": {"备注": "=1+1"}}])


@pytest.mark.rule("I-05")
def test_only_the_town_officer_gets_the_export(county):
    given = {"region": PLACE, "since": "2021-07-01", "until": "2021-07-31", "reader_key": "x"}
    for who in (COUNTY, steps.CADRE, actor(roles.AUDITOR)):
        with pytest.raises(Forbidden):
            county.call(who, "national_export", **given)


@pytest.mark.rule("I-05")
def test_what_was_decided_in_another_period_or_is_confirmed_is_not_exported(county, case):
    assert export(county, since="2021-07-14")[0]["cases"] == []
    assert export(county, until="2021-07-12")[0]["cases"] == []
    confirm(county, case)
    assert export(county)[0]["cases"] == []
    assert export(county, all=True)[0]["cases"] == [case]


@pytest.mark.rule("I-05")
def test_no_decision_is_lost_behind_a_page_of_other_days(county, case):
    """The days are asked of the store: a page full of earlier decisions must not look like the end."""
    county.import_rows(household(2, 5), digest="ef" * 8)
    later = steps.apply(county, home=f"{HOME[:-4]}0002")["case"]
    agg = county.store.cases.get(later)
    agg.state["national"] = {**county.store.cases.get(case).state["national"], "since": "2021-07-20"}
    county.context(COUNTY).save(county.store.cases, agg, "made decided for the list")
    assert export(county, since="2021-07-14", limit=1)[0]["cases"] == [later]


@pytest.mark.rule("I-05", "N-03")
def test_an_entry_is_owed_until_it_is_confirmed_and_overdue_ones_are_told_upwards_once(county, case):
    county.clock.advance_to(date(2021, 7, 24))
    (owed,) = county.call(COUNTY, "national_outstanding", region="430426")
    assert (owed["kind"], owed["due_on"], owed["age"], owed["overdue"]) == (
        "inclusion",
        "2021-07-23",
        11,
        True,
    )
    steps.proceedings_day(county)
    steps.proceedings_day(county)
    told = [data for type, data in county.events() if data.get("title") == "国家系统录入逾期"]
    assert sorted(one["role"] for one in told) == ["county_officer", "town_officer"]
    done = confirm(county, case, on="2021-07-20")
    assert (done["status"], done["number"], done["entered_on"]) == ("confirmed", "N-0001", "2021-07-20")
    assert (done["confirmed_by"], done["confirmed_on"]) == (TOWN.id, "2021-07-24")
    assert county.call(COUNTY, "national_outstanding", region="430426") == []


@pytest.mark.rule("I-05")
def test_an_entry_is_confirmed_once_and_not_ahead(county, case):
    with pytest.raises(BadRequest) as error:
        confirm(county, case, on="2021-07-14")
    assert error.value.code == "national.day"
    confirm(county, case)
    with pytest.raises(Conflict) as error:
        confirm(county, case)
    assert error.value.code == "national.confirmed"


def test_a_case_without_a_decision_owes_no_entry(county):
    county.import_rows(household(1, 2))
    opened = steps.apply(county)["case"]
    with pytest.raises(NotFound) as error:
        confirm(county, opened)
    assert error.value.code == "national.nothing_owed"


@pytest.mark.rule("I-05")
def test_two_lists_that_agree_leave_nothing_to_do(county, case):
    found = reconcile(county, MINE)
    assert (found["rows"], found["same"], found["matters"], found["problems"]) == (1, 1, [], [])


@pytest.mark.rule("I-05")
def test_what_differs_is_resolved_matter_by_matter(county, case):
    other = [*MINE[:2], "边缘易致贫户", "2021-07-14", "否", "", ""]
    stranger = ["N-9", id_number(99), "边缘易致贫户", "2021-07-14", "否", "", ""]
    wrong = ["N-8", "", "边缘易致贫户", "2021-07-14", "否", "", ""]
    found = reconcile(county, other, stranger, wrong)
    assert found["problems"] == [{"row": 4, "column": "证件号码", "problem": "“证件号码”没有填写"}]
    kinds = {one["kind"]: one for one in found["matters"]}
    assert set(kinds) == {"differs", "only_there"}
    assert kinds["differs"]["ours"] == {"category": "unstable_ex_poor", "since": "2021-07-13"}
    assert id_number(99) not in str(found)
    for one in found["matters"]:
        given = {"reconciliation": found["reconciliation"], "matter": one["matter"], "how": "corrected_there"}
        found = county.call(TOWN, "resolve_matter", **given)
    assert found["open"] == 0
    assert found["matters"][0]["resolution"]["by"] == TOWN.id
    assert county.call(COUNTY, "reconciliations", region="430426") == []
    with pytest.raises(Conflict) as error:
        county.call(TOWN, "resolve_matter", **given)
    assert error.value.code == "national.matter_resolved"


@pytest.mark.rule("I-05")
def test_a_household_that_was_never_entered_is_only_here(county, case):
    (matter,) = reconcile(county)["matters"]
    assert (matter["kind"], matter["household"]) == ("only_here", HOME)


@pytest.mark.rule("I-05")
def test_a_removed_household_must_be_removed_there_too_on_the_same_day(county, case):
    from tests.services.monitoring.proceedings.test_removal import up_to_the_county

    county.clock.advance_to(date(2022, 3, 2))
    take(county, COUNTY, up_to_the_county(county), "county_decision", "remove")
    (matter,) = reconcile(county, MINE)["matters"]
    assert matter["ours"] == {"removed": True, "removed_on": "2022-03-10"}
    assert reconcile(county, [*MINE[:4], "是", "2022.03.10", ""])["matters"] == []


def test_the_same_request_reconciles_once(county, case):
    first = reconcile(county, request_id="r-1")
    assert reconcile(county, MINE, request_id="r-1") == first


UNREADABLE = [
    ("%%%", "a.csv", "list.file"),
    (base64.b64encode(b"no workbook").decode(), "a.xlsx", "list.file"),
    (base64.b64encode(b"").decode(), "a.csv", "list.file"),
    (base64.b64encode(b"\xff\xfe\xff").decode(), "a.csv", "list.file"),
    (listed(headings=["户编号", "证件号码"]), "a.csv", "list.columns"),
]


def test_a_file_that_cannot_be_read_says_what_to_do(county):
    for content, name, code in UNREADABLE:
        with pytest.raises(BadRequest) as error:
            reconcile(county, content=content, name=name)
        assert (error.value.code, bool(error.value.remedy)) == (code, True)
