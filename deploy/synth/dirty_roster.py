"""How a row of the roster is spoilt: each kind of dirt changes the rows of one household.

A spoiler gets the household's rows, the rows of a clean household before it, the village code and the
headings; it returns the rows as they are written, the offset of the bad row, and the heading of the bad cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deploy.synth.numbers import id_number, spoilt_check
from deploy.synth.sheets import Cell

Rows = list[list[Cell]]
Spoilt = tuple[Rows, int, str]
Spoiler = Callable[[Rows, Rows, str, Sequence[str]], Spoilt]

ID, RELATION, WAGES, MONTHS = "身份证（残疾人证）号码", "与户主关系", "工资性收入（元）", "务工时间（月）"
VILLAGE, NUMBER, TAKEN = "行政村代码", "户编号", "采集日期"
ID_DIGITS = 18


def _spoil(heading: str, make: Callable[[str], Cell], *, last: bool = False) -> Spoiler:
    """A spoiler of one cell, in the first row, or in the last one."""

    def spoiler(rows: Rows, before: Rows, village: str, headings: Sequence[str]) -> Spoilt:
        changed = [list(row) for row in rows]
        offset = len(rows) - 1 if last else 0
        column = headings.index(heading)
        changed[offset][column] = make(str(changed[offset][column]))
        return changed, offset, heading

    return spoiler


def _twice(rows: Rows, before: Rows, village: str, headings: Sequence[str]) -> Spoilt:
    """The last member stands there twice; an only member is called somebody else the second time."""
    again = list(rows[-1])
    if len(rows) == 1:
        again[headings.index(RELATION)] = "其他"
    return [*rows, again], len(rows), ID


def _from_another(rows: Rows, before: Rows, village: str, headings: Sequence[str]) -> Spoilt:
    """Somebody of the household before stands here too."""
    guest = list(before[-1])
    guest[headings.index(NUMBER)] = rows[0][headings.index(NUMBER)]
    guest[headings.index(RELATION)] = "其他"
    for column in (*range(2, 6), *range(headings.index("是否住房出现安全问题"), len(headings))):
        guest[column] = None
    return [*rows, guest], len(rows), ID


def _elsewhere(rows: Rows, before: Rows, village: str, headings: Sequence[str]) -> Spoilt:
    changed = [list(row) for row in rows]
    other = int(village[-3:]) + 1 if int(village[-3:]) < 999 else 1
    changed[-1][headings.index(VILLAGE)] = f"{village[:9]}{other:03d}"
    return changed, len(rows) - 1, VILLAGE


def _remade(birth: str) -> Callable[[str], Cell]:
    return lambda number: id_number(birth, int(number[14:17]))


SPOILERS: dict[str, Spoiler] = {
    "bad_checksum": _spoil(ID, lambda number: spoilt_check(number[:ID_DIGITS]), last=True),
    "bad_length": _spoil(ID, lambda number: number[: ID_DIGITS - 1], last=True),
    "impossible_birth": _spoil(ID, _remade("19780231"), last=True),
    "birth_in_future": _spoil(ID, _remade("20990101"), last=True),
    "duplicate_in_household": _twice,
    "duplicate_across_households": _from_another,
    "impossible_date": _spoil(TAKEN, lambda day: f"{day[:4]}-02-30"),
    "text_in_number": _spoil(WAGES, lambda amount: "约三万元"),
    "negative_amount": _spoil(WAGES, lambda amount: -500),
    "months_over_twelve": _spoil(MONTHS, lambda months: 14, last=True),
    "wrong_village": _elsewhere,
    "unknown_label": _spoil(RELATION, lambda label: "远房亲戚", last=True),
}
