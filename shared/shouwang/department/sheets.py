"""Files as people send them, xlsx, xls, csv (UTF-8 or GBK), parquet: rows of text, numbered as in Excel.

A workbook may be as long as several sheets: every sheet that has the headings is read, one after another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from shouwang.department.reading import Leaf, Row, bad, open_leaves
from shouwang.errors import BadRequest
from shouwang.suggestions import did_you_mean

CHUNK: Final = 25_000
HEADER_WITHIN: Final = 10  # a title or a unit line may stand above the headings
EXACT_DIGITS: Final = 15  # what a spreadsheet keeps of a number; beyond it stands only noise
SHEET_ROWS: Final = 1_048_576
"""Rows of an Excel sheet. Row r of the k-th sheet read (from 0) has the number k × SHEET_ROWS + r."""


@dataclass(frozen=True)
class Chunk:
    """Rows of a file, column by column: `numbers` of the rows, `cells` by heading as text."""

    numbers: list[int]
    cells: dict[str, list[str]]


@dataclass(frozen=True)
class Page:
    """One sheet with the headings: where they stand, which others nobody asked for, the rows below."""

    leaf: Leaf
    positions: dict[str, int]
    ignored: list[str]
    header_row: int
    before: int = 0

    def filled(self) -> Iterator[tuple[int, Row]]:
        """Yield number and cells of the rows below the headings; blank rows are passed over, but counted."""
        for number, row in enumerate(self.leaf.rows, start=self.before + self.header_row + 1):
            if any(cell not in ("", None) for cell in row):
                yield number, row


@dataclass(frozen=True)
class Sheet:
    """An opened file: the sheets that are read, what is left out (headings, other sheets)."""

    pages: list[Page]
    ignored: list[str]

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """Yield the rows below the headings, sheet by sheet."""
        for page in self.pages:
            yield from _chunks(page, size)

    def share(self) -> float:
        """Return how much of the file was read, 0 to 1."""
        return min(1.0, sum(page.leaf.share() for page in self.pages) / len(self.pages))

    def place(self, number: int) -> dict[str, Any]:
        """Return where a row stands: {row}, as Excel shows it, and {sheet} where there are several."""
        if len(self.pages) == 1:
            return {"row": number}
        at, row = divmod(number - 1, SHEET_ROWS)
        return {"row": row + 1, "sheet": self.pages[at].leaf.name}


def open_sheet(path: Path, wanted: Mapping[str, Sequence[str]]) -> Sheet:
    """Open a file and find its headings; `wanted`: heading -> headings under which it may stand.

    BadRequest: import.no_file, import.kind, import.unreadable, import.encoding, import.empty,
    import.missing_column, import.double_column.
    """
    first, *others = open_leaves(path)
    page = _page(first, wanted)
    missing = [label for label in wanted if label not in page.positions]
    if missing:
        raise _missing_columns(path, missing, page.ignored)
    pages, left = [page], list[str]()
    for leaf in others:
        further = _further(leaf, wanted, len(pages) * SHEET_ROWS)
        if further is not None:
            pages.append(further)
        else:
            left.append(f"工作表“{leaf.name}”")
    return Sheet(pages, [*page.ignored, *left])


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


def _chunks(page: Page, size: int) -> Iterator[Chunk]:
    numbers: list[int] = []
    rows: list[Row] = []
    for number, row in page.filled():
        numbers.append(number)
        rows.append(row)
        if len(rows) == size:
            yield _chunk(page, numbers, rows)
            numbers, rows = [], []
    if rows:
        yield _chunk(page, numbers, rows)


def _chunk(page: Page, numbers: list[int], rows: list[Row]) -> Chunk:
    cells = {label: _column(rows, at) for label, at in page.positions.items()}
    return Chunk(numbers, cells)


def _column(rows: list[Row], at: int) -> list[str]:
    cells = [row[at] if at < len(row) else "" for row in rows]
    return [cell if type(cell) is str else as_text(cell) for cell in cells]


def _page(leaf: Leaf, wanted: Mapping[str, Sequence[str]], before: int = 0) -> Page:
    header, number = _header(leaf.rows, wanted)
    names = [as_text(cell).strip() for cell in header]
    _no_doubles(names, wanted)
    positions = {label: _position(names, headings) for label, headings in wanted.items()}
    found = {label: at for label, at in positions.items() if at is not None}
    ignored = [name for at, name in enumerate(names) if name and at not in found.values()]
    return Page(leaf, found, ignored, number, before)


def _further(leaf: Leaf, wanted: Mapping[str, Sequence[str]], before: int) -> Page | None:
    """Return a further sheet that continues the table; None: it is another thing (notes, a list of codes)."""
    head = list(islice(leaf.rows, HEADER_WITHIN))
    if not any(as_text(cell).strip() for row in head for cell in row):
        return None
    page = _page(Leaf(leaf.name, chain(head, leaf.rows), leaf.share), wanted, before)
    return page if len(page.positions) == len(wanted) else None


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
        raise bad("empty", "文件是空的", "请检查导出是否成功。")
    return (best, best_number) if best is not None else (_first_filled(skipped), 1)


def _first_filled(rows: Iterable[Row]) -> Row:
    return next(row for row in rows if any(as_text(cell).strip() for cell in row))


def _position(names: Sequence[str], headings: Sequence[str]) -> int | None:
    return next((names.index(heading) for heading in headings if heading in names), None)


def _no_doubles(names: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> None:
    for label, headings in wanted.items():
        there = [name for name in names if name in headings]
        if len(there) > 1:
            raise bad(
                "double_column", f"列“{label}”在表头出现 {len(there)} 次：{'、'.join(there)}", "请只留一列。"
            )


def _missing_columns(path: Path, missing: Sequence[str], names: Sequence[str]) -> BadRequest:
    hints = [f"“{label}”（{did_you_mean(label, names)}）" for label in missing]
    return bad(
        "missing_column",
        f"文件“{path.name}”缺少列：{'、'.join(hints)}",
        "请核对是否选错了表，或在表头补上该列；部门表头不同的，请写列名对照文件（docs/sdk/department.md）。",
        details={"missing": list(missing)},
    )
