"""How offices spell what stands in a table: amounts (given in fen), days, ID numbers."""

from __future__ import annotations

from datetime import date


def yuan(fen: int) -> str:
    """12345.60"""
    return f"{fen // 100}.{fen % 100:02d}"


def grouped(fen: int) -> str:
    """12,345.60"""
    return f"{fen // 100:,}.{fen % 100:02d}"


def number(fen: int) -> float:
    """The amount as a number cell."""
    return fen / 100


def slashed(day: date) -> str:
    """2021/6/3"""
    return f"{day.year}/{day.month}/{day.day}"


def dotted(day: date) -> str:
    """2021.06.03"""
    return day.strftime("%Y.%m.%d")


def compact(day: date) -> str:
    """20210603"""
    return day.strftime("%Y%m%d")


def chinese(day: date) -> str:
    """2021年6月3日"""
    return f"{day.year}年{day.month}月{day.day}日"


def cell(day: date) -> date:
    """The day as a date cell."""
    return day


def apostrophe(text: str) -> str:
    """An apostrophe keeps a spreadsheet from turning the number into 4.3E+17."""
    return f"'{text}"


def small(text: str) -> str:
    """The check character as people type it, with a blank behind."""
    return f"{text.lower()} "


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def wide(fen: int) -> str:
    """１２３４５.６０, as an input method left in full-width mode makes it."""
    return yuan(fen).translate(_WIDE)
