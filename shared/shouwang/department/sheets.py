"""Files as people send them, xlsx, xls, csv (UTF-8 or GBK), parquet: rows of text, numbered as in Excel."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from shouwang.errors import BadRequest
from shouwang.suggestions import did_you_mean

CHUNK: Final = 50_000
HEADER_WITHIN: Final = 10  # a title or a unit line may stand above the headings
SPREADSHEETS: Final = {".xlsx", ".xls", ".xlsm"}
TEXTS: Final = {".csv", ".txt"}
COLUMNAR: Final = {".parquet"}
ENCODINGS: Final = ("utf-8-sig", "gb18030")
EXACT_DIGITS: Final = 15  # what a spreadsheet keeps of a number; beyond it stands only noise

Row = Sequence[Any]


@dataclass(frozen=True)
class Chunk:
    """Rows of a file, column by column: `numbers` as Excel shows them, `cells` by heading as text."""

    numbers: list[int]
    cells: dict[str, list[str]]


@dataclass(frozen=True)
class Sheet:
    """An opened file: where the wanted headings stand, which ones nobody asked for, the rows below."""

    positions: dict[str, int]
    ignored: list[str]
    header_row: int
    rows: Iterator[Row]

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """Yield the rows below the headings; blank rows are passed over, but counted."""
        numbers: list[int] = []
        rows: list[Row] = []
        for number, row in enumerate(self.rows, start=self.header_row + 1):
            if any(cell not in ("", None) for cell in row):
                numbers.append(number)
                rows.append(row)
            if len(rows) == size:
                yield self._chunk(numbers, rows)
                numbers, rows = [], []
        if rows:
            yield self._chunk(numbers, rows)

    def _chunk(self, numbers: list[int], rows: list[Row]) -> Chunk:
        cells = {
            label: [as_text(row[at]) if at < len(row) else "" for row in rows]
            for label, at in self.positions.items()
        }
        return Chunk(numbers, cells)


def open_sheet(path: Path, wanted: Mapping[str, Sequence[str]]) -> Sheet:
    """Open a file and find its headings; `wanted`: heading -> headings under which it may stand.

    BadRequest: import.no_file, import.kind, import.unreadable, import.encoding, import.empty,
    import.missing_column, import.double_column.
    """
    if not path.is_file():
        raise _bad("no_file", f"收件箱里没有文件“{path.name}”", "请先把文件放进本部门的收件箱。")
    rows = iter(_rows(path))
    header, number = _header(rows, wanted)
    names = [as_text(cell).strip() for cell in header]
    positions = {label: _position(names, headings) for label, headings in wanted.items()}
    missing = [label for label, at in positions.items() if at is None]
    if missing:
        raise _missing_columns(path, missing, names)
    _no_doubles(names, wanted)
    found = {label: at for label, at in positions.items() if at is not None}
    ignored = [name for at, name in enumerate(names) if name and at not in found.values()]
    return Sheet(found, ignored, number, rows)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, by which an import is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_text(cell: Any) -> str:
    """Return a cell as text: days in ISO form, numbers with the digits that a spreadsheet keeps."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return _number_text(cell)
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def _number_text(value: float) -> str:
    if abs(value) >= 10**EXACT_DIGITS:
        return format(value, f".{EXACT_DIGITS}g")  # digits are lost: it must not look like a whole number
    return format(Decimal(format(value, f".{EXACT_DIGITS}g")), "f")


def _rows(path: Path) -> Iterable[Row]:
    kind = path.suffix.lower()
    if kind in SPREADSHEETS:
        return _spreadsheet(path)
    if kind in TEXTS:
        return _csv(path)
    if kind in COLUMNAR:
        return _parquet(path)
    raise _bad("kind", f"不认识文件类型“{kind or path.name}”", "请用 xlsx、xls、csv 或 parquet。")


def _spreadsheet(path: Path) -> Iterable[Row]:
    try:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise _bad("unreadable", "文件打不开，可能已损坏或加了密码", "请另存为 xlsx 后重试。") from error


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            yield from csv.reader(file)
        except csv.Error as error:
            raise _bad("unreadable", f"csv 写法有误：{error}", "请重新导出后重试。") from error


def _parquet(path: Path) -> Iterator[Row]:
    try:
        file = pq.ParquetFile(path)
        yield file.schema_arrow.names
        for batch in file.iter_batches(CHUNK):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except (pa.ArrowException, OSError) as error:
        raise _bad("unreadable", "parquet 文件打不开，可能已损坏", "请重新导出后重试。") from error


def _encoding(path: Path) -> str:
    for encoding in ENCODINGS:
        if _decodes(path, encoding):
            return encoding
    raise _bad("encoding", "文件既不是 UTF-8 也不是 GBK 编码", "请另存为 UTF-8 的 csv 后重试。")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _header(rows: Iterator[Row], wanted: Mapping[str, Sequence[str]]) -> tuple[Row, int]:
    best, best_number, most = None, 0, 0
    skipped: list[Row] = []
    for number, row in enumerate(rows, start=1):
        skipped.append(row)
        names = [as_text(cell).strip() for cell in row]
        found = sum(_position(names, headings) is not None for headings in wanted.values())
        if found > most:
            best, best_number, most = row, number, found
        if found == len(wanted):
            return row, number
        if number == HEADER_WITHIN:
            break
    if not any(as_text(cell).strip() for row in skipped for cell in row):
        raise _bad("empty", "文件是空的", "请检查导出是否成功。")
    return (best, best_number) if best is not None else (_first_filled(skipped), 1)


def _first_filled(rows: Iterable[Row]) -> Row:
    return next(row for row in rows if any(as_text(cell).strip() for cell in row))


def _position(names: Sequence[str], headings: Sequence[str]) -> int | None:
    return next((names.index(heading) for heading in headings if heading in names), None)


def _no_doubles(names: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> None:
    for label, headings in wanted.items():
        there = [name for name in names if name in headings]
        if len(there) > 1:
            raise _bad(
                "double_column", f"列“{label}”在表头出现 {len(there)} 次：{'、'.join(there)}", "请只留一列。"
            )


def _missing_columns(path: Path, missing: Sequence[str], names: Sequence[str]) -> BadRequest:
    hints = [f"“{label}”（{did_you_mean(label, [name for name in names if name])}）" for label in missing]
    return _bad(
        "missing_column",
        f"文件“{path.name}”缺少列：{'、'.join(hints)}",
        "请核对是否选错了表，或在表头补上该列。",
        details={"missing": list(missing)},
    )


def _bad(code: str, message: str, remedy: str, details: dict[str, Any] | None = None) -> BadRequest:
    return BadRequest(f"{message}。", code=f"import.{code}", remedy=remedy, details=details)
