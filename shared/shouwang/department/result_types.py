"""Of which type the columns of a result must be: what is shown is no pseudonym, money is whole fen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shouwang.department.declarations import Fact, Indicator, PersonView, Rule, Signal
from shouwang.department.manifest import wrong
from shouwang.department.reports import AMOUNT, DAYS, VALUE
from shouwang.department.running import REGION, absent
from shouwang.errors import ConfigurationError

Problems = Iterator[ConfigurationError]
Types = Mapping[str, Any]
OfPersons = Rule | Fact | PersonView
OfPlaces = Signal | Indicator


def check_types(declared: OfPersons, columns: Types) -> Problems:
    """Yield what is wrong with the types of a result by persons."""
    if REGION in columns and not columns[REGION].is_string():
        yield _wrong(declared, REGION, "不是区划代码", "region 列应来自 place(…)。")
    for name, shown in declared.shows.items():
        kind = columns.get(name)
        if kind is not None and kind.is_uuid():
            remedy = "化名不给人看，也不离开本部门：请去掉，或换成次数、金额、日期。"
            yield _wrong(declared, name, "是人员的化名", remedy)
        elif kind is not None and str(shown.unit).startswith("fen") and not _whole(kind):
            remedy = '金额是整数分：请取整，如 .round(0).cast("int64")。'
            yield _wrong(declared, name, f"是金额，却不是整数（{kind}）", remedy)
        if kind is not None and isinstance(declared, Fact | PersonView):
            yield from _absent(declared, name, kind)


def _absent(declared: Fact | PersonView, name: str, kind: Any) -> Problems:
    """What is said of a person without a row must be of the column's own kind, or a measure breaks on it."""
    said = absent(declared, name)
    fits = {
        "is_boolean": type(said) is bool,
        "is_numeric": isinstance(said, int | float | Decimal) and type(said) is not bool,
        "is_string": isinstance(said, str),
        "is_date": type(said) is date,
    }
    if said is not None and not any(right for word, right in fits.items() if getattr(kind, word)()):
        remedy = "没有登记的写同一类的值：数写 0，是否写 False，文字写代码；不知道的不写。"
        yield _wrong(declared, name, f"的 absent“{said}”与列的类型（{kind}）不符", remedy)


def check_types_of_places(declared: OfPlaces, columns: Types) -> Problems:
    """Yield what is wrong with the types of a result by places: numbers and days, nothing else."""
    if REGION in columns and not columns[REGION].is_string():
        yield _wrong(declared, REGION, "不是区划代码", "region 列应来自 place(…)。")
    for name in sorted(columns.keys() & {AMOUNT, *declared.shows}):
        if not _whole(columns[name]):
            yield _wrong(declared, name, "不是整数", "信号只带整数，没有文字。")
    if VALUE in columns and isinstance(declared, Indicator) and not _exact(columns[VALUE]):
        remedy = '请写成 .cast("decimal(18,1)")，或整数。'
        yield _wrong(declared, VALUE, f"不是精确的数（{columns[VALUE]}）", remedy)
    for name in columns.keys() & set(DAYS):
        if not columns[name].is_date():
            yield _wrong(declared, name, "不是日期", "应来自 date(…) 列。")


def _whole(kind: Any) -> bool:
    return bool(kind.is_integer() or (kind.is_decimal() and kind.scale == 0))


def _exact(kind: Any) -> bool:
    return bool(kind.is_integer() or kind.is_decimal())


def _wrong(declared: OfPersons | OfPlaces, name: str, problem: str, remedy: str) -> ConfigurationError:
    message = f"{declared.name} 的结果列“{name}”{problem}"
    return wrong(message, declared.defined, remedy, "department.columns")
