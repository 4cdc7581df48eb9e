"""Files as people send them, xlsx, xls, csv (UTF-8 or GBK), parquet: rows of text, numbered as in Excel.

A workbook may be as long as several sheets: every sheet that has the headings is read, one after another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from shouwang.department.cells import as_text
from shouwang.department.headings import Headings, Wanted, find_headings, missing_columns
from shouwang.department.reading import Leaf, Row, bad, open_leaves

CHUNK: Final = 25_000
WHOLE_ROW: Final = "整行"
SHEET_ROWS: Final = 1_048_576
"""Rows of an Excel sheet. Row r of the k-th sheet read (from 0) has the number k × SHEET_ROWS + r."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row before its cells are read: heading, code, text."""

    label: str
    code: str
    text: str


TOO_LONG: Final = Fault(WHOLE_ROW, "row.too_long", "这一行的格数多于表头，多半是数中的逗号没有加引号")


@dataclass(frozen=True)
class Chunk:
    """Rows of a file, column by column: `numbers` of the rows, `cells` by heading as text, and
    by place in the chunk the `faults` of rows that cannot stand."""

    numbers: list[int]
    cells: dict[str, list[str]]
    faults: dict[int, list[Fault]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One sheet with the headings: where they stand, the rows below."""

    leaf: Leaf
    headings: Headings
    before: int = 0

    def filled(self) -> Iterator[tuple[int, Row]]:
        """Yield number and cells of the rows below the headings; blank rows are passed over, but counted."""
        for number, row in enumerate(self.leaf.rows, start=self.headings.row + 1):
            if any(cell not in ("", None) for cell in row) or number in self._errors:
                yield self.before + number, row

    def faults(self, number: int, row: Row) -> list[Fault]:
        """Return what is wrong with a row as a whole: too many cells, errors of formulas, merged cells."""
        line = number - self.before
        beyond = row[self.headings.width :]
        # A csv row with one blank cell too many may be shifted as well: 1,000 without quotes before a blank.
        long = len(row) > self.headings.cells or any(cell not in ("", None) for cell in beyond)
        there = [*self._errors.get(line, []), *self._merged.get(line, [])]
        return [TOO_LONG, *there] if long else there

    @cached_property
    def _errors(self) -> dict[int, list[Fault]]:
        found: dict[int, list[Fault]] = {}
        for row, column in self.leaf.errors() or ():
            for label in self._labels(column, column):
                fault = Fault(label, "cell.error", f"“{label}”是出错的公式（如 #N/A、#DIV/0!）")
                found.setdefault(row + 1, []).append(fault)
        return found

    @cached_property
    def _merged(self) -> dict[int, list[Fault]]:
        found: dict[int, list[Fault]] = {}
        for (top, left), (bottom, right) in self.leaf.merged():
            for label in self._labels(left, right):
                fault = Fault(label, "cell.merged", f"“{label}”在合并的格里，看不出每行各是多少")
                for row in range(max(top, self.headings.row), bottom + 1):
                    found.setdefault(row + 1, []).append(fault)
        return found

    def _labels(self, left: int, right: int) -> list[str]:
        return [label for label, at in self.headings.positions.items() if left <= at <= right]


@dataclass(frozen=True)
class Sheet:
    """An opened file: the sheets that are read, what is left out (headings, other sheets).

    tally: rows read so far, by number of the sheet.
    """

    pages: list[Page]
    ignored: list[str]
    tally: Counter[int] = field(default_factory=Counter)

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """Yield the rows below the headings, sheet by sheet."""
        for at, page in enumerate(self.pages):
            for chunk in _chunks(page, size):
                self.tally[at] += len(chunk.numbers)
                yield chunk

    def read(self) -> list[dict[str, Any]]:
        """Return the sheets of a workbook that were read, each with its rows: [{name, rows}]."""
        named = [(at, page.leaf.name) for at, page in enumerate(self.pages) if page.leaf.name]
        return [{"sheet": name, "rows": self.tally[at]} for at, name in named]

    def tells_errors(self) -> bool:
        """Whether this kind of file tells an error of a formula from a blank."""
        return all(page.leaf.errors() is not None for page in self.pages)

    def share(self) -> float:
        """Return how much of the file was read, 0 to 1."""
        return min(1.0, sum(page.leaf.share() for page in self.pages) / len(self.pages))

    def place(self, number: int) -> dict[str, Any]:
        """Return where a row stands: {row}, as Excel shows it, and {sheet} where there are several."""
        if len(self.pages) == 1:
            return {"row": number}
        at, row = divmod(number - 1, SHEET_ROWS)
        return {"row": row + 1, "sheet": self.pages[at].leaf.name}


def open_sheet(path: Path, wanted: Wanted, mapping: str = "") -> Sheet:
    """Open a file and find its headings; `wanted`: heading -> headings under which it may stand.

    BadRequest: import.no_file, import.kind, import.unreadable, import.encoding, import.empty,
    import.no_heading, import.delimiter, import.missing_column, import.double_column, import.hidden_sheet.
    """
    pages, left, nearest = list[Page](), list[str](), list[Headings]()
    for leaf in open_leaves(path):
        headings = find_headings(leaf.rows, wanted)
        if len(headings.positions) < len(wanted):
            nearest.append(headings)
            left.append(f"工作表“{leaf.name}”")
        elif leaf.hidden:
            message = f"隐藏的工作表“{leaf.name}”也有这张表的表头，不知是否要读"
            raise bad("hidden_sheet", message, "请取消隐藏，或把它从文件里删去后重试。")
        else:
            pages.append(Page(leaf, headings, len(pages) * SHEET_ROWS))
    if not pages:
        best = max(nearest, key=lambda one: (len(one.positions), bool(one.delimiter), one.filled))
        raise missing_columns(path.name, best, wanted, mapping)
    return Sheet(pages, [*pages[0].headings.ignored, *left])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, by which an import is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    cells = {label: _column(rows, at) for label, at in page.headings.positions.items()}
    found = ((at, page.faults(*one)) for at, one in enumerate(zip(numbers, rows, strict=True)))
    return Chunk(numbers, cells, {at: faults for at, faults in found if faults})


def _column(rows: list[Row], at: int) -> list[str]:
    cells = [row[at] if at < len(row) else "" for row in rows]
    return [cell if type(cell) is str else as_text(cell) for cell in cells]
