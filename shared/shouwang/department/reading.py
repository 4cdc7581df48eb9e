"""The kinds of files that people send, opened: sheets of rows, read as they are taken."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from shouwang.department.error_cells import error_cells
from shouwang.errors import BadRequest
from shouwang.masking import scrub

SPREADSHEETS: Final = {".xlsx", ".xls", ".xlsm"}
TEXTS: Final = {".csv", ".txt"}
COLUMNAR: Final = {".parquet"}
ENCODINGS: Final = ("utf-8-sig", "gb18030")
BATCH: Final = 20_000
LEAST_WIDTH: Final = 3  # a title of two lines with a comma is no swallowed row
NOW_AND_THEN: Final = 5_000
DELIMITERS: Final = {
    **{";": "分号", "\t": "制表符", "|": "竖线"},
    **{"；": "全角分号", "，": "全角逗号", "、": "顿号"},
}

Row = Sequence[Any]
Cell = tuple[int, int]
_OF_CELLS: Final = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)


@dataclass(frozen=True)
class Leaf:
    """One sheet of a file: its name ("" where a file has no sheets) and its rows, read as they are taken.

    share: how much of it was read, 0 to 1, at any time. Once a row was taken, from 0: `merged`, first and
    last cell of merged ranges; `errors`, cells with an error (None: this kind of file does not tell).
    """

    name: str
    rows: Iterator[Row]
    share: Callable[[], float]
    hidden: bool = False
    merged: Callable[[], Sequence[tuple[Cell, Cell]]] = tuple
    errors: Callable[[], set[Cell] | None] = set


def open_leaves(path: Path) -> list[Leaf]:
    """Open a file; BadRequest import.no_file, import.kind, import.unreadable, import.encoding."""
    if not path.is_file():
        raise bad("no_file", f"收件箱里没有文件“{path.name}”", "请先把文件放进本部门的收件箱。")
    kind = path.suffix.lower()
    if kind in SPREADSHEETS:
        return _workbook(path)
    if kind in TEXTS:
        return [_csv(path)]
    if kind in COLUMNAR:
        return [_parquet(path)]
    raise bad("kind", f"不认识文件类型“{kind or path.name}”", "请用 xlsx、xls、csv 或 parquet。")


def bad(code: str, message: str, remedy: str, details: dict[str, Any] | None = None) -> BadRequest:
    """Return the refusal of a file as a whole."""
    return BadRequest(f"{message}。", code=f"import.{code}", remedy=remedy, details=details)


def _workbook(path: Path) -> list[Leaf]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        return [_sheet(path, book, told) for told in book.sheets_metadata if told.typ in _OF_CELLS]
    except (CalamineError, OSError) as error:
        raise _damaged() from error


def _sheet(path: Path, book: CalamineWorkbook, told: SheetMetadata) -> Leaf:
    # A sheet is unpacked when its first row is taken, and not before: of a large book one lies in memory.
    read = {"rows": 0, "of": 1}
    merged: list[tuple[Cell, Cell]] = []

    def rows() -> Iterator[Row]:
        try:
            sheet = book.get_sheet_by_name(told.name)
        except (CalamineError, OSError) as error:
            raise _damaged() from error
        read["of"] = sheet.total_height + 1
        merged.extend(sheet.merged_cell_ranges or ())
        for row in sheet.iter_rows():
            read["rows"] += 1
            yield row

    return Leaf(
        scrub(told.name),
        rows(),
        lambda: read["rows"] / read["of"],
        told.visible is not SheetVisibleEnum.Visible,
        lambda: merged,
        cache(lambda: _errors(path, told.name)),
    )


def _errors(path: Path, sheet: str) -> set[Cell] | None:
    try:
        return error_cells(path, sheet)
    except (OSError, ValueError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise _damaged() from error


def _damaged() -> BadRequest:
    return bad("unreadable", "文件打不开，可能已损坏或加了密码", "请另存为 xlsx 后重试。")


def _csv(path: Path) -> Leaf:
    size, at = max(1, path.stat().st_size), {"read": 0}

    def rows() -> Iterator[Row]:
        width, row = LEAST_WIDTH, list[str]()
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=_encoding(path), newline="") as file:
            try:
                reader = csv.reader(file, strict=True)
                for number, row in enumerate(reader):
                    if number % NOW_AND_THEN == 0:
                        at["read"] = raw.tell()
                    width = max(width, len(row))
                    if any(_swallows(cell, width) for cell in row):
                        raise _quote(f"第 {reader.line_num} 行止的一格里含有整行数据")
                    yield row
                _require_whole(path, row, width)
            except csv.Error as error:
                raise _quote(f"csv 写法有误（读到第 {reader.line_num} 行）：{error}") from error

    return Leaf("", rows(), lambda: at["read"] / size)


def _require_whole(path: Path, last: Row, width: int) -> None:
    """Refuse a file that breaks off in its last row: what came after it is missing, and nobody would know."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1))
        ended = file.read() in (b"\n", b"\r", b"")
    if not ended and 1 < len(last) < width:
        raise bad(
            "cut_off", "文件在最后一行中间断了，后面的行可能也没有写完", "请重新导出，或另存为 xlsx 后重试。"
        )


def _swallows(cell: str, width: int) -> bool:
    """Whether a cell holds what must be rows: lines, and the delimiters of one row or more."""
    return "\n" in cell and cell.count(",") >= width - 1


def _quote(message: str) -> BadRequest:
    remedy = "多半是引号没有成对；请在原文件里找出多余的引号，或另存为 xlsx 后重试。"
    return bad("unreadable", message, remedy)


def _parquet(path: Path) -> Leaf:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet() from error
    read = {"rows": 0}
    _require_plain(file.schema_arrow)

    def rows() -> Iterator[Row]:
        yield file.schema_arrow.names
        try:
            for batch in file.iter_batches(BATCH):
                read["rows"] += batch.num_rows
                yield from zip(*map(_cells, batch.columns), strict=True)
        except (pa.ArrowException, OSError) as error:
            raise _broken_parquet() from error

    return Leaf("", rows(), lambda: read["rows"] / max(1, file.metadata.num_rows))


def _require_plain(schema: pa.Schema) -> None:
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        message = f"parquet 文件的列“{scrub('、'.join(nested))}”一格里有多个值"
        raise bad("nested", message, "请在导出时拆开，或去掉这些列。")


def _cells(column: pa.Array) -> list[Any]:
    """Return the cells of a column; texts that are not marked as texts (Spark, Hive) are read as such."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    binary = pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)
    cells: list[Any] = (column.cast(pa.string()) if binary else column).to_pylist()
    return cells


def _broken_parquet() -> BadRequest:
    return bad("unreadable", "parquet 文件打不开，可能已损坏", "请重新导出后重试。")


def _encoding(path: Path) -> str:
    for encoding in ENCODINGS:
        if _decodes(path, encoding):
            return encoding
    raise bad("encoding", "文件既不是 UTF-8 也不是 GBK 编码", "请另存为 UTF-8 的 csv 后重试。")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True
