"""Constants in a rule's own expression: texts that are compared with codes, fractions that meet money.

An expression knows where a column comes from, whatever it is called by now: through `rename`, `mutate`, joins
and unions, from a condition kept in a constant, in a lambda. Reading the source (`codewords`) sees every
branch; this sees every name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final

import ibis.expr.operations as ops

from shouwang.department.columns import CodeColumn, Column, MoneyColumn
from shouwang.department.declarations import Declared
from shouwang.department.lineage import AS_IT_IS, column_of, origin
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

PICKED: Final = (ops.Max, ops.Min, ops.First, ops.Last, ops.Arbitrary)
"""What gives one of the texts that it is given."""
RECKONED: Final = (ops.Multiply, ops.Divide, ops.Add, ops.Subtract)
ORDERED: Final = (ops.Equals, ops.NotEquals, ops.Greater, ops.GreaterEqual, ops.Less, ops.LessEqual)
FRACTION: Final = '比例写进政策（ratio）或用 Decimal("0.6")；金额列是整数分，12.50 元写 1250。'
Problems = Iterator[ConfigurationError]
Texts = dict[str, Column | None]
"""Texts that a value may be, with the code column that each comes from (None: named by the plugin)."""


def comparison_problems(plugin: Plugin, declared: Declared, expression: Any) -> Problems:
    """Yield every text that no code it is compared with can be, and every fraction that money meets."""
    for node in expression.op().find((*ORDERED, ops.InValues, ops.SimpleCase)):
        for value, constant in _compared(node):
            yield from _unknown(plugin, declared, value, constant)
    for node in expression.op().find((*RECKONED, *ORDERED)):
        for value, constant in ((node.left, node.right), (node.right, node.left)):
            if _fraction(constant) and _money(plugin, value):
                message = f"{declared.name} 拿金额和小数 {constant.value} 计算，分会算错"
                where = _line(plugin, declared, constant.value)
                yield wrong(message, where, FRACTION, "department.fraction")


def _compared(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield a value and each constant text that it is compared with."""
    if isinstance(node, ops.InValues):
        pairs = [(node.value, one) for one in node.options]
    elif isinstance(node, ops.SimpleCase):
        pairs = [(node.base, one) for one in node.cases]
    elif isinstance(node, ops.Equals | ops.NotEquals):
        pairs = [(node.left, node.right), (node.right, node.left)]
    else:
        pairs = []
    return (pair for pair in pairs if isinstance(pair[1], ops.Literal) and isinstance(pair[1].value, str))


def _unknown(plugin: Plugin, declared: Declared, value: Any, constant: Any) -> Problems:
    texts, text = possible(plugin, value), constant.value
    columns = [column for column in (texts or {}).values() if isinstance(column, CodeColumn)]
    if texts is None or not columns or text in texts:
        return
    label = next((column.values[text] for column in columns if text in column.values), "")
    remedy = f"“{text}”是表上的说法，代码是 “{label}”。" if label else did_you_mean(text, texts)
    message = f"“{columns[0].name}”没有代码“{text}”，这样比永远不成立"
    yield wrong(message, _line(plugin, declared, text), remedy, "department.code")


def possible(plugin: Plugin, value: Any) -> Texts | None:
    """Return every text that a value can be, None where that cannot be told from the declarations."""
    if isinstance(value, ops.Literal):
        return {} if value.value is None else {value.value: None} if isinstance(value.value, str) else None
    if isinstance(value, ops.Field):
        return _of_field(plugin, value)
    if isinstance(value, PICKED):
        return possible(plugin, value.arg)
    branches = _branches(value)
    return _either([possible(plugin, one) for one in branches]) if branches else None


def _of_field(plugin: Plugin, value: Any) -> Texts | None:
    column = origin(plugin, value)
    if column is not None:
        return dict.fromkeys(column.values.values(), column) if isinstance(column, CodeColumn) else None
    relation = value.rel.parent if isinstance(value.rel, ops.Reference) else value.rel
    if isinstance(relation, ops.Set):
        sides = (ops.Field(side, value.name) for side in (relation.left, relation.right))
        return _either([possible(plugin, side) for side in sides])
    inner = getattr(relation, "values", {}).get(value.name)
    return None if inner is None or inner == value else possible(plugin, inner)


def _branches(value: Any) -> tuple[Any, ...]:
    """Return what a choice chooses from; empty where a value is no choice."""
    if isinstance(value, ops.IfElse):
        return value.true_expr, value.false_null_expr
    if isinstance(value, ops.SimpleCase | ops.SearchedCase):
        return *value.results, value.default
    return tuple(value.arg) if isinstance(value, ops.Coalesce) else ()


def _either(sides: list[Texts | None]) -> Texts | None:
    found: Texts = {}
    for side in sides:
        if side is None:
            return None
        found |= side
    return found


def _fraction(value: Any) -> bool:
    return isinstance(value, ops.Literal) and isinstance(value.value, float)


def _money(plugin: Plugin, value: Any) -> bool:
    """Whether a value is money, summed, picked, added or multiplied at most."""
    if isinstance(value, RECKONED):
        return _money(plugin, value.left) or _money(plugin, value.right)
    if isinstance(value, AS_IT_IS):
        return _money(plugin, value.arg)
    return isinstance(column_of(plugin, value), MoneyColumn)


def _line(plugin: Plugin, declared: Declared, constant: Any) -> str:
    """Return file:line of a constant: in the function, else anywhere in the plugin, else the function's."""
    file, _, start = declared.defined.rpartition(":")
    last = max(line or 0 for *_, line in declared.function.__code__.co_lines())
    places = [
        (str(path), node.lineno)
        for path, tree in trees(plugin.folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) is type(constant) and node.value == constant
    ]
    own = [place for place in places if place[0] == file and int(start) <= place[1] <= last]
    path, line = min(own or places, default=(file, int(start)))
    return f"{path}:{line}"
