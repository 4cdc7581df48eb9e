"""Reads a 附件2 workbook: rows with their number in the sheet, by household, in batches to be sealed.

Only two headings are known here (village and household); what the other columns mean is monitoring's matter.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from shouwang.errors import BadRequest

SHEET: Final = "信息采集表"
VILLAGE: Final = "行政村代码"
HOUSEHOLD: Final = "户编号"
VILLAGE_DIGITS: Final = 12
ROWS_A_BATCH: Final = 600
FIRST_ROW: Final = 2

Row = dict[str, Any]


@dataclass(frozen=True)
class RosterFile:
    """One village's workbook. households: rows by household number, "" for rows before the first number."""

    path: Path
    digest: str
    village: str
    households: Mapping[str, list[Row]]

    def batches(self) -> list[list[Row]]:
        """Return the rows in batches of about 600; a household never lies across two."""
        return list(_batched(self.households.values()))

    def only(self, wanted: set[str]) -> RosterFile:
        """Return the file with only these households (by number)."""
        kept = {number: rows for number, rows in self.households.items() if number in wanted}
        return RosterFile(self.path, self.digest, self.village, kept)


def read_roster(path: Path) -> RosterFile:
    """Read a workbook; BadRequest `roster.file` when it is none, has no such sheet or names no village."""
    table = _table(path)
    if not table:
        raise _wrong(path, f"工作表“{SHEET}”是空的", "请确认文件内容。")
    headings = [cell_text(cell).strip() for cell in table[0]]
    missing = [heading for heading in (VILLAGE, HOUSEHOLD) if heading not in headings]
    if missing:
        raise _wrong(path, f"缺少列 {'、'.join(missing)}", "请用公布的附件2 表样导出。")
    rows = [_row(number, headings, cells) for number, cells in enumerate(table[1:], FIRST_ROW) if any(cells)]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return RosterFile(path, digest, _village(path, rows), _by_household(rows))


def _table(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for this command

    if not path.is_file():
        raise _wrong(path, "没有这个文件", "请核对路径。")
    try:
        book = CalamineWorkbook.from_path(str(path))
        if SHEET not in book.sheet_names:
            found = "、".join(book.sheet_names)
            raise _wrong(path, f"没有工作表“{SHEET}”（有：{found}）", "请用公布的附件2 表样导出。")
        return book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError):
        raise _wrong(path, "不是可读的 xlsx 工作簿", "请用 Excel 或 WPS 另存为 xlsx 后重试。") from None


def _row(number: int, headings: list[str], cells: list[Any]) -> Row:
    named = zip(headings, cells, strict=False)
    return {"row": number, "cells": {heading: cell_text(cell) for heading, cell in named if heading}}


def cell_text(cell: Any) -> str:
    """Return a cell as its text: 3.0 is "3", a date is ISO, true is 是."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)  # a date is ISO already


def _village(path: Path, rows: list[Row]) -> str:
    codes: Counter[str] = Counter(row["cells"][VILLAGE].strip() for row in rows)
    code = next((code for code, _ in codes.most_common() if _is_village(code)), None)
    if code is None:
        raise _wrong(path, f"“{VILLAGE}”列没有十二位村级区划代码", "请补填后重试。")
    return code


def _is_village(code: str) -> bool:
    return len(code) == VILLAGE_DIGITS and code.isascii() and code.isdigit()


def _by_household(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    current = ""
    for row in rows:
        current = row["cells"][HOUSEHOLD].strip() or current
        found.setdefault(current, []).append(row)
    return found


def _batched(households: Any) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for rows in households:
        if batch and len(batch) + len(rows) > ROWS_A_BATCH:
            yield batch
            batch = []
        batch.extend(rows)
    if batch:
        yield batch


def _wrong(path: Path, message: str, remedy: str) -> BadRequest:
    return BadRequest(message, code="roster.file", where=path.name, remedy=remedy)
