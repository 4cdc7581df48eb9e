"""Cells of a workbook that show an error (#N/A, #DIV/0!): the reader of sheets gives them as blanks.

A blank may mean zero or "not known"; an error means that a formula of the department failed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree

BLOCK: Final = 1 << 20
_BOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
_ERROR: Final = re.compile(rb"""\st=["']e["']""")
_PLACE: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
LETTERS: Final = 26

Cell = tuple[int, int]


def error_cells(path: Path, sheet: str) -> set[Cell] | None:
    """Return (row, column), from 0, of the error cells of a sheet; None: it cannot be told."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as book:
        part = _part(book, sheet)
        if part is None:
            return None
        with book.open(part) as file:
            return {_place(tag) for tag in _tags(file) if _ERROR.search(tag)}


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(book.namelist())
    if not {_BOOK, _LINKS} <= names:
        return None
    links = {one.get("Id"): one.get("Target", "") for one in ElementTree.fromstring(book.read(_LINKS))}
    for one in ElementTree.fromstring(book.read(_BOOK)).iter():
        if one.tag.endswith("}sheet") and one.get("name") == sheet:
            link = next((value for key, value in one.items() if key.endswith("}id")), None)
            target = links.get(link, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in names else None
    return None


def _tags(file: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while block := file.read(BLOCK):
        rest += block
        end = rest.rfind(b">") + 1
        if b't="e"' in rest or b"t='e'" in rest:
            yield from _CELL.findall(rest, 0, end)
        rest = rest[end:]


def _place(tag: bytes) -> Cell:
    found = _PLACE.search(tag)
    if found is None:
        raise ValueError("a cell without a place")
    column = 0
    for letter in found[1]:
        column = column * LETTERS + letter - ord("A") + 1
    return int(found[2]) - 1, column - 1
