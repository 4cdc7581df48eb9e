"""Tables written row by row, as csv or xlsx, so that the same rows always give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from xlsxwriter import Workbook

Cell = str | int | float | date | None
WRITTEN_ON = datetime(2021, 1, 1)
"""Stands in every workbook as the time of its making: a real one would make every run differ."""


class Sheet(Protocol):
    """A table being written."""

    path: Path

    def row(self, cells: Sequence[Cell]) -> int:
        """Write a row and return its number as a spreadsheet shows it, from 1."""

    def close(self) -> None:
        """Finish the file."""


class CsvSheet:
    """A csv file as offices in China save it: GBK or UTF-8 with BOM, lines ending in CR LF."""

    def __init__(self, path: Path, headings: Sequence[str], encoding: str) -> None:
        self.path = path
        self._file = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._rows = 0
        self.row(headings)

    def row(self, cells: Sequence[Cell]) -> int:
        """Write a row; dates in ISO form unless they come as text."""
        self._writer.writerow(["" if cell is None else cell for cell in cells])
        self._rows += 1
        return self._rows

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class XlsxSheet:
    """A workbook of one sheet, written with constant memory; a title may stand above the headings."""

    def __init__(self, path: Path, headings: Sequence[str], sheet: str = "Sheet1", title: str = "") -> None:
        self.path = path
        self._book = Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": WRITTEN_ON})
        self._sheet = self._book.add_worksheet(sheet)
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._rows = 0
        if title:
            self.row([title])
        self.row(headings)

    def row(self, cells: Sequence[Cell]) -> int:
        """Write a row; text stays text, numbers are numbers, dates are date cells, None stays blank."""
        at = self._rows
        for column, cell in enumerate(cells):
            if type(cell) is str:
                if cell:
                    self._sheet.write_string(at, column, cell)
            elif isinstance(cell, date):
                self._sheet.write_datetime(at, column, cell, self._day)
            elif cell is not None:
                self._sheet.write_number(at, column, cell)
        self._rows += 1
        return self._rows

    def close(self) -> None:
        """Finish the workbook."""
        self._book.close()
