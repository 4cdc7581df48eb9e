"""Cells of a file as text."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from shouwang.clock import BEIJING

EXACT_DIGITS: Final = 15  # what a spreadsheet keeps of a number; beyond it stands only noise


def as_text(cell: Any) -> str:
    """Return a cell as text: days in ISO form, numbers with the digits that a spreadsheet keeps.

    A moment with a zone is the day that it was in China; yes and no are no numbers (TRUE is not 1 yuan).
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number_text(cell)
    return _day_text(cell) if isinstance(cell, datetime) else str(cell)


def _day_text(moment: datetime) -> str:
    return (moment.astimezone(BEIJING) if moment.tzinfo else moment).date().isoformat()


def _number_text(value: float) -> str:
    if abs(value) >= 10**EXACT_DIGITS:
        return format(value, f".{EXACT_DIGITS}g")  # digits are lost: it must not look like a whole number
    return format(Decimal(format(value, f".{EXACT_DIGITS}g")), "f")
