"""The cells of a row that people bring: read as what they mean, or refused with the column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest

CODE: Final = "list.cell"
Cells = Mapping[str, str]


def texts(cells: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return these columns as stripped text; what is not there is ""."""
    return {name: str(cells.get(name) or "").strip() for name in names}


def lacking(headings: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return the wanted headings that a list lacks."""
    there = {str(one).strip() for one in headings}
    return [one for one in wanted if one not in there]


def given(name: str, text: Cells) -> str:
    """Return a cell that must be filled in."""
    if not text[name]:
        raise bad(name, "没有填写")
    return text[name]


def one_of(words: Mapping[str, Any], name: str, text: Cells) -> Any:
    """Return what a word stands for."""
    if text[name] not in words:
        raise bad(name, f"应为：{'、'.join(words)}")
    return words[text[name]]


def day(name: str, text: Cells) -> date:
    """Read 2021-09-28, 2021.09.28 or 2021/09/28, with or without the zeros."""
    parts = text[name].replace(".", "-").replace("/", "-").split("-")
    try:
        year, month, number = (int(one) for one in parts)
        return date(year, month, number)
    except ValueError:
        raise bad(name, "应为日期，如 2021-09-28") from None


def bad(column: str, message: str) -> BadRequest:
    """Return the refusal of a cell."""
    return BadRequest(
        f"“{column}”{message}", code=CODE, remedy="请改好这一格后再试。", details={"column": column}
    )
