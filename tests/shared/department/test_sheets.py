"""Files as they should not be: without headings, with a lost quote, shifted rows, errors, hidden sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shouwang.department.importing import Staged
from shouwang.errors import BadRequest
from xlsxwriter import Workbook

from tests.shared.department.water import HEADINGS, id_number, row, write_csv, write_xlsx

Stage = Callable[..., Staged]
DUE, KIND = HEADINGS.index("应收"), HEADINGS.index("水源")


def text_of(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def refused(stage: Stage, path: Path, text: str) -> BadRequest:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest) as caught:
        stage(path)
    return caught.value


def problems(report: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in report["rejected"]]


@pytest.mark.rule("S-03")
def test_a_file_without_headings_tells_nothing_of_its_first_person(stage: Stage, tmp_path: Path) -> None:
    lines = text_of([row(1), row(2)]).splitlines(keepends=True)
    error = refused(stage, tmp_path / "a.csv", "".join(lines[1:]))
    assert error.code == "import.no_heading"
    assert "没有找到表头" in error.message
    told = f"{error.message}{error.remedy}{error.details}"
    assert (id_number(1) in told, "某人" in told) == (False, False)


@pytest.mark.rule("S-03")
def test_what_looks_like_a_number_of_somebody_is_no_heading_to_propose(stage: Stage, tmp_path: Path) -> None:
    text = text_of([row(1)]).replace("浑浊度", id_number(9)).replace("姓名", "13812345678")
    error = refused(stage, tmp_path / "a.csv", text)
    assert error.code == "import.missing_column"
    assert id_number(9) not in f"{error.message}{error.remedy}"
    text = text_of([row(1)]).replace("姓名", "13812345678")
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    assert stage(tmp_path / "b.csv").report["ignored"] == []


@pytest.mark.parametrize(("delimiter", "name"), [(";", "分号"), ("\t", "制表符")])
def test_another_delimiter_is_called_by_its_name(
    delimiter: str, name: str, stage: Stage, tmp_path: Path
) -> None:
    error = refused(stage, tmp_path / "a.csv", text_of([row(1)], delimiter))
    assert (error.code, name in error.message, len(error.message) < 60) == ("import.delimiter", True, True)


def spoilt(*at: tuple[int, str, str]) -> str:
    lines = text_of([row(number, 应收="1000") | {"备注": ""} for number in range(1, 101)]).splitlines()
    for line, before, after in at:
        lines[line] = before + lines[line] + after
    return "\r\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        spoilt((3, "", '"未缴')),
        spoilt((3, "", '"甲'), (60, "", '乙"')),
        spoilt((3, "", '"甲'), (4, "", '"')),
        spoilt((3, '"', "")),
    ],
    ids=["to the end", "to another quote", "one row", "from the first cell"],
)
def test_a_lost_quote_does_not_swallow_rows(text: str, stage: Stage, tmp_path: Path) -> None:
    error = refused(stage, tmp_path / "a.csv", text)
    assert (error.code, "引号" in error.remedy) == ("import.unreadable", True)


def test_a_cell_of_two_lines_is_still_a_cell(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text_of([row(1, 姓名="某\n人，甲,乙"), row(2)]), encoding="utf-8")
    assert stage(tmp_path / "a.csv").report["accepted"] == 2


def test_a_row_with_more_cells_than_headings_is_refused(stage: Stage, tmp_path: Path) -> None:
    rows = [row(1, 应收="1000", 检测费="1"), row(2, 应收="1000", 检测费="1", 附加="0"), row(3)]
    text = text_of(rows).replace(",1000,", ",1,000,")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    report = stage(tmp_path / "a.csv").report
    assert report["accepted"] == 1
    assert problems(report) == [(2, "整行", "row.too_long"), (3, "整行", "row.too_long")]


def test_a_shifted_row_of_corrections_is_refused_too(stage: Stage, tmp_path: Path) -> None:
    wrong = tmp_path / "a.csv"
    wrong.write_text(text_of([row(1), row(2, 浑浊度="很浑")]), encoding="utf-8")
    source = stage(wrong).report["digest"][:12]
    fixed = text_of([{"原行号": 3, "原文件": source, **row(2, 应收="1000", 检测费="1")}])
    (tmp_path / "b.csv").write_text(fixed.replace(",1000,", ",1,000,"), encoding="utf-8")
    with pytest.raises(BadRequest, match="原行号 3") as caught:
        stage(wrong, corrections=tmp_path / "b.csv")
    assert caught.value.code == "import.correction_row"
    (tmp_path / "c.csv").write_text(fixed.replace("\n3,", f"\n{'9' * 5000},"), encoding="utf-8")
    with pytest.raises(BadRequest) as caught:
        stage(wrong, corrections=tmp_path / "c.csv")
    assert caught.value.code == "import.correction_number"


def write_book(path: Path, fill: Callable[[Workbook], None]) -> Path:
    with Workbook(path) as book:
        fill(book)
    return path


def cells_of(number: int, **changes: Any) -> list[Any]:
    return list(row(number, 检测费="0", **changes).values())


def rows_into(sheet: Any, *numbers: int) -> None:
    sheet.write_row(0, 0, HEADINGS)
    for at, number in enumerate(numbers, 1):
        sheet.write_row(at, 0, cells_of(number))


def test_an_error_of_a_formula_is_no_blank(stage: Stage, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("六月&表")
        rows_into(sheet, 1, 2, 3, 4)
        sheet.write_formula(1, HEADINGS.index("附加"), "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, KIND, "=X", None, "#REF!")
        sheet.write_formula(3, HEADINGS.index("姓名"), "=X", None, "#N/A")
        sheet.write_formula(6, HEADINGS.index("附加"), "=X", None, "#N/A")

    report = stage(write_book(tmp_path / "a.xlsx", fill)).report
    assert [one for one in problems(report) if one[2] == "cell.error"] == [
        (2, "附加", "cell.error"),
        (3, "水源", "cell.error"),
        (7, "附加", "cell.error"),
    ]
    assert report["accepted"] == 2, "of a column that nobody reads an error does not matter"


def test_merged_cells_are_refused_in_every_row_they_cover(stage: Stage, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 10, "水质检测")
        sheet.write_row(1, 0, HEADINGS)
        for at in (2, 3, 4, 5):
            sheet.write_row(at, 0, cells_of(at))
        sheet.merge_range(2, DUE, 4, DUE, "1000")

    report = stage(write_book(tmp_path / "a.xlsx", fill)).report
    found = [(line, "应收", "cell.merged") for line in (3, 4, 5)]
    assert ([one for one in problems(report) if one[1] == "应收"], report["accepted"]) == (found, 1)


def test_a_cover_sheet_is_passed_over_and_the_sheets_read_are_named(stage: Stage, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("封面").write(0, 0, "水质检测表")
        rows_into(book.add_worksheet("一"), 1, 2)
        rows_into(book.add_worksheet(f"二{id_number(5)}"), 3)
        hidden = book.add_worksheet("码表")
        hidden.write(0, 0, "水源")
        hidden.hide()

    report = stage(write_book(tmp_path / "a.xlsx", fill)).report
    assert report["sheets"] == [{"sheet": "一", "rows": 2}, {"sheet": "二[号码]", "rows": 1}]
    assert report["ignored"] == ["姓名", "工作表“封面”", "工作表“码表”"]


def test_a_hidden_sheet_with_the_headings_is_not_read_in_silence(stage: Stage, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        rows_into(book.add_worksheet("六月"), 1)
        hidden = book.add_worksheet("五月")
        rows_into(hidden, 2)
        hidden.hide()

    with pytest.raises(BadRequest, match="五月") as caught:
        stage(write_book(tmp_path / "a.xlsx", fill))
    assert caught.value.code == "import.hidden_sheet"


def parquet(path: Path, **cells: Any) -> Path:
    good = {name: [row(number)[name] for number in (1, 2)] for name in row()}
    pq.write_table(pa.table({**good, **cells}), path)
    return path


def test_a_moment_in_another_zone_is_the_day_it_was_in_china(stage: Stage, tmp_path: Path) -> None:
    moments = pa.array([datetime(2021, 6, 9, 16, tzinfo=UTC)] * 2, pa.timestamp("us", "UTC"))
    staged = stage(parquet(tmp_path / "a.parquet", 检测日期=moments))
    assert pq.read_table(staged.path)["tested_on"].to_pylist() == [date(2021, 6, 10)] * 2


def test_texts_without_a_mark_are_texts(stage: Stage, tmp_path: Path) -> None:
    staged = stage(parquet(tmp_path / "a.parquet", 样品编号=pa.array([b"W1", b"W2"])))
    assert pq.read_table(staged.path)["sample"].to_pylist() == ["W1", "W2"]


def test_yes_is_no_amount(stage: Stage, tmp_path: Path) -> None:
    staged = stage(parquet(tmp_path / "a.parquet", 检测费=["12.50", None], 是否合格=[True, False]))
    assert pq.read_table(staged.path)["safe"].to_pylist() == [True]
    book = write_xlsx(
        tmp_path / "a.xlsx", [list(row()), list(row(1).values()), list(row(2, 检测费=True).values())]
    )
    report = stage(book).report
    assert [(one["row"], one["code"]) for one in report["rejected"]] == [(3, "money.form")]


def test_a_column_of_several_values_a_cell_is_refused(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(BadRequest) as refusal:
        stage(parquet(tmp_path / "a.parquet", 样品编号=[["W1"], ["W2"]]))
    assert refusal.value.code == "import.nested"
    assert "样品编号" in refusal.value.message


def test_a_file_that_breaks_off_in_a_row_is_refused(stage: Stage, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(1), row(2)])
    path.write_bytes(path.read_bytes().rpartition(b",")[0])
    with pytest.raises(BadRequest) as refusal:
        stage(path)
    assert refusal.value.code == "import.cut_off"
    path.write_bytes(write_csv(path, [row(1), row(2)]).read_bytes().rstrip())
    assert stage(path).report["accepted"] == 2


@pytest.mark.parametrize("cell", ["2021-06-09T16:00:00Z", "2021-06-01 至 2021-06-10", "2021-06-10 待定"])
def test_a_day_that_is_not_certain_is_refused(cell: str, stage: Stage, tmp_path: Path) -> None:
    report = stage(write_csv(tmp_path / "a.csv", [row(1), row(2, 检测日期=cell)])).report
    assert [one["code"] for one in report["rejected"]] == ["date.form"]
