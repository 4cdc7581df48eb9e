"""Sheets that people bring: xlsx and csv, as bytes in base64, in memory only (none is drawn here, 0160)."""

from __future__ import annotations

import base64
import binascii
import csv
import io
from datetime import date
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook
from shouwang.errors import BadRequest
from shouwang.sealing import open_sealed
from shouwang.service import Context

Row = dict[str, Any]
MOST_BYTES: Final = 8 * 1024 * 1024
HEADING_ROW: Final = 1
EXACT: Final = 2**53
"""Below it a number of a spreadsheet is what was typed."""


def opened_sheet(ctx: Context, sealed: str) -> tuple[list[str], list[Row]]:
    """Return headings and rows of a file sealed to us: {name, content: base64}."""
    given = open_sealed(ctx.keys.sealing.private, sealed)
    if not isinstance(given, dict) or not {"name", "content"} <= given.keys():
        raise _bad("密封内容里没有 name 和 content")
    return read_sheet(str(given["name"]), str(given["content"]))


def read_sheet(name: str, content: str) -> tuple[list[str], list[Row]]:
    """Return the headings and the rows [{row, cells: {heading: text}}] of an xlsx or csv (base64).

    BadRequest `list.file`: what cannot be read, with what to do. Rows without any text are left out.
    """
    raw = _bytes(content)
    lines = _csv(raw) if name.lower().endswith(".csv") else _xlsx(raw)
    if not lines:
        raise _bad("文件是空的")
    headings = [one.strip() for one in lines[0]]
    numbered = enumerate(lines[1:], HEADING_ROW + 1)
    rows = [{"row": number, "cells": dict(zip(headings, line, strict=False))} for number, line in numbered]
    return headings, [one for one in rows if any(str(cell).strip() for cell in one["cells"].values())]


def _bytes(content: str) -> bytes:
    try:
        raw = base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise _bad("文件内容不是 base64") from error
    if len(raw) > MOST_BYTES:
        raise _bad(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请按乡镇分开导出")
    return raw


def _csv(raw: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(raw.decode(encoding))))
        except UnicodeDecodeError:
            continue
    raise _bad("csv 的编码读不出来，请另存为 UTF-8")


def _xlsx(raw: bytes) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
    except CalamineError as error:
        raise _bad("不是可以读的 xlsx 文件") from error
    return [[_text(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return (
            str(int(cell)) if abs(cell) < EXACT else f"{cell:.5E}"
        )  # its last digits are lost: not a number
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def _bad(told: str) -> BadRequest:
    return BadRequest(told, code="list.file", remedy="请重新导出（另存）为 xlsx 或 csv 后再试。")
