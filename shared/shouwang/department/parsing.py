"""Cells of one column, all at once: text in, typed array and problems out. No amount is ever a float."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.columns import (
    CodeColumn,
    Column,
    DateColumn,
    MoneyColumn,
    NumberColumn,
    PlaceColumn,
    TextColumn,
    WholeColumn,
    YesNoColumn,
)
from shouwang.identity import valid_id
from shouwang.money import FEN_A_YUAN

EARLIEST: Final = date(1900, 1, 1)
YES: Final = ("是", "有", "1", "Y", "y", "YES", "Yes", "yes", "√")
NO: Final = ("否", "无", "0", "N", "n", "NO", "No", "no", "×")
_TIME: Final = r"(?:上午|下午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?\+08:?00)?"
_DATE: Final = (
    r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?: ?(?:星期|周)[一二三四五六日天])?"
    rf"(?:[ T]{_TIME})?$"
)
"""A day, its time of day in China: of any other zone, and of a span of days, the day is not certain."""
_COMPACT: Final = r"^(\d{4})(\d{2})(\d{2})$"
_AMOUNT: Final = r"^(\d{1,13}|\d{1,3}(,\d{3}){1,4})(\.\d{1,2}0*)?$"
_SEVENTEEN: Final = r"[0-9]{17}"
_ID: Final = re.compile(r"(?<!\d)([1-9]\d{16}[\dXx])(?:\d{2})?(?!\d)", re.ASCII)
_DAYS: Final = pa.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], pa.int64())


@dataclass(frozen=True)
class Problem:
    """Why some rows cannot stand: `rows` is the mask, `label` the heading, `text` never holds the cell."""

    rows: pa.BooleanArray
    label: str
    code: str
    text: str


@dataclass(frozen=True)
class Parsed:
    """A typed array (NULL where refused or blank) and the problems found."""

    values: pa.Array
    problems: list[Problem]


@dataclass(frozen=True)
class Surroundings:
    """What cells are judged against: the last day of the period, and the division codes known (None: any)."""

    until: date
    places: pa.Array | None = None


def clean(cells: Sequence[str]) -> pa.Array:
    """Return cells as an Arrow array: full-width forms narrowed, blanks around cut, empty cells NULL."""
    narrow = pc.utf8_normalize(pa.array(cells, pa.string()), form="NFKC")
    trimmed = pc.utf8_trim(narrow, characters=" \t\r\n\ufeff\u200b'`")
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def parse(column: Column, cells: Mapping[str, pa.Array], around: Surroundings) -> Parsed:
    """Parse a column from the cleaned cells of its headings; ID numbers are parsed by `pseudonyms`."""
    reader = _READERS[type(column)]
    return reader(column, cells, around)


def required(column: Column, label: str, cells: pa.Array) -> list[Problem]:
    """Return the problem of blank cells in a column that needs a value."""
    if column.optional or (isinstance(column, MoneyColumn) and column.blank is not None):
        return []
    return [Problem(pc.is_null(cells), label, "cell.missing", f"“{label}”没有填写")]


def broken(cells: pa.Array, values: pa.Array) -> pa.BooleanArray:
    """Return where a cell was filled in and no value came out."""
    return pc.and_(pc.is_valid(cells), pc.is_null(values))


def _single(read: Callable[[Any, pa.Array, Surroundings], tuple[pa.Array, list[Problem]]]) -> Any:
    def reader(column: Any, cells: Mapping[str, pa.Array], around: Surroundings) -> Parsed:
        given = cells[column.label]
        values, problems = read(column, given, around)
        return Parsed(values, [*required(column, column.label, given), *problems])

    return reader


def _date(column: DateColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    spelled = pc.replace_substring_regex(cells, _COMPACT, r"\1-\2-\3")
    parts = pc.extract_regex(spelled, _DATE)
    year, month, day = (pc.struct_field(parts, name).cast(pa.int64()) for name in "ymd")
    exists = pc.and_(between(month, 1, 12), between(day, 1, days_in(year, month)))
    # Before the cast: Arrow takes no year below 1000 from text.
    early = pc.fill_null(pc.and_(exists, pc.less(year, EARLIEST.year)), False)
    kept = pc.and_(exists, pc.invert(early))
    days = pc.if_else(kept, _iso(year, month, day), pa.scalar(None, pa.string())).cast(pa.date32())
    late = pc.greater(days, pa.scalar(around.until))
    label = column.label
    return days, [
        Problem(
            pc.and_not(broken(cells, days), early),
            label,
            "date.form",
            f"“{label}”不是存在的日期，应写成 2021-06-01",
        ),
        Problem(early, label, "date.too_early", f"“{label}”早于 {EARLIEST}"),
        Problem(late, label, "date.future", f"“{label}”晚于本期末 {around.until}"),
    ]


def days_in(year: pa.Array, month: pa.Array) -> pa.Array:
    """Return how many days a month has; of a month that does not exist, some number."""
    leap = pc.and_(
        _divides(year, 4), pc.or_(pc.invert(_divides(year, 100)), _divides(year, 400))
    )  # Gregorian
    safe = pc.if_else(between(month, 1, 12), month, 1)
    days = pc.take(_DAYS, pc.subtract(safe, 1))
    return pc.add(days, pc.and_(leap, pc.equal(safe, 2)).cast(pa.int64()))


def _divides(number: pa.Array, by: int) -> pa.Array:
    return pc.equal(pc.multiply(pc.divide(number, by), by), number)


def between(number: pa.Array, least: Any, most: Any) -> pa.Array:
    """Return where a number lies within bounds, both included."""
    return pc.fill_null(pc.and_(pc.greater_equal(number, least), pc.less_equal(number, most)), False)


def _iso(year: pa.Array, month: pa.Array, day: pa.Array) -> pa.Array:
    padded = [pc.utf8_lpad(part.cast(pa.string()), width, "0") for part, width in ((month, 2), (day, 2))]
    return pc.binary_join_element_wise(year.cast(pa.string()), *padded, "-")


def _money(column: MoneyColumn, cells: Mapping[str, pa.Array], around: Surroundings) -> Parsed:
    del around
    parts = [_fen(column, label, cells[label]) for label in column.labels]
    total = reduce(pc.add, (part.values for part in parts))
    return Parsed(total, [problem for part in parts for problem in part.problems])


def _fen(column: MoneyColumn, label: str, cells: pa.Array) -> Parsed:
    plain = pc.replace_substring_regex(cells, r"^[¥￥]|元$", "")
    fits = pc.fill_null(pc.match_substring_regex(plain, _AMOUNT), False)
    digits = pc.replace_substring(pc.if_else(fits, plain, pa.scalar(None, pa.string())), ",", "")
    fen = _hundredfold(digits)
    if column.blank is not None:
        fen = pc.if_else(pc.is_null(cells), column.blank, fen)
    negative = pc.match_substring_regex(plain, r"^-[\d,.]+$")
    text = f"“{label}”应为元，至多两位小数，如 6250.50"
    return Parsed(
        fen,
        [
            *required(column, label, cells),
            Problem(negative, label, "money.negative", f"“{label}”为负数；冲销应在导出前与原单合并"),
            Problem(broken(cells, fen), label, "money.form", text),
        ],
    )


def _hundredfold(digits: pa.Array) -> pa.Array:
    parts = pc.extract_regex(digits, r"^(?P<whole>\d+)(?:\.(?P<rest>\d{1,2})0*)?$")
    whole = pc.struct_field(parts, "whole").cast(pa.int64())
    rest = pc.utf8_rpad(pc.struct_field(parts, "rest"), 2, "0").cast(pa.int64())
    return pc.add(pc.multiply(whole, FEN_A_YUAN), rest)


def _text(column: TextColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    del around
    label, longest = column.label, column.longest
    long = pc.greater(pc.utf8_length(cells), longest)
    personal = _holding_id(cells)
    return cells, [
        Problem(long, label, "text.too_long", f"“{label}”超过 {longest} 个字"),
        Problem(
            personal, label, "text.personal", f"“{label}”里有身份证号；这一列以明文保存，只能写编号或文字"
        ),
    ]


def _holding_id(cells: pa.Array) -> pa.BooleanArray:
    """Return where a valid ID number (or a disability certificate) stands in a text."""
    likely = pc.fill_null(pc.match_substring_regex(cells, _SEVENTEEN), False)
    if not pc.any(likely).as_py():
        return likely
    held = {text for text in cells.filter(likely).unique().to_pylist() if _holds_id(text)}
    return pc.is_in(cells, value_set=pa.array(sorted(held), pa.string()))


def _holds_id(text: str) -> bool:
    return any(valid_id(found) for found in _ID.findall(text))


def _whole(column: WholeColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    del around
    values = _matching(cells, r"^\d{1,15}$").cast(pa.int64())
    label = column.label
    outside = pc.invert(pc.and_(pc.greater_equal(values, column.least), pc.less_equal(values, column.most)))
    text = f"“{label}”应在 {column.least} 至 {column.most} 之间"
    return values, [
        Problem(broken(cells, values), label, "whole.form", f"“{label}”应为整数"),
        Problem(outside, label, "whole.range", text),
    ]


def _number(column: NumberColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    del around
    pattern = rf"^\d{{1,12}}(\.\d{{1,{column.places}}})?$"
    values = _matching(cells, pattern).cast(pa.decimal128(18, column.places))
    label = column.label
    text = f"“{label}”应为数字，至多 {column.places} 位小数"
    return values, [Problem(broken(cells, values), label, "number.form", text)]


def _yes_no(column: YesNoColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    del around
    yes, no = (pc.is_in(cells, value_set=pa.array(words)) for words in (YES, NO))
    values = pc.if_else(pc.or_(yes, no), yes, pa.scalar(None, pa.bool_()))
    return values, [
        Problem(broken(cells, values), column.label, "yes_no.form", f"“{column.label}”应为是或否")
    ]


def _code(column: CodeColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    del around
    labels = clean(list(column.values))
    at = pc.index_in(cells, value_set=labels)
    values = pc.take(pa.array(list(column.values.values()), pa.string()), at)
    text = f"“{column.label}”应为其中之一：{'、'.join(column.values)}"
    return values, [Problem(broken(cells, values), column.label, "code.unknown", text)]


def _place(column: PlaceColumn, cells: pa.Array, around: Surroundings) -> tuple[pa.Array, list[Problem]]:
    values, label = _matching(cells, r"^(\d{9}|\d{12})$"), column.label
    problems = [Problem(broken(cells, values), label, "place.form", f"“{label}”应为 9 位或 12 位区划代码")]
    if around.places is not None:
        elsewhere = pc.invert(pc.is_in(values, value_set=around.places))
        stranger = pc.and_(pc.is_valid(values), elsewhere)
        problems.append(Problem(stranger, label, "place.unknown", f"“{label}”不是本县的区划代码"))
    return values, problems


def _matching(cells: pa.Array, pattern: str) -> pa.Array:
    fits = pc.fill_null(pc.match_substring_regex(cells, pattern), False)
    return pc.if_else(fits, cells, pa.scalar(None, pa.string()))


_READERS: Final[dict[type[Column], Callable[[Any, Mapping[str, pa.Array], Surroundings], Parsed]]] = {
    DateColumn: _single(_date),
    MoneyColumn: _money,
    TextColumn: _single(_text),
    WholeColumn: _single(_whole),
    NumberColumn: _single(_number),
    YesNoColumn: _single(_yes_no),
    CodeColumn: _single(_code),
    PlaceColumn: _single(_place),
}
LOST_DIGITS: Final = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
