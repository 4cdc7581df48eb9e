"""The units a parameter may have: how its value is written in YAML, and how people read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shouwang.money import format_yuan

Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Unit:
    """A unit: `read` returns the value or raises ValueError saying what was expected."""

    name: str
    read: Reader
    show: Callable[[Any], str]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("应为不带引号的整数")
    return value


def _fen(value: Any) -> int:
    if isinstance(value, Decimal):
        raise ValueError("金额应为整数分，不写小数（6500 元写 650000）")
    return _whole(value)


def _ratio(value: Any) -> Decimal:
    if isinstance(value, str):
        value = _decimal_text(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError('比例应写成 "0.60"')
    return Decimal(value)


def _decimal_text(text: str) -> Decimal:
    if not text.replace(".", "", 1).lstrip("-").isdecimal():
        raise ValueError('比例应写成 "0.60"')
    return Decimal(text)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("应为一段文字（代码请加引号）")
    return value


def _month_day(value: Any) -> str:
    """Return a day of every year as it is compared: "09-01"."""
    try:
        day = f"{date.fromisoformat(f'2000-{value}'):%m-%d}"
    except ValueError:
        day = ""
    if value != day:
        raise ValueError("应为两位月、两位日，如 09-01")
    return day


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("应为至少一项的列表")
    return tuple(_text(item) for item in value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("应为 true 或 false")
    return value


def _percent(ratio: Decimal) -> str:
    hundredfold = format(ratio * 100, "f")
    return (hundredfold.rstrip("0").rstrip(".") if "." in hundredfold else hundredfold) + "%"


def _per(suffix: str) -> Callable[[int], str]:
    def show(fen: int) -> str:
        return f"{format_yuan(fen)}{suffix}"

    return show


def _counted(word: str) -> Callable[[int], str]:
    def show(count: int) -> str:
        return f"{count:,} {word}"

    return show


_MONEY = {
    "fen": "",
    "fen_per_person": "/人",
    "fen_per_person_month": "/人·月",
    "fen_per_person_year": "/人·年",
    "fen_per_household": "/户",
    "fen_per_household_year": "/户·年",
    "fen_per_month": "/月",
    "fen_per_year": "/年",
    "fen_per_day": "/天",
    "fen_per_mu": "/亩",
    "fen_per_head": "/头",
}
_COUNTS = {
    "seconds": "秒",
    "days": "天",
    "months": "个月",
    "years": "年",
    "years_of_age": "岁",
    "persons": "人",
    "households": "户",
    "times": "次",
    "items": "项",
    "points": "分",
}
_OTHERS = (
    Unit("ratio", _ratio, _percent),
    Unit("code", _text, str),
    Unit("text", _text, str),
    Unit("month_day", _month_day, str),
    Unit("codes", _texts, "、".join),
    Unit("yes_no", _flag, lambda flag: "是" if flag else "否"),
)
UNITS: dict[str, Unit] = {
    **{name: Unit(name, _fen, _per(suffix)) for name, suffix in _MONEY.items()},
    **{name: Unit(name, _whole, _counted(word)) for name, word in _COUNTS.items()},
    **{unit.name: unit for unit in _OTHERS},
}


def show(value: Any, unit: str) -> str:
    """Return a value as people read it: `show(650000, "fen")` → "6,500 元"; None is "不详"."""
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    found = UNITS.get(unit)
    return found.show(value) if found else f"{value} {unit}".strip()
