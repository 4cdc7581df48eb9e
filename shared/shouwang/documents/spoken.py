"""Values as an official form shows them: Chinese dates, yuan, ticked boxes, printed numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from shouwang.documents.description import Field
from shouwang.documents.model import Run
from shouwang.money import format_yuan

TICKED: Final = "☑"
EMPTY: Final = "□"
NONE: Final = "无"
BLANK_DATE: Final = "　　　年　　月　　日"


def chinese_date(day: str) -> str:
    """Return "2021年7月8日" of an ISO date."""
    found = date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def runs_of(field: Field, value: Any) -> tuple[Run, ...]:
    """Return how a field shows a value; None is not known and leaves the place to be filled in by hand."""
    if field.kind == "choices":
        return (Run(_boxes(field, value)),)
    if field.kind == "tick":
        return (Run(TICKED if value else EMPTY),)
    if field.kind == "record":
        return (Run(f"（{value}）", "record"),) if value else ()
    if field.kind == "date":
        return (Run(BLANK_DATE if value is None else chinese_date(value)),)
    return (Run(text_of(field, value), "blank", field.width),)


def text_of(field: Field, value: Any) -> str:
    """Return the plain text of a value; "" when it is not known."""
    if value is None:
        return ""
    if field.kind == "codes":
        return "".join(one.label for one in field.options if one.value in value) or NONE
    return _WORDS.get(field.kind, str)(value)


def _boxes(field: Field, value: Any) -> str:
    """Every choice with its box; one value or several tick them, not known ticks none."""
    values = value if isinstance(value, list | tuple) else [value]
    words = {str(one) for one in values if one is not None}
    shown = (f"{TICKED if one.value in words else EMPTY}{one.label}{one.after}" for one in field.options)
    return "　".join(shown)


def _yuan(fen: int) -> str:
    return format_yuan(fen).removesuffix(" 元")


def _yesno(value: bool) -> str:
    return "是" if value else "否"


def _dotted(day: str) -> str:
    return day.replace("-", ".")


_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "yuan": _yuan,
    "date": chinese_date,
    "dotted_date": _dotted,
    "yesno": _yesno,
}
