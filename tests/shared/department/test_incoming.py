"""What else comes with a file: refused rows, their corrections, a mapping, further sheets, nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from shouwang.department.cells import as_text
from shouwang.department.importing import Door, Import, Staged
from shouwang.department.lake import Lake
from shouwang.department.mapping import read_mapping
from shouwang.department.plugin import Plugin
from shouwang.department.refused_sheet import NUMBER, SOURCE
from shouwang.department.sheets import SHEET_ROWS
from shouwang.department.sound_numbers import sound
from shouwang.department.table import Table
from shouwang.errors import BadRequest
from shouwang.identity import check_character, parse_id

from tests.shared.department.conftest import KEY
from tests.shared.department.water import HEADINGS, id_number, row, write_csv, write_plugin

Stage = Callable[..., Staged]
Parts = list[dict[str, Any]]
MAPPING = """\
table: water_tests
columns: {样品编号: 编号, 检测费: 费用, 应收: 应收款}
values: {水源: {集中供水: 自来水}, 是否合格: {超标: 否}}
units: {应收: 万元}
"""


def rejected(parts: Parts) -> list[dict[str, Any]]:
    return [one for part in parts for one in part.get("rejected", [])]


def three_rows() -> list[dict[str, Any]]:
    return [row(1), row(2, 检测日期="昨天", 浑浊度="很浑"), row(1, 身份证号=id_number(3))]


@pytest.mark.rule("S-03")
def test_a_refused_row_is_handed_over_whole_and_the_report_holds_no_cell(
    stage: Stage, tmp_path: Path
) -> None:
    parts: Parts = []
    report = stage(write_csv(tmp_path / "a.csv", three_rows()), send=parts.append).report
    wrong, double = rejected(parts)
    assert (wrong["number"], wrong["row"], len(wrong["problems"])) == (3, 3, 2)
    assert wrong["cells"]["检测日期"] == "昨天"
    assert wrong["cells"]["身份证号"] == id_number(2)
    assert "姓名" not in wrong["cells"], "what is left at the door is not kept here either"
    assert (double["row"], double["cells"]["样品编号"], double["problems"]) == (
        4,
        "W1",
        ["与第 2 行重复（样品编号相同）"],
    )
    assert (report["rejected_rows"], report["rejected_kept"]) == (2, 2)
    assert id_number(2) not in str(report)
    assert "昨天" not in str(report)


def corrections(path: Path, source: str, *rows: tuple[Any, dict[str, Any]]) -> Path:
    return write_csv(path, [{NUMBER: number, SOURCE: source[:12], **cells} for number, cells in rows])


def test_corrected_rows_take_their_places_in_the_same_file(stage: Stage, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", three_rows())
    before = stage(file).report
    good = {**row(2, 检测日期="2021-06-02", 浑浊度="5")}
    sheet = corrections(tmp_path / "c.csv", before["digest"], (3, good))
    staged = stage(file, corrections=sheet)
    report = staged.report
    assert (report["rows"], report["accepted"], report["rejected_rows"], report["corrected"]) == (3, 2, 1, 1)
    assert (report["digest"], bool(report["corrections"])) == (before["digest"], True)
    kept = pq.read_table(staged.path).to_pylist()
    assert {one["sample"]: one["turbidity"] for one in kept} == {"W1": 9, "W2": 5}


@pytest.mark.parametrize(
    ("source", "number", "code"),
    [
        ("another file", 3, "import.other_file"),
        ("", "三", "import.correction_number"),
        ("", 77, "import.correction_lost"),
    ],
)
def test_corrections_that_do_not_fit_the_file_are_refused(
    source: str, number: Any, code: str, stage: Stage, lake: Lake, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", three_rows())
    digest = stage(file).report["digest"]
    sheet = corrections(tmp_path / "c.csv", source or digest, (number, row(2)))
    left = set(lake.staging().iterdir())
    with pytest.raises(BadRequest) as refused:
        stage(file, corrections=sheet)
    assert refused.value.code == code
    assert set(lake.staging().iterdir()) == left, "nothing unfinished is left"


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return path


def lines(*rows: dict[str, Any]) -> list[list[Any]]:
    return [HEADINGS, *([one[name] for name in HEADINGS] for one in rows)]


def test_a_long_table_goes_on_in_the_next_sheet(stage: Stage, tmp_path: Path) -> None:
    parts: Parts = []
    second = lines(row(3), row(4, 检测日期="昨天"), row(1, 身份证号=id_number(5)))
    sheets = {"一": lines(row(1), row(2)), "二": second, "说明": [["填表说明"]], "空": []}
    report = stage(book(tmp_path / "a.xlsx", **sheets), send=parts.append).report
    assert (report["rows"], report["accepted"]) == (5, 3)
    assert [(one["sheet"], one["row"], one["code"]) for one in report["rejected"]] == [
        ("二", 3, "date.form"),
        ("二", 4, "row.duplicate"),
    ]
    assert "工作表“一”第 2 行" in report["rejected"][1]["problem"]
    assert [one["number"] for one in rejected(parts)] == [SHEET_ROWS + 3, SHEET_ROWS + 4]
    assert report["ignored"] == ["姓名", "工作表“说明”", "工作表“空”"], "what is not read is said"


def water(plugin: Plugin) -> type[Table]:
    return plugin.tables["water_tests"]


def test_a_mapping_reads_other_headings_values_and_units(
    plugin: Plugin, stage: Stage, tmp_path: Path
) -> None:
    mapping = read_mapping(MAPPING, "水利.yaml", water(plugin))
    theirs = {"样品编号": "编号", "检测费": "费用", "应收": "应收款"}
    ours = row(1, 水源="集中供水", 是否合格="超标", 应收="0.1", 检测费="12.5")
    rows = [{theirs.get(name, name): cell for name, cell in ours.items()}]
    kept = pq.read_table(stage(write_csv(tmp_path / "a.csv", rows), mapping=mapping).path).to_pylist()[0]
    assert (kept["sample"], kept["kind"], kept["safe"]) == ("W1", "tap", False)
    assert (kept["fee"], kept["due"]) == (1250, 100_000), "0.1 万元 is a thousand yuan"
    with pytest.raises(BadRequest, match="样品编号"):
        stage(write_csv(tmp_path / "b.csv", [row(1)]), mapping=mapping)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("样品编号:", "样品号:", 2, "是否为 “样品编号”"),
        ("集中供水: 自来水", "集中供水: 自来", 3, "是否为 “自来水”"),
        ("水源:", "检测费:", 3, "没有可对照取值的列“检测费”"),
        ("应收: 万元", "应收: 万", 4, "单位“万”不认识"),
        ("units:", "unit:", 4, "是否为 “units”"),
        ("费用", "编号", 2, "既作"),
        ("费用", "浑浊度", 2, "既作"),
        ("water_tests", "water_test", 1, "导入的是“water_tests”"),
        ("费用,", "7,", 2, "对照一个名称"),
        ("{样品编号", "[样品编号", 2, "YAML 写法有误"),
    ],
)
def test_a_wrong_mapping_names_its_line(plugin: Plugin, old: str, new: str, line: int, said: str) -> None:
    assert old in MAPPING
    with pytest.raises(BadRequest) as refused:
        read_mapping(MAPPING.replace(old, new, 1), "水利.yaml", water(plugin))
    assert (refused.value.code, refused.value.where) == ("import.mapping", f"水利.yaml:{line}")
    assert said in refused.value.message + refused.value.remedy


def test_an_amount_in_another_unit_stays_exact_or_is_refused(
    plugin: Plugin, stage: Stage, tmp_path: Path
) -> None:
    mapping = read_mapping("table: water_tests\nunits: {应收: 万元}\n", "m.yaml", water(plugin))
    rows = [row(1, 应收="0.123456"), row(2, 应收="0.1234567"), row(3, 应收="一万"), row(4, 应收="1,000")]
    report = stage(write_csv(tmp_path / "a.csv", rows), mapping=mapping).report
    assert [(one["row"], one["code"]) for one in report["rejected"]] == [(3, "money.form"), (4, "money.form")]


def test_a_table_that_may_be_empty_says_that_nothing_happened(lake: Lake, tmp_path: Path) -> None:
    changed = ("tables.py", "stale_after_days=45", "stale_after_days=45, may_be_empty=True")
    table = water(Plugin.load(write_plugin(tmp_path / "water", changed)))
    file = write_csv(tmp_path / "a.csv", [])
    staged = Import(table, table.feed.parse("2021-06"), Door(lake, KEY, lambda part: None)).stage(file)
    assert (staged.report["rows"], staged.report["accepted"]) == (0, 0)
    kept = pq.read_table(staged.path)
    assert (kept.num_rows, set(kept.column_names)) == (0, set(table.columns))


def test_other_empty_tables_are_refused_with_what_to_do(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="只有表头") as refused:
        stage(write_csv(tmp_path / "a.csv", []))
    assert "may_be_empty=True" in refused.value.remedy


@pytest.mark.rule("M-03")
def test_a_whole_column_of_numbers_is_judged_as_one_number_is() -> None:
    rng, on = random.Random(5), date(2021, 6, 30)
    days = ["19900229", "20000229", "20210630", "20210701", "00000101", "19901301", "19000101", "20201131"]
    firsts = [f"439999{rng.choice(days)}{rng.randrange(1000):03d}" for _ in range(300)]
    numbers = [first + check_character(first) for first in firsts]
    numbers += [number[:-1] + rng.choice("0123456789Xx ") for number in numbers]
    numbers += ["", "1", "０" * 18, "4" * 17, numbers[0] + "1", f" {numbers[0]}"]
    judged = sound(pa.array(numbers), on).to_pylist()
    for text, good in zip(numbers, judged, strict=True):
        assert not good or parse_id(text, on=on).value == text
        assert good or not _accepted_as_it_stands(text, on)


def _accepted_as_it_stands(text: str, on: date) -> bool:
    try:
        return parse_id(text, on=on).value == text
    except BadRequest:
        return False


def test_text_of_cells() -> None:
    assert [as_text(cell) for cell in (None, True, 3.0, "x")] == ["", "是", "3", "x"]
