"""Rows written in a case, as tables: columns by name, amounts in yuan, codes by label.

Every row is about one and the same person, unless it says `person: 另一人`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import pyarrow as pa

from shouwang.department.cases import Case, in_unit, wrong
from shouwang.department.columns import CodeColumn, IdNumberColumn
from shouwang.department.feeds import Period
from shouwang.department.importing import arrow_type
from shouwang.department.plugin import Plugin
from shouwang.department.table import Table
from shouwang.errors import BadRequest
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict

PERSON: Final = "00000000-0000-4000-8000-000000000001"
OTHER: Final = "00000000-0000-4000-8000-000000000002"
OTHER_PERSON: Final = "另一人"
PERIOD: Final = "period"


def rows_by_table(plugin: Plugin, case: Case) -> dict[str, dict[Period, pa.Table]]:
    """Return the rows of a case by table and period; a column left out is unknown (NULL), a payout 0."""
    known = [*plugin.tables, *plugin.policy.names()]
    for key in case.given:
        if key not in known:
            raise wrong(f"given 的“{key}”没有意义", case.given.where(key), did_you_mean(key, known))
    return rows_given(plugin, case)


def rows_given(plugin: Plugin, case: Case) -> dict[str, dict[Period, pa.Table]]:
    """Return the rows of a case by table and period, whatever else it supposes."""
    given = {name: rows for name, rows in case.given.items() if name in plugin.tables}
    return {name: _periods(plugin.tables[name], rows) for name, rows in given.items()}


def labelled(plugin: Plugin, column: str, value: Any) -> Any:
    """Return the value behind a label of a code column of this name; anything else as it is."""
    for table in plugin.tables.values():
        found = table.columns.get(column)
        if isinstance(found, CodeColumn) and value in found.values:
            return found.values[value]
    return value


def _periods(table: type[Table], rows: list[LinedDict]) -> dict[Period, pa.Table]:
    by_period: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if PERIOD not in row:
            raise wrong(
                f"{table.title}的一行没有写 {PERIOD}", row.where(), "每行写明所属期，如 period: 2021-06。"
            )
        by_period[str(row[PERIOD])].append(_row(table, row))
    schema = pa.schema([(name, arrow_type(column)) for name, column in table.columns.items()])
    return {_period(table, text, rows): _typed(table, some, schema, rows) for text, some in by_period.items()}


def _period(table: type[Table], text: str, rows: list[LinedDict]) -> Period:
    try:
        return table.feed.parse(text)
    except BadRequest as error:
        where = next(row.where(PERIOD) for row in rows if str(row[PERIOD]) == text)
        raise wrong(f"{table.title}的 period 写法不对", where, error.message) from error


def _typed(
    table: type[Table], some: list[dict[str, Any]], schema: pa.Schema, rows: list[LinedDict]
) -> pa.Table:
    try:
        return pa.Table.from_pylist(some, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        message = f"{table.title}的行里有一个值的类型不对：{error}"
        raise wrong(message, rows[0].where(), "请对照 tables.py 里这一列的种类。") from error


def _row(table: type[Table], row: LinedDict) -> dict[str, Any]:
    for key in row:
        if key not in table.columns and key != PERIOD:
            remedy = did_you_mean(key, table.columns)
            raise wrong(f"{table.title}没有列“{key}”", row.where(key), remedy)
    return {name: _cell(table, name, row) for name in table.columns}


def _cell(table: type[Table], name: str, row: LinedDict) -> Any:
    column = table.columns[name]
    if isinstance(column, IdNumberColumn):
        return OTHER if row.get(name) == OTHER_PERSON else PERSON
    if name not in row:
        return getattr(column, "blank", None)
    value = in_unit(row[name], column.unit, row.where(name))
    return _coded(column, value, row.where(name)) if isinstance(column, CodeColumn) else value


def _coded(column: CodeColumn, value: Any, where: str) -> Any:
    """Return the value behind a label; the value itself may be written too, nothing else."""
    if value is None or value in column.values.values():
        return value
    if value not in column.values:
        raise wrong(
            f"列“{column.name}”的代码表里没有“{value}”", where, did_you_mean(str(value), column.values)
        )
    return column.values[value]
