"""A worklist goes out as xlsx, is filled in, comes back row by row; nothing is overwritten (D-02, D-03)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.cli.worklist_book import GUIDE, write_book
from shouwang.cli.worklist_file import read_book
from shouwang.errors import BadRequest, Forbidden
from shouwang.sealing import KeyPair, open_sealed, seal
from shouwang.testing import actor

from tests.services.monitoring.care import pencil
from tests.services.monitoring.care.conftest import OTHER, include
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME, TOWN

PAIR = KeyPair.generate()
THIRD = f"{VILLAGE}-0003"
DAY = date(2021, 7, 5)
VISIT = {"走访日期": DAY, "了解内容": "以上全部", "家庭变化": "无明显变化"}
EVALUATION = {
    "原风险仍在": "是",
    "三保障饮水有保障": "是",
    "收入稳定": "是",
    "措施有效": "是",
    "新发现风险": "无",
}


@pytest.fixture
def village(village):
    village.import_rows(household(3, 8, group="", wages=""), digest="cd" * 8)
    for number, home in enumerate((HOME, OTHER, THIRD)):
        include(village, home, village.clock.today())
        named = {"person": f"contact-{number}", "org": "县民政局", "level": "county"}
        village.call(TOWN, "assign_contact", household=home, **named)
    return village


def made(county, who=CADRE, **more):
    sheet = county.call(who, "make_sheet", village=VILLAGE, key=PAIR.public_text, **more)
    return open_sealed(PAIR.private, sheet["sealed"])


def tables(county, **more):
    return pencil.opened(write_book(made(county, **more)))


def read_back(county, path, *decided, who=CADRE):
    sheet, rows = read_book(path)
    sealed = seal(county.keys.sealing.public, rows)
    given = {"sheet": sheet, "sealed": sealed, "key": PAIR.public_text, "decided": list(decided)}
    report = county.call(who, "read_sheet", **given)
    return report, open_sealed(PAIR.private, report["sealed"])


def codes(report):
    return [(one["kind"], one["row"], one["code"]) for one in report["rows"]]


def due(county):
    return {one["household"] for one in county.call(TOWN, "evaluations", region=VILLAGE, status="due")}


@pytest.mark.rule("D-02", "D-03", "M-02")
def test_what_is_filled_in_goes_in_by_the_same_handlers_and_what_is_left_blank_stays_due(village, tmp_path):
    book = tables(village)
    pencil.fill(book, "走访", 0, **VISIT)
    pencil.fill(book, "季度评估", 1, **EVALUATION, 结论="帮扶有效，继续落实")
    items = [line[5] for line in pencil.lines(book, "登记表补缺")]
    pencil.fill(book, "登记表补缺", items.index("村民小组"), 填写内容="第五组")
    pencil.fill(book, "登记表补缺", items.index("工资性收入（元）"), 填写内容="18000.50")
    report, conflicts = read_back(village, pencil.saved(book, tmp_path / "填好.xlsx"))
    assert (report["taken"], report["refused"], report["conflicts"], conflicts) == (4, 0, 0, [])
    assert village.call(TOWN, "contact", household=HOME)["last_visit_on"] == "2021-07-05"
    assert due(village) == {HOME, THIRD}
    third = village.call(TOWN, "household", household=THIRD)
    assert (third["group"], third["figures"]["wages"]["fen"], third["unknown"]) == ("第五组", 1800050, [])
    again, _ = read_back(village, tmp_path / "填好.xlsx")
    assert (again["taken"], again["unchanged"], again["blank"]) == (0, 4, report["blank"])
    assert village.call(TOWN, "contact", household=HOME)["visited"] == 1


@pytest.mark.rule("D-03")
def test_a_wrong_row_is_reported_with_its_number_and_column_and_the_good_ones_go_in(village, tmp_path):
    book = tables(village)
    pencil.fill(book, "走访", 0, **VISIT | {"走访日期": date(2021, 7, 6)})
    pencil.fill(book, "走访", 1, **VISIT | {"家庭变化": "好多了"})
    pencil.fill(book, "走访", 2, **VISIT)
    pencil.fill(book, "季度评估", 0, **EVALUATION | {"措施有效": ""}, 结论="帮扶有效，继续落实")
    pencil.fill(book, "季度评估", 1, **EVALUATION, 结论="措施效果不足，调整措施")
    items = [line[5] for line in pencil.lines(book, "登记表补缺")]
    pencil.fill(book, "登记表补缺", items.index("工资性收入（元）"), 填写内容="一万八")
    report, _ = read_back(village, pencil.saved(book, tmp_path / "填好.xlsx"))
    assert codes(report) == [
        ("visit", 5, "care.cell_future"),
        ("visit", 6, "care.cell_choice"),
        ("evaluation", 5, "care.cell_empty"),
        ("evaluation", 6, "care.reason_wanted"),
        ("cells", 5 + items.index("工资性收入（元）"), "roster.not_a_number"),
    ]
    assert [one["column"] for one in report["rows"][:3]] == ["走访日期", "家庭变化", "措施有效"]
    assert all(one["remedy"] for one in report["rows"])
    assert report["taken"] == 1
    assert "好多了" not in str(report) and "一万八" not in str(report)


def test_rows_twice_altered_moved_or_of_another_sheet_are_refused(village, tmp_path):
    book, other = tables(village), tables(village)
    rows = book["走访"]
    pencil.fill(book, "走访", 0, **VISIT)
    rows.append([*rows[4]])
    pencil.fill(book, "走访", 1, **VISIT, 户编号=HOME)
    pencil.fill(book, "走访", 2, **VISIT)
    rows[6][0] = rows[6][0][:-1] + ("0" if rows[6][0][-1] != "0" else "1")
    pencil.fill(other, "走访", 0, **VISIT)
    rows.append([*other["走访"][4]])
    rows.append(["", HOME, "手写的一行"])
    report, _ = read_back(village, pencil.saved(book, tmp_path / "填好.xlsx"))
    assert codes(report) == [
        ("visit", 6, "care.row_moved"),
        ("visit", 7, "care.row_altered"),
        ("visit", 8, "care.row_twice"),
        ("visit", 9, "care.row_foreign"),
        ("visit", 10, "care.row_foreign"),
    ]
    assert report["taken"] == 1


@pytest.mark.rule("D-02", "D-03")
def test_what_changed_meanwhile_is_shown_with_both_values_and_overwritten_only_when_decided(
    village, tmp_path
):
    book = tables(village)
    pencil.fill(book, "走访", 0, **VISIT)
    pencil.fill(book, "季度评估", 0, **EVALUATION | {"措施有效": "否"}, 结论="措施效果不足，调整措施")
    items = [line[5] for line in pencil.lines(book, "登记表补缺")]
    group = items.index("村民小组")
    pencil.fill(book, "登记表补缺", group, 填写内容="第五组")
    path = pencil.saved(book, tmp_path / "填好.xlsx")
    visit = {"household": HOME, "on": "2021-07-05", "looked": ["income"], "change": "worse"}
    village.call(CADRE, "record_contact_visit", **visit)
    made = {
        "household": HOME,
        "quarter": "2021Q3",
        "risk_stands": True,
        "secured": True,
        "income_stable": True,
    }
    village.call(TOWN, "evaluate", **made, measures_work=True, new_risks=[], conclusion="effective")
    sealed = seal(village.keys.sealing.public, {"text": "第四组"})
    village.call(CADRE, "fill_cell", household=THIRD, path="group", sealed=sealed)
    report, conflicts = read_back(village, path)
    assert (report["taken"], report["conflicts"]) == (0, 3)
    assert [(one["kind"], one["in_system"]) for one in conflicts] == [
        ("visit", "上次走访：2021-07-05，共 1 次"),
        ("evaluation", "帮扶有效，继续落实"),
        ("cells", "第四组"),
    ]
    assert "第五组" in conflicts[2]["in_sheet"] and "第五组" not in str(report)
    assert village.call(TOWN, "household", household=THIRD)["group"] == "第四组"
    decided = [{"kind": "cells", "row": 5 + group}, {"kind": "evaluation", "row": 5}]
    report, _ = read_back(village, path, *decided)
    assert (report["taken"], report["conflicts"]) == (2, 1)
    assert village.call(TOWN, "household", household=THIRD)["group"] == "第五组"
    evaluated = village.call(TOWN, "evaluation", household=HOME, quarter="2021Q3")
    assert (evaluated["conclusion"], evaluated["corrected"]) == ("change", 1)


def test_a_row_that_was_taken_and_then_edited_is_asked_about(village, tmp_path):
    book = tables(village, kinds=["evaluation"])
    pencil.fill(book, "季度评估", 0, **EVALUATION, 结论="帮扶有效，继续落实")
    assert read_back(village, pencil.saved(book, tmp_path / "一.xlsx"))[0]["taken"] == 1
    pencil.fill(book, "季度评估", 0, 措施有效="否", 结论="措施效果不足，调整措施")
    path = pencil.saved(book, tmp_path / "二.xlsx")
    assert read_back(village, path)[0]["conflicts"] == 1
    assert read_back(village, path, {"kind": "evaluation", "row": 5})[0]["taken"] == 1
    evaluated = village.call(TOWN, "evaluation", household=HOME, quarter="2021Q3")
    assert (evaluated["conclusion"], evaluated["corrected"]) == ("change", 1)


def test_a_row_that_went_in_before_the_answer_was_lost_is_not_a_conflict(village, tmp_path):
    book = tables(village, kinds=["visit"])
    pencil.fill(book, "走访", 0, **VISIT)
    path = pencil.saved(book, tmp_path / "填好.xlsx")
    kept = village.store.worksheets.find(region=VILLAGE)[0]
    read_back(village, path)
    again = village.store.worksheets.get(kept.id)
    again.state["rows"] = kept.state["rows"]  # as if the last save had not arrived
    village.context(CADRE).save(village.store.worksheets, again, "test.lost")
    assert read_back(village, path)[0]["unchanged"] == 1
    assert village.call(TOWN, "contact", household=HOME)["visited"] == 1


def test_a_decision_on_a_conflict_that_nobody_has_seen_counts_for_nothing(village, tmp_path):
    book = tables(village, kinds=["visit"])
    pencil.fill(book, "走访", 0, **VISIT)
    path = pencil.saved(book, tmp_path / "填好.xlsx")
    visit = {"household": HOME, "on": "2021-07-05", "looked": ["income"], "change": "worse"}
    village.call(CADRE, "record_contact_visit", **visit)
    report, _ = read_back(village, path, {"kind": "visit", "row": 5})
    assert (report["taken"], report["conflicts"]) == (0, 1)


def test_a_sheet_is_made_for_its_own_village_expires_and_leaves_a_read_for_each_household(village, tmp_path):
    for who in (COUNTY, actor(roles.AUDITOR), actor(roles.VILLAGE_CADRE, region="430426100002")):
        with pytest.raises(Forbidden):
            made(village, who)
    book = tables(village)
    assert all(village.reads.of_subject(home)[-1]["purpose"] == "导出入户工作清单" for home in (HOME, OTHER))
    pencil.fill(book, "走访", 0, **VISIT)
    path = pencil.saved(book, tmp_path / "填好.xlsx")
    village.clock.advance_to(date(2021, 7, 19))
    village.day()
    assert read_back(village, path)[0]["taken"] == 1
    village.clock.advance_to(date(2021, 7, 20))
    village.day()
    with pytest.raises(BadRequest) as refusal:
        read_back(village, path)
    assert refusal.value.code == "care.sheet_expired"
    assert village.store.worksheets.find(region=VILLAGE)[0].state["rows"] is None


def test_names_stand_on_the_sheet_and_nowhere_in_clear(village):
    book = made(village)
    assert "测试甲" in str(book["kinds"])
    assert "测试甲" not in str(list(village.db.collection("worksheets").find({})))
    assert GUIDE in pencil.opened(write_book(book))


def test_what_is_no_sheet_is_refused(village):
    sheet = village.call(CADRE, "make_sheet", village=VILLAGE, key=PAIR.public_text)["sheet"]
    row = {"kind": "visit", "row": 5, "token": "x", "cells": {"户编号": 1}}
    for wrong in ({"a": 1}, [{"a": 1}], [row], [{**row, "cells": []}]):
        sealed = seal(village.keys.sealing.public, wrong)
        with pytest.raises(BadRequest) as refusal:
            village.call(CADRE, "read_sheet", sheet=sheet, sealed=sealed, key=PAIR.public_text)
        assert refusal.value.code == "care.sheet_form"
