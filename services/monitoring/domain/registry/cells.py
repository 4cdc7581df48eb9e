"""One cell of the 附件2 workbook: text in, value out; a cell that cannot be true is BadRequest `roster.…`.

No message shows the text of the cell: it may hold a name or a number of a person.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.identity import CARD_LENGTH, IdNumber, parse_disability_card, parse_id
from shouwang.money import yuan
from shouwang.unseen import holds_unseen

from services.monitoring.domain.registry.roster_form import NO, SEPARATOR, YES, Column

Tables = Mapping[str, Mapping[str, str]]
"""Code table → Chinese label → name in the registry."""

MONTHS_A_YEAR: Final = 12
SEXES: Final = {"男": "male", "女": "female"}
_KEY = re.compile(r"\d{1,6}", re.ASCII)
_VILLAGE = re.compile(r"\d{12}", re.ASCII)
_PHONE = re.compile(r"[\d-]{7,15}", re.ASCII)
_SPLIT = re.compile(r"[、，,；;]")


def read_cell(column: Column, text: str, tables: Tables, as_of: date) -> Any:
    """Return the value of a cell; None when it is blank (unknown), [] for a blank list of choices.

    Money becomes int fen, months a Decimal text in halves, dates ISO text, an ID number a dict
    {id_number, birth, sex, disability}. Raises BadRequest with a `roster.…` or `identity.…` code.
    """
    text = text.strip()
    if not text:
        return [] if column.kind == "codes" else None
    if holds_unseen(text):
        raise _bad("control", f"“{column.heading}”里有看不见的控制字符（如 NUL）；请重新输入这一格。")
    return _READERS[column.kind](column, text, tables, as_of)


def _bad(code: str, message: str) -> BadRequest:
    return BadRequest(message, code=f"roster.{code}", remedy="请核对后改正，再导入本文件。")


def _village(column: Column, text: str, tables: Tables, as_of: date) -> str:
    if not _VILLAGE.fullmatch(text):
        raise _bad("village_code", f"“{column.heading}”应为 12 位区划代码。")
    return text


def _key(column: Column, text: str, tables: Tables, as_of: date) -> str:
    if not _KEY.fullmatch(text):
        raise _bad("household_number", f"“{column.heading}”应为 1–6 位数字。")
    return f"{int(text):04d}"


def _text(column: Column, text: str, tables: Tables, as_of: date) -> str:
    return text


def _phone(column: Column, text: str, tables: Tables, as_of: date) -> str:
    if not _PHONE.fullmatch(text):
        raise _bad("phone", f"“{column.heading}”应为数字，固定电话加区号。")
    return text


def _id(column: Column, text: str, tables: Tables, as_of: date) -> dict[str, Any]:
    if len(text) == CARD_LENGTH:
        card = parse_disability_card(text)
        return _person(parse_id(card.id.value, on=as_of)) | {
            "disability": {"category": card.category, "grade": card.grade}
        }
    return _person(parse_id(text, on=as_of))


def _person(number: IdNumber) -> dict[str, Any]:
    return {
        "id_number": number.value,
        "birth": number.birth.isoformat(),
        "sex": number.sex,
        "disability": None,
    }


def _code(column: Column, text: str, tables: Tables, as_of: date) -> str:
    return _named(column, text, tables[column.table])


def _codes(column: Column, text: str, tables: Tables, as_of: date) -> list[str]:
    labels = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    return sorted({_named(column, label, tables[column.table]) for label in labels})


def _named(column: Column, label: str, table: Mapping[str, str]) -> str:
    if label not in table:
        near = difflib.get_close_matches(label, table, n=1)
        hint = f"，是否为“{near[0]}”？" if near else f"；可填：{SEPARATOR.join(list(table)[:8])}等。"
        raise _bad("unknown_label", f"“{column.heading}”填的不是代码表里的名称{hint}")
    return table[label]


def _yesno(column: Column, text: str, tables: Tables, as_of: date) -> bool:
    if text not in (YES, NO):
        raise _bad("yesno", f"“{column.heading}”只能填“{YES}”或“{NO}”。")
    return text == YES


def _sex(column: Column, text: str, tables: Tables, as_of: date) -> str:
    if text not in SEXES:
        raise _bad("sex", f"“{column.heading}”只能填“男”或“女”。")
    return SEXES[text]


def _months(column: Column, text: str, tables: Tables, as_of: date) -> str:
    months = _decimal(column, text)
    if not (0 <= months <= MONTHS_A_YEAR and (months * 2) % 1 == 0):
        raise _bad("months", f"“{column.heading}”应为 0–12，可填半月（如 3.5）。")
    return format(months.normalize(), "f")


def _decimal(column: Column, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _bad("not_a_number", f"“{column.heading}”应为数字，现为文字。") from None
    if not number.is_finite():
        raise _bad("not_a_number", f"“{column.heading}”应为数字，现为文字。")
    return number


def _yuan(column: Column, text: str, tables: Tables, as_of: date) -> int:
    try:
        fen = yuan(text)
    except BadRequest:
        raise _bad("not_a_number", f"“{column.heading}”应为金额（元），至多两位小数。") from None
    if fen < 0:
        raise _bad("negative", f"“{column.heading}”不能为负。")
    return fen


def _date(column: Column, text: str, tables: Tables, as_of: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _bad("bad_date", f"“{column.heading}”不是有效日期，应写成 2021-06-03。") from None
    if day > as_of:
        raise _bad("future_date", f"“{column.heading}”晚于名册日期 {as_of}。")
    return day.isoformat()


_READERS: Final[dict[str, Callable[[Column, str, Tables, date], Any]]] = {
    "village": _village,
    "key": _key,
    "text": _text,
    "name": _text,
    "id": _id,
    "sex": _sex,
    "phone": _phone,
    "code": _code,
    "codes": _codes,
    "yesno": _yesno,
    "months": _months,
    "yuan": _yuan,
    "date": _date,
}
