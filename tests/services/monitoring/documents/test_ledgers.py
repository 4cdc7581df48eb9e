"""Ledgers over the real store: masked unless asked for by who works with the persons (N-02)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from shouwang.access import Actor, roles
from shouwang.documents import workbook
from shouwang.errors import Forbidden
from shouwang.sealing import open_sealed
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.documents.desk import PAIR, PLAN
from tests.services.monitoring.sheet import household, id_number
from tests.services.monitoring.steps import COUNTY, HOME

AUDITOR = actor(roles.AUDITOR)


def ledger(county: County, name: str, who: Actor = COUNTY, **more: Any) -> dict[str, Any]:
    given = {"ledger": name, "region": "430426", "key": PAIR.public_text, "purpose": "整理"} | more
    answer = county.call(who, "ledger", **given)
    return answer | {"content": open_sealed(PAIR.private, answer["sealed"])}


@pytest.mark.rule("K-01", "N-02")
def test_monitored_households_come_masked(county):
    steps.include(county)
    content = ledger(county, "monitored", AUDITOR)["content"]
    (row,) = content["rows"]
    assert (row["household"], row["name"], row["persons"]) == (HOME, "测**", 3)
    assert row["id_number"] == f"100000{'*' * 11}{id_number(10)[-1]}"
    assert (row["category"], row["risks"], row["able"]) == ("脱贫不稳定户", "因病", "是")
    assert (row["since"], row["left_out"]) == ("2021-07-13", "")
    assert county.reads.of_subject(HOME)[-1]["purpose"] == "监测对象台账：整理"


@pytest.mark.rule("N-02")
def test_only_village_town_and_county_see_names_in_full(county):
    steps.include(county)
    (row,) = ledger(county, "monitored", full=True)["content"]["rows"]
    assert (row["name"], row["id_number"]) == ("测试甲", id_number(10))
    with pytest.raises(Forbidden) as refused:
        ledger(county, "monitored", AUDITOR, full=True)
    assert refused.value.code == "documents.masked_only"


@pytest.mark.rule("K-01")
def test_a_ledger_comes_in_pages(county):
    county.import_rows([row for number in (1, 2, 3) for row in household(number, number * 3)])
    for number in (1, 2, 3):
        given = {"region": VILLAGE, "household": f"{VILLAGE}-000{number}", "risks": ["illness"]}
        county.call(steps.CADRE, "report_clue", channel="self_report", found_on="2021-07-05", **given)
    first = ledger(county, "clues", limit=2)
    assert (first["rows"], first["next"]) == (2, f"{VILLAGE}-0002-C1")
    last = ledger(county, "clues", limit=2, after=first["next"])
    assert (last["rows"], last["next"]) == (1, None)
    assert last["content"]["rows"][0]["status"] == "待响应"


@pytest.mark.rule("S-02")
def test_inspections_are_listed_against_the_registry(county):
    county.import_rows([row for number in (1, 2) for row in household(number, number * 3)])
    days = {"opens_on": "2021-07-05", "closes_on": "2021-07-31"}
    (opened,) = county.call(COUNTY, "inspection_round", region=VILLAGE, year=2021, half=2, **days)
    visit = {"household": HOME, "on": "2021-07-05", "risks": []}
    county.call(steps.CADRE, "record_finding", ledger=opened["ledger"], visits=[visit])
    (row,) = ledger(county, "inspections")["content"]["rows"]
    assert (row["round"], row["households"], row["visited"], row["at_risk"]) == ("2021-2", 2, 1, 0)


@pytest.mark.rule("D-06", "K-01")
def test_problems_say_who_puts_right_until_when_and_what_was_done(county):
    county.import_rows(household(1, 2))
    given = {"region": VILLAGE, "household": HOME, "kind": "housing", "source": "audit", "level": "village"}
    told = {"org": VILLAGE, "text": "厨房漏雨未修"}
    problem = county.call(COUNTY, "open_problem", **given, **told)["problem"]
    open_ = {"kind": "water", "source": "review", "level": "department", "org": "water", "text": "季节性缺水"}
    county.call(COUNTY, "open_problem", region=VILLAGE, **open_)
    county.call(steps.CADRE, "add_measure", problem=problem, text="联系施工队翻修屋顶")
    county.call(steps.CADRE, "finish_problem", problem=problem, evidence=["照片/17"])
    content = ledger(county, "problems")["content"]
    done, waiting = sorted(content["rows"], key=lambda row: row["problem"] != problem)
    assert (done["kind"], done["source"], done["level"]) == ("住房安全", "审计督查", "村")
    assert (done["measures"], done["evidence"]) == ("2021-07-05 联系施工队翻修屋顶", 1)
    assert (done["done_on"], done["accepted_on"], done["status"]) == ("2021-07-05", "", "已整改、待验收")
    assert (waiting["household"], waiting["measures"], waiting["evidence"]) == ("", "尚无", 0)
    drawn = workbook.render(content["title"], "甲县", content["columns"], content["rows"])
    table = CalamineWorkbook.from_filelike(io.BytesIO(drawn)).get_sheet_by_index(0).to_python()
    assert table[1][:4] == ["问题编号", "户编号", "类别", "来源"]
    assert {row[4] for row in table[2:4]} == {"厨房漏雨未修", "季节性缺水"}
    assert table[4][10] == 1  # the total stands there before anybody computes the sheet
    assert (table[2][12], table[4][0]) == ("", "合计（2 行）")


@pytest.mark.rule("A-09")
def test_measures_come_from_assistance_one_row_a_task(county):
    county.bus.answer("assistance", "plans", [PLAN])
    rows = ledger(county, "measures")["content"]["rows"]
    assert [(row["measure"], row["status"], row["done_fen"]) for row in rows] == [
        ("大病保险", "农户已确认", 120000),
        ("技能培训", "待落实", ""),
    ]


@pytest.mark.rule("R-04")
def test_removed_households_keep_way_and_day(county):
    from tests.services.monitoring.documents.test_printing import in_removal

    case = in_removal(county)
    county.clock.advance_to(steps.post_notice(county, case, "n-2"))
    steps.review(county, case, "removal_assessment")
    steps.take(county, COUNTY, case, "county_decision", "remove")
    (row,) = ledger(county, "removed")["content"]["rows"]
    assert (row["way"], row["removed_on"], row["since"]) == ("帮扶消除", "2022-03-10", "2021-07-13")
    assert county.clock.today() == date(2022, 3, 10)
