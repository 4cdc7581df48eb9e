"""`class Settlements(Table)`: one table of a department, its columns, its feed; what rules may ask of it."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from typing import Any, ClassVar, Final, Protocol

from shouwang.department.column_checks import column_problems
from shouwang.department.columns import Column, IdNumberColumn, MoneyColumn, PlaceColumn
from shouwang.department.feeds import Feed
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

OWN_WORDS: Final = ("feed", "title", "unique")
TAKEN: Final = ("policy", "on", "person", "household")
"""What a rule or a measure asks for by these names is no table."""


class Source(Protocol):
    """Where a table gets its rows: Ibis expressions over the Parquet files, or over an empty sample."""

    def within(self, table: type[Table], months: int, partial: bool) -> Any:
        """Rows of the last `months` months."""

    def latest(self, table: type[Table]) -> Any:
        """Rows of the newest period."""

    def previous(self, table: type[Table]) -> Any:
        """Rows of the period before the newest."""


class Table:
    """Base of every table. Class attributes: `feed`, columns, and if wanted `title`, `unique`.

    A row is about a person (`person = id_number(…)`) or, without any ID number, about a place (`place(…)`).

    In a rule an instance is at hand; its methods give Ibis tables with the columns declared.
    """

    feed: ClassVar[Feed]
    title: ClassVar[str] = ""
    unique: ClassVar[tuple[str, ...]] = ()
    name: ClassVar[str] = ""
    columns: ClassVar[dict[str, Column]] = {}
    defined: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        found = {name: value.named(name) for name, value in vars(cls).items() if isinstance(value, Column)}
        cls.name = _snake(cls.__name__)
        cls.title = cls.title or cls.name
        cls.defined = _where(cls)
        cls.columns = found
        _check(cls)

    def __init__(self, source: Source) -> None:
        self._source = source

    def within(self, *, months: int, partial: bool = False) -> Any:
        """Return the rows of the last `months` whole periods' months, the screened one included.

        A missing period makes the rule unknown, unless `partial` says that what is there is a lower bound.
        `months` that are no whole number from 1 are a ConfigurationError.
        """
        if type(months) is not int or months < 1:
            message = f"within(months={months}) 没有意义，months 应为正整数"
            raise _refused("", message, "months=1 只看当月，months=12 看近一年。")
        return self._source.within(type(self), months, partial)

    def latest(self) -> Any:
        """Return the rows of the newest period (of a table that holds everybody each time)."""
        return self._source.latest(type(self))

    def previous(self) -> Any:
        """Return the rows of the period before the newest one."""
        return self._source.previous(type(self))

    @classmethod
    def labels(cls) -> list[str]:
        """Return every heading that a file must have, once each, in order of declaration."""
        return list(dict.fromkeys(label for column in cls.columns.values() for label in column.labels))

    @classmethod
    def person_columns(cls) -> list[str]:
        """Return the names of the columns that hold pseudonyms."""
        return [name for name, column in cls.columns.items() if isinstance(column, IdNumberColumn)]

    @classmethod
    def order(cls) -> str:
        """Return the column by which rows are laid out: the person, or the place that they are about."""
        return "person" if cls.person_columns() else _places(cls)[0]

    @classmethod
    def describe(cls) -> dict[str, Any]:
        """Return the JSON form: name, title, feed, columns."""
        columns = [column.describe() for column in cls.columns.values()]
        return {"name": cls.name, "title": cls.title, "feed": cls.feed.describe(), "columns": columns}


def _places(cls: type[Table]) -> list[str]:
    places = (one for one in cls.columns.values() if isinstance(one, PlaceColumn) and not one.optional)
    return [column.name for column in places]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _where(cls: type) -> str:
    file = inspect.getfile(cls)
    try:
        return f"{file}:{inspect.getsourcelines(cls)[1]}"
    except OSError:  # a class made in an interpreter has no source to point at
        return file


def _check(cls: type[Table]) -> None:
    _check_words(cls)
    _check_columns(cls)
    _check_feed(cls)
    if "person" not in cls.person_columns() and (cls.person_columns() or not _places(cls)):
        remedy = "每行要落到一个人；没有身份证号的表，要落到一个地方：region = place(…)。"
        raise _refused(cls.defined, f"表 {cls.__name__} 没有 person = id_number(…)", remedy)
    _check_unique(cls)
    for column in cls.columns.values():
        if isinstance(column, MoneyColumn) and column.sum_at_most:
            _check_sum(cls, column)


def _check_columns(cls: type[Table]) -> None:
    for column in cls.columns.values():
        for problem, remedy in column_problems(column):
            raise _refused(column.defined, f"表 {cls.__name__} 的{problem}", remedy)
    _check_names_apart(cls)
    by_heading: dict[str, list[Column]] = defaultdict(list)
    for column in cls.columns.values():
        for heading in dict.fromkeys((*column.labels, *column.aliases)):
            by_heading[heading].append(column)
    for heading, columns in by_heading.items():
        # Two sums may share a heading (what insurance paid, what everybody paid); else one of them is a slip.
        if len(columns) > 1 and not all(isinstance(one, MoneyColumn) for one in columns):
            names = "、".join(one.name for one in columns)
            message = f"表 {cls.__name__} 的列 {names} 用了同一个表头“{heading}”"
            raise _refused(columns[-1].defined, message, "每个表头只给一列。")


def _check_names_apart(cls: type[Table]) -> None:
    """DuckDB does not tell `fall` from `Fall`: the second would read the first."""
    first: dict[str, str] = {}
    for name, column in cls.columns.items():
        same = first.setdefault(name.lower(), name)
        if same != name:
            message = f"表 {cls.__name__} 的列“{same}”和“{name}”只有大小写不同"
            raise _refused(column.defined, message, "请改一个名称，列名用小写。")


def _check_feed(cls: type[Table]) -> None:
    feed = vars(cls).get("feed")
    if not isinstance(feed, Feed):
        raise _refused(cls.defined, f"表 {cls.__name__} 没有写明多久来一次", "请写 feed = monthly(…)。")
    if type(feed.stale_after_days) is not int or feed.stale_after_days < 1:
        remedy = "过了这些天没有新数据就答“不详”，如 45。"
        raise _refused(cls.defined, f"表 {cls.__name__} 的 stale_after_days 应为正整数", remedy)
    if type(feed.may_be_empty) is not bool:
        remedy = "空表也说明没有发生的写 may_be_empty=True，否则不写。"
        raise _refused(cls.defined, f"表 {cls.__name__} 的 may_be_empty 应为 True 或 False", remedy)
    if not isinstance(cls.title, str):
        raise _refused(cls.defined, f"表 {cls.__name__} 的 title 应为文字", 'title = "登记表"。')
    if cls.name in TAKEN:
        raise _refused(cls.defined, f"表名 {cls.__name__} 另有用处", f"{'、'.join(TAKEN)} 不能作表名。")


def _check_unique(cls: type[Table]) -> None:
    if not isinstance(cls.unique, tuple):
        remedy = f'一列也要有逗号：unique = ("{cls.unique}",)。'
        raise _refused(cls.defined, f"表 {cls.__name__} 的 unique 应为一组列名", remedy)
    for name in cls.unique:
        _known(cls, name, cls.defined, "unique")
        if cls.columns[name].optional:
            raise _refused(cls.columns[name].defined, f"unique 的列“{name}”不能是 optional", "空值无法比较。")


def _check_sum(cls: type[Table], column: MoneyColumn) -> None:
    seen = [column.name]
    above: Column = column
    while isinstance(above, MoneyColumn) and above.sum_at_most:
        _known(cls, above.sum_at_most, above.defined, "sum_at_most")
        above = cls.columns[above.sum_at_most]
        if above.name in seen:
            raise _refused(column.defined, f"列“{column.name}”的 sum_at_most 绕回了自己", "请核对。")
        seen.append(above.name)
    if not isinstance(above, MoneyColumn):
        message = f"列“{seen[-2]}”的 sum_at_most 指向“{above.name}”，那不是金额"
        raise _refused(column.defined, message, "上限也要是 money(…)。")


def _check_words(cls: type[Table]) -> None:
    for name, value in vars(cls).items():
        own = name in OWN_WORDS or isinstance(value, Column) or name.startswith("_")
        if not own and name not in {"name", "columns", "defined"}:
            raise _refused(
                cls.defined, f"表 {cls.__name__} 的“{name}”没有意义", did_you_mean(name, OWN_WORDS)
            )


def _known(cls: type[Table], name: str, where: str, word: str) -> None:
    if name not in cls.columns:
        remedy = did_you_mean(name, cls.columns)
        raise _refused(where, f"{word} 引用了表 {cls.__name__} 中不存在的列“{name}”", remedy)


def _refused(where: str, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(f"{message}。", code="department.table", where=where, remedy=remedy)
