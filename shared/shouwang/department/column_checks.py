"""What the arguments of a column may be: read before any file is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from shouwang.department.columns import (
    CodeColumn,
    Column,
    IdNumberColumn,
    MoneyColumn,
    NumberColumn,
    TextColumn,
    WholeColumn,
)

RESERVED: Final = (
    *("feed", "title", "unique", "name", "columns", "defined", "period"),
    *("within", "latest", "previous", "labels", "person_columns", "order", "describe"),
)
"""Names with a meaning of their own in a table, a case or a rule: no column may have them."""
MOST_DECIMALS: Final = 18


def column_problems(column: Column) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one column and what to do."""
    if column.name in RESERVED or column.name.startswith("_"):
        yield f"列名“{column.name}”另有用处", "请换一个名称，如在前面加上对象：case_name。"
    if column.name == "person" and not isinstance(column, IdNumberColumn):
        yield "列“person”应为身份证号", 'person = id_number("身份证号")；别的内容请换一个名称。'
    yield from _headings(column)
    yield from _own(column)


def _headings(column: Column) -> Iterator[tuple[str, str]]:
    headings = [*column.labels, *column.aliases]
    if not column.labels or not all(isinstance(one, str) and one.strip() for one in headings):
        yield f"列“{column.name}”的表头应为文字", '照导出文件的表头写，如 date("日期")。'
    for one in headings:
        if isinstance(one, str) and one != one.strip():
            yield f"列“{column.name}”的表头“{one}”前后有空格", "请删去空格。"
    if len(set(column.labels)) < len(column.labels):
        yield f"列“{column.name}”的表头写了两次", "请删去一处。"


def _own(column: Column) -> Iterator[tuple[str, str]]:
    name = column.name
    if type(column.optional) is not bool:
        yield f"列“{name}”的 optional 应为 True 或 False", "可以空着的写 optional=True。"
    if isinstance(column, MoneyColumn) and not _fen_or_none(column.blank):
        yield f"列“{name}”的 blank 应为整数分，不小于零", "空白就是零的，写 blank=0。"
    if isinstance(column, CodeColumn):
        yield from _code_table(column)
    if isinstance(column, WholeColumn) and not _whole_range(column):
        yield f"列“{name}”的 least 应小于 most，都是整数", "请核对两个数。"
    if isinstance(column, NumberColumn) and not _within(column.places, 1, MOST_DECIMALS):
        yield (
            f"列“{name}”的 places 应为 1 至 {MOST_DECIMALS} 的整数",
            "places 是最多几位小数；没有小数的写 whole(…)。",
        )
    if isinstance(column, TextColumn) and not _within(column.longest, 1, 10_000):
        yield f"列“{name}”的 longest 应为正整数", "longest 是最多几个字。"


def _code_table(column: CodeColumn) -> Iterator[tuple[str, str]]:
    if not _codes(column.values):
        problem = f"列“{column.name}”的代码表应至少有一项，两边都是文字"
        yield problem, 'code("性质", {"新发": "fresh"})。'
        return
    first: dict[str, str] = {}
    for label, value in column.values.items():
        same = first.setdefault(plain(label), label)
        if column.values[same] != value:
            problem = f"列“{column.name}”的代码表里“{same}”和“{label}”读起来是同一个（全角、半角、空格不分）"
            yield problem, "请删去一处。"


def plain(label: str) -> str:
    """Return a label as the parser reads it: full and half width alike, without blanks around it."""
    return unicodedata.normalize("NFKC", label).strip()


def _fen_or_none(blank: Any) -> bool:
    return blank is None or (type(blank) is int and blank >= 0)


def _codes(values: Mapping[Any, Any]) -> bool:
    return bool(values) and all(isinstance(one, str) and one for pair in values.items() for one in pair)


def _whole_range(column: WholeColumn) -> bool:
    return type(column.least) is int and type(column.most) is int and column.least < column.most


def _within(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most
