"""Fills in a worklist as a cadre does: opens the workbook, writes into cells, saves it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from shouwang.cli.worklist_book import HEADING_ROW
from xlsxwriter import Workbook

Tables = dict[str, list[list[Any]]]


def opened(content: bytes) -> Tables:
    """The sheets of a workbook as tables."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def lines(tables: Tables, page: str) -> list[list[Any]]:
    """The rows of a sheet below its headings."""
    return tables[page][HEADING_ROW + 1 :]


def fill(tables: Tables, page: str, row: int, **cells: Any) -> None:
    """Write into the row-th line of a sheet (0 is the first), by heading."""
    headings, line = tables[page][HEADING_ROW], lines(tables, page)[row]
    line += [""] * (len(headings) - len(line))
    for heading, value in cells.items():
        line[headings.index(heading)] = value


def saved(tables: Tables, path: Path) -> Path:
    """The workbook written again."""
    with Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in tables.items():
            page = book.add_worksheet(name)
            for number, line in enumerate(table):
                for place, value in enumerate(line):
                    if isinstance(value, date):
                        page.write_datetime(number, place, value, day)
                    elif value != "":
                        page.write(number, place, value)
    return path
