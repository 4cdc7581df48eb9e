"""A mapping file: what a department calls the columns and values of a table, and its unit of money.

    table: settlements
    columns: {结算单号: 单据号}               # declared heading: heading in the department's file
    values: {医疗类别: {住院结算: 住院}}      # declared heading: {value in the file: declared value}
    units: {费用总额: 万元}                   # declared heading: unit in the file (元 where nothing is said)

Checked against the table when it comes in: file, line and name in the refusal, a near name proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.columns import CodeColumn, Column, MoneyColumn, YesNoColumn
from shouwang.department.parsing import NO, YES, clean
from shouwang.department.table import Table
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, loads

KEYS: Final = ("table", "columns", "values", "units", "note")
_AMOUNT: Final = re.compile(r"(\d{1,13}|\d{1,3}(,\d{3}){1,4})(\.\d+)?", re.ASCII)
NO_AMOUNT: Final = "?"
MEND: Final = "请在对照文件里改正这一处，写法见 docs/sdk/department.md。"
UNITS: Final = {
    "分": Decimal("0.01"),
    "角": Decimal("0.1"),
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
}


@dataclass(frozen=True)
class ColumnMapping:
    """headings: declared heading -> the file's; values: declared heading -> {the file's: declared};
    units: declared heading -> yuan in one unit of the file; file: name of the mapping file."""

    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, Decimal] = field(default_factory=dict)
    file: str = ""

    def wanted(self, table: type[Table]) -> dict[str, tuple[str, ...]]:
        """Return declared heading -> headings under which it may stand in the file."""
        columns = [(column, label) for column in table.columns.values() for label in column.labels]
        return {label: self._headings(column, label) for column, label in columns}

    def applied(self, label: str, cells: pa.Array) -> pa.Array:
        """Return cleaned cells of a column as if they had been written in the declared way."""
        if label in self.values:
            cells = _replaced(cells, self.values[label])
        return _in_yuan(cells, self.units[label]) if label in self.units else cells

    def _headings(self, column: Column, label: str) -> tuple[str, ...]:
        own = self.headings.get(label)
        return (own,) if own else column.headings(label)


def read_mapping(text: str, name: str, table: type[Table]) -> ColumnMapping:
    """Read and check a mapping file; BadRequest `import.mapping` with file:line."""
    try:
        data = loads(text, name)
    except ConfigurationError as error:
        raise _wrong(error.message.rstrip("。"), error.where) from error
    if not isinstance(data, LinedDict):
        raise _wrong("对照文件顶层应为“键: 值”", f"{name}:1", f"键有 {'、'.join(KEYS)}。")
    _known(data, KEYS, "键")
    if data.get("table") != table.name:
        raise _wrong(f"对照文件写的表是“{data.get('table')}”，导入的是“{table.name}”", data.where("table"))
    return ColumnMapping(_columns(data, table), _values(data, table), _units(data, table), name)


def _columns(data: LinedDict, table: type[Table]) -> dict[str, str]:
    given = _section(data, "columns")
    _known(given, table.labels(), "列")
    for label, heading in given.items():
        _is_text(given, label, heading)
        same = [
            other for other, own in given.items() if str(own).strip() == heading.strip() and other != label
        ]
        read = [other for other in table.labels() if other == heading.strip() and other not in given]
        for other in (*same, *read):
            raise _wrong(f"“{heading}”既作“{label}”又作“{other}”", given.where(label), "一列只能对照一处。")
    return {label: heading.strip() for label, heading in given.items()}


def _values(data: LinedDict, table: type[Table]) -> dict[str, dict[str, str]]:
    given, found = _section(data, "values"), dict[str, dict[str, str]]()
    choices = {label: words for column in table.columns.values() for label, words in _choices(column)}
    _known(given, choices, "可对照取值的列")
    for label, pairs in given.items():
        if not isinstance(pairs, LinedDict):
            raise _wrong(f"“{label}”应写成 {{部门的值: 规定的值}}", given.where(label))
        for theirs, ours in pairs.items():
            _is_text(pairs, theirs, ours)
            if ours not in choices[label]:
                hint = did_you_mean(ours, choices[label])
                raise _wrong(f"“{label}”没有取值“{ours}”", pairs.where(theirs), hint)
        found[label] = dict(pairs)
    return found


def _choices(column: Column) -> Iterable[tuple[str, tuple[str, ...]]]:
    if isinstance(column, CodeColumn):
        yield column.label, tuple(column.values)
    if isinstance(column, YesNoColumn):
        yield column.label, (*YES, *NO)


def _units(data: LinedDict, table: type[Table]) -> dict[str, Decimal]:
    given = _section(data, "units")
    money = [column for column in table.columns.values() if isinstance(column, MoneyColumn)]
    _known(given, [label for column in money for label in column.labels], "金额列")
    for label, unit in given.items():
        _is_text(given, label, unit)
        if unit not in UNITS:
            raise _wrong(f"单位“{unit}”不认识", given.where(label), did_you_mean(unit, UNITS))
    return {label: UNITS[unit] for label, unit in given.items()}


def _section(data: LinedDict, key: str) -> LinedDict:
    given = data.get(key)
    if given is None:
        given = LinedDict()
        given.file, given.line, given.lines = data.file, data.line, {}
    if not isinstance(given, LinedDict):
        raise _wrong(f"{key} 应为“规定的列名: …”", data.where(key))
    return given


def _known(given: LinedDict, names: Iterable[str], what: str) -> None:
    known = list(names)
    for name in given:
        if name not in known:
            raise _wrong(f"没有{what}“{name}”", given.where(name), did_you_mean(name, known))


def _is_text(given: LinedDict, key: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"“{key}”应对照一个名称（文字）", given.where(key), "数字请加引号。")


def _wrong(message: str, where: str, remedy: str = MEND) -> BadRequest:
    return BadRequest(f"{message}。", code="import.mapping", where=where, remedy=remedy)


def _replaced(cells: pa.Array, values: Mapping[str, str]) -> pa.Array:
    at = pc.index_in(cells, value_set=clean(list(values)))
    return pc.coalesce(pc.take(pa.array(list(values.values()), pa.string()), at), cells)


def _in_yuan(cells: pa.Array, unit: Decimal) -> pa.Array:
    encoded = pc.dictionary_encode(cells)
    yuan = [_yuan(text, unit) for text in encoded.dictionary.to_pylist()]
    return pc.take(pa.array(yuan, pa.string()), encoded.indices)


def _yuan(text: str, unit: Decimal) -> str:
    """Return an amount in yuan. What is not written as one is refused with the others: as it is, unless that
    would be an amount in yuan (“5元” in a column of 万元)."""
    if not _AMOUNT.fullmatch(text):
        return text if text.startswith("-") else f"{text}{NO_AMOUNT}"
    return format((Decimal(text.replace(",", "")) * unit).normalize(), "f")
