"""Where a column of a result comes from: money from money, a place from the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import ibis.expr.operations as ops

from shouwang.department.columns import Column, MoneyColumn
from shouwang.department.declarations import Fact, Indicator, PersonView, Rule, Signal
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.running import REGION
from shouwang.errors import ConfigurationError

AS_IT_IS: Final = (
    ops.Sum,
    ops.Max,
    ops.Min,
    ops.Cast,
    ops.Mean,
    ops.First,
    ops.Last,
    ops.Arbitrary,
    ops.Round,
)
"""What leaves the unit of a column as it was."""
SAMPLE: Final = "sample__"
OnTables = Rule | Fact | PersonView | Signal | Indicator


def lineage_problems(plugin: Plugin, declared: OnTables, expression: Any) -> Iterator[ConfigurationError]:
    """Yield a place that the rule makes up, and a column shown as fen that is no money."""
    where = _traced(expression.op(), REGION) if REGION in expression.columns else None
    if where is not None and not where.find(ops.Field):
        message = f"{declared.name} 的 region 是写死的，不是来自数据"
        yield wrong(message, declared.defined, "region 应来自 place(…) 列。", "department.columns")
    for name, shown in declared.shows.items():
        if str(shown.unit).startswith("fen") and name in expression.columns:
            column = column_of(plugin, _traced(expression.op(), name))
            if column is not None and not isinstance(column, MoneyColumn):
                source = f"{column.name}（{column.label}）"
                message = f"{declared.name} 的列“{name}”写作金额，却来自 {source}，那不是金额"
                remedy = "金额来自 money(…)；不是金额的，单位写它自己的，如 days、times。"
                yield wrong(message, declared.defined, remedy, "department.columns")


def _traced(relation: Any, name: str) -> Any:
    """Follow a column through what only hands it on to what computes it; None where that is not plain."""
    while True:
        values: Any = getattr(relation, "values", {})
        if not hasattr(values, "get") or name not in values:
            return None
        value = values[name]
        if not isinstance(value, ops.Field):
            return value
        if isinstance(value.rel, ops.PhysicalTable) or value.rel == relation:
            return value
        reference = isinstance(value.rel, ops.Reference)
        relation, name = value.rel.parent if reference else value.rel, value.name
        if reference and isinstance(relation, ops.PhysicalTable):
            return ops.Field(relation, name)


def column_of(plugin: Plugin, value: Any) -> Column | None:
    """Return the column of a table that a value is, summed or picked at most."""
    while value is not None:
        if isinstance(value, AS_IT_IS):
            value = value.arg
        elif not isinstance(value, ops.Field):
            return None
        elif isinstance(_relation(value), ops.PhysicalTable):
            return origin(plugin, value)
        else:
            value = _traced(_relation(value), value.name)
    return None


def origin(plugin: Plugin, field: Any) -> Column | None:
    """Return the declared column that a field of a table is; None for a field of anything else."""
    relation = _relation(field)
    if not isinstance(relation, ops.PhysicalTable):
        return None
    table = plugin.tables.get(relation.name.removeprefix(SAMPLE).partition("__")[0])
    return table.columns.get(field.name) if table else None


def _relation(field: Any) -> Any:
    """Return what a field is of, behind the reference that a join makes."""
    return field.rel.parent if isinstance(field.rel, ops.Reference) else field.rel
