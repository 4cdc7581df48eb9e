"""Descriptions, filling and drawing: pure, on small examples."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from shouwang.documents import Table, fill, fonts, pdf, read_description, word, workbook
from shouwang.documents.charts import draw
from shouwang.documents.filling import copies
from shouwang.documents.markup import markup
from shouwang.documents.model import Chart, Series
from shouwang.documents.spoken import runs_of
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.files import write_private

OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙", "after": "（注）"}]


def described(body: list[Any], **fields: Any) -> dict[str, Any]:
    return {"form": "test", "title": "测试表", "fields": fields, "body": body}


def texts(body: list[Any], values: dict[str, Any], **fields: Any) -> list[str]:
    document = fill(read_description(described(body, **fields)), values)
    return ["".join(run.text for run in block.runs) for block in document.blocks]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "某人", "某人"),
        ("text", None, ""),
        ("number", 0, "0"),
        ("yuan", 625050, "6,250.50"),
        ("yuan", 0, "0"),
        ("date", "2021-07-08", "2021年7月8日"),
        ("date", None, "　　　年　　月　　日"),
        ("dotted_date", "2021-01-01", "2021.01.01"),
        ("yesno", True, "是"),
        ("yesno", False, "否"),
        ("yesno", None, ""),
        ("tick", True, "☑"),
        ("tick", False, "□"),
        ("tick", None, "□"),
        ("record", "已登记", "（已登记）"),
        ("record", None, ""),
    ],
)
def test_a_value_is_shown_as_an_official_form_shows_it(kind: str, value: Any, shown: str) -> None:
    field = read_description(described([{"line": "{x}"}], x={"kind": kind})).fields["x"]
    assert "".join(run.text for run in runs_of(field, value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", "☑甲　□乙（注）"),
        (["a", "b"], "☑甲　☑乙（注）"),
        (None, "□甲　□乙（注）"),
        ([], "□甲　□乙（注）"),
    ],
)
def test_choices_tick_what_applies_and_nothing_that_is_not_known(value: Any, shown: str) -> None:
    assert texts([{"line": "{x}"}], {"x": value}, x={"kind": "choices", "options": OPTIONS}) == [shown]


@pytest.mark.parametrize(("value", "shown"), [(["b", "a"], "甲乙"), ([], "无"), (None, "")])
def test_codes_stand_in_printed_order(value: Any, shown: str) -> None:
    assert texts([{"line": "{x}"}], {"x": value}, x={"kind": "codes", "options": OPTIONS}) == [shown]


def test_rows_repeat_and_leave_room_for_more() -> None:
    body = [
        {
            "table": {
                "widths": [1, 4],
                "rows": [{"for_each": "people", "at_least": 3, "cells": ["{number}", "{x}"]}],
            }
        }
    ]
    given = described(body, number={"kind": "number"}, x={})
    (table,) = fill(read_description(given), {"people": [{"x": "甲"}]}).blocks
    assert isinstance(table, Table)
    assert [[cell.paras[0].text for cell in row.cells] for row in table.rows] == [
        ["1", "甲"],
        ["2", ""],
        ["3", ""],
    ]


def test_every_copy_is_marked() -> None:
    description = read_description(described([{"line": "一"}]) | {"copies": ["村存", "镇存"]})
    assert [one.mark for one in copies(description, {})] == ["村存", "镇存"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (described([{"line": "{nmae}"}], name={}), "name"),
        (described([{"lien": "一"}]), "lien"),
        (described([{"line": "{x}"}], x={"kind": "txt"}), "text"),
        (described([{"line": "{x}"}], x={"kind": "choices"}), "选项"),
        (described([{"line": "{x}"}], x={"lable": "一"}), "label"),
        (described([]) | {"colour": 1}, "colour"),
    ],
)
def test_a_wrong_description_is_refused_with_what_was_meant(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_description(given)
    assert refused.value.code == "documents.description"
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text", ['#panic("x")', '"quoted"', "back\\slash", "$x$", "*bold* _em_ <b>", "#{1+1}"]
)
def test_nothing_that_people_wrote_is_read_as_markup(text: str) -> None:
    document = fill(read_description(described([{"line": "{x}"}], x={})), {"x": text})
    assert pdf.render([document]).startswith(b"%PDF")
    assert text in "".join(run.text for run in document.blocks[0].runs)  # type: ignore[union-attr]


def test_a_table_with_spans_is_drawn_by_both() -> None:
    rows = [[{"text": "甲", "down": 2}, "一"], ["二"], [{"text": "三", "span": 2}]]
    document = fill(read_description(described([{"table": {"widths": [1, 2], "rows": rows}}])), {})
    assert "rowspan: 2" in markup([document], [])
    assert pdf.render([document])
    assert word.render([document]).startswith(b"PK")


@pytest.mark.parametrize("kind", ["bar", "line", "level"])
def test_a_chart_draws_what_is_known(kind: Any) -> None:
    chart = Chart("图", ("一", "二"), (Series("甲", (1, None)), Series("乙", (2, 3))), kind, "户")
    assert draw(chart, 60).startswith(b"\x89PNG")


def test_a_workbook_has_headings_a_filter_totals_and_says_unknown() -> None:
    columns = [
        {"name": "who", "heading": "户编号", "kind": "text", "width": 12, "total": False},
        {"name": "fen", "heading": "金额（元）", "kind": "yuan", "width": 12, "total": True},
        {"name": "on", "heading": "日期", "kind": "date", "width": 12, "total": False},
    ]
    rows = [{"who": "=1+1", "fen": 12345, "on": "2021-07-05"}, {"who": "b", "fen": None, "on": None}]
    content = workbook.render("台账", workbook.said_of("430426", "2021-07-05"), columns, rows)
    found = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert found[0][0] == "台账（430426，2021年7月5日）"
    assert found[1] == ["户编号", "金额（元）", "日期"]
    assert found[2][:2] == ["=1+1", 123.45]
    assert found[3][1:] == ["不详", "不详"]
    assert found[4][0] == "合计（2 行）"


def test_missing_fonts_are_named_with_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(fonts.VARIABLE, str(tmp_path))
    with pytest.raises(ConfigurationError) as refused:
        fonts.folder()
    assert "fonts-noto-cjk" in str(refused.value)


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = write_private(tmp_path / "a.pdf", b"x")
    assert (path.stat().st_mode & 0o777, [one.name for one in tmp_path.iterdir()]) == (0o600, ["a.pdf"])
    with pytest.raises(BadRequest):
        write_private(tmp_path / "nowhere" / "a.pdf", b"x")


def test_a_service_that_fills_forms_imports_nothing_that_draws() -> None:
    program = (
        "import sys, services.monitoring.service;"
        "heavy = 'typst docx docxtpl matplotlib'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
