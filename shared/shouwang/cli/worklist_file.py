"""Reads a filled worklist: the rows under the token heading of each sheet, with their number in the sheet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from shouwang.cli.roster_file import cell_text
from shouwang.cli.worklist_book import GUIDE, LISTS, TOKEN
from shouwang.errors import BadRequest

KINDS: Final = {"走访": "visit", "季度评估": "evaluation", "登记表补缺": "cells", "季度收入采集": "income"}
Row = dict[str, Any]


def read_book(path: Path) -> tuple[str, list[Row]]:
    """Return the number of the sheet and its rows [{kind, row, token, cells}]; BadRequest when it is none."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for this command

    if not path.is_file():
        raise _wrong(path, "没有这个文件", "请核对路径。")
    try:
        book = CalamineWorkbook.from_path(str(path))
        pages = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (CalamineError, OSError):
        raise _wrong(path, "不是可读的 xlsx 工作簿", "请用 Excel 或 WPS 另存为 xlsx 后重试。") from None
    rows = [row for name, table in pages.items() if name not in (GUIDE, LISTS) for row in _rows(name, table)]
    return _sheet(path, rows), rows


def _rows(name: str, table: list[list[Any]]) -> list[Row]:
    start = next((number for number, cells in enumerate(table) if cells and cells[0] == TOKEN), None)
    if start is None:
        return []
    headings = [str(cell).strip() for cell in table[start]]
    found = []
    for number, cells in enumerate(table[start + 1 :], start + 2):
        texts = [_cell(cell) for cell in cells]
        if any(texts):
            named = dict(zip(headings[1:], texts[1:], strict=False))
            found.append({"kind": KINDS.get(name, name), "row": number, "token": texts[0], "cells": named})
    return found


def _cell(cell: object) -> str:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    return cell_text(cell).strip()


def _sheet(path: Path, rows: list[Row]) -> str:
    """Return the number of the sheet: the one that most rows name, so that a foreign row cannot change it."""
    named = [str(row["token"]).partition("/")[0] for row in rows if "/" in row["token"]]
    if not named:
        raise _wrong(path, "不是守望导出的工作清单，或没有一行", "请用 shouwang worklist export 导出后填写。")
    return max(sorted(set(named)), key=named.count)


def _wrong(path: Path, message: str, remedy: str) -> BadRequest:
    return BadRequest(message, code="worklist.file", where=path.name, remedy=remedy)
