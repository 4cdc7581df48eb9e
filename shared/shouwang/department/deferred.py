"""What the source asks of `_` or of a row in a lambda, where no try goes: columns, methods, and the clock.

A column misspelt behind `if policy.line > 99` is met only in the county that has such a line.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

import ibis
from ibis.expr.types import Column, Scalar

from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

CHANGING: Final = ("now", "utcnow", "today", "random", "uuid", "uuid4", "uuid1")
ROWWISE: Final = ("filter", "mutate", "select", "agg", "aggregate", "group_by", "order_by", "having")
"""Methods of a table that take conditions and columns as functions of its rows."""
CLOCKS: Final = ("ibis", "date", "datetime", "time", "random", "uuid")
Problems = Iterator[ConfigurationError]


def deferred_problems(plugin: Plugin) -> Problems:
    """Yield `_.column` that no table and no function of the plugin has, and what changes from run to run."""
    parsed = list(trees(plugin.folder))
    known = {name for table in plugin.tables.values() for name in table.columns}
    known |= {name for _, tree in parsed for name in _named(tree)}
    for path, tree in parsed:
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        own = _deferred(tree)
        rows = {id(node) for function in _of_rows(tree) for node in _asked(function)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            where = f"{path}:{node.lineno}"
            if (own and node.value.id == "_") or id(node) in rows:
                yield from _column(node.attr, known, where, id(node) in called)
            elif id(node) in called:
                yield from _clock(node, where)


def _named(tree: ast.Module) -> Iterator[str]:
    """Yield every name that could be a column: keywords of calls and texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _deferred(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "ibis"
        and any(name.name == "_" and name.asname is None for name in node.names)
        for node in tree.body
    )


def _of_rows(tree: ast.Module) -> Iterator[ast.Lambda]:
    """Yield every lambda that a table is filtered or computed by, written there or kept under a name."""
    stored = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    kept = {
        target.id: node.value for node in stored for target in node.targets if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ROWWISE:
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                found = kept.get(given.id) if isinstance(given, ast.Name) else given
                if isinstance(found, ast.Lambda) and len(found.args.args) == 1:
                    yield found


def _asked(function: ast.Lambda) -> Iterator[ast.Attribute]:
    row = function.args.args[0].arg
    for node in ast.walk(function.body):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == row:
            yield node


def _column(name: str, known: Collection[str], where: str, called: bool) -> Problems:
    if name.startswith("_"):
        return
    method = callable(getattr(ibis.Table, name, None))
    if method and not called and name in known:
        message = f"_.{name} 不是列，是表的方法：列“{name}”与它同名"
        yield wrong(message, where, f'请写成 _["{name}"]。', "department.column")
    elif not method and name not in known and name not in _methods():
        message = f"没有列“{name}”：表里没有，前面的计算也没有给出"
        yield wrong(message, where, did_you_mean(name, known), "department.column")


@cache
def _methods() -> frozenset[str]:
    """Return what Ibis itself gives behind `_`."""
    kinds = [Column, Scalar, ibis.Table, *Column.__subclasses__()]
    return frozenset(name for kind in kinds for name in dir(kind))


def _clock(node: ast.Attribute, where: str) -> Problems:
    assert isinstance(node.value, ast.Name)
    if node.value.id in CLOCKS and node.attr in CHANGING:
        message = f"{node.value.id}.{node.attr}() 每次结果不同，同一天的决定就无法重算"
        remedy = "日期用参数 on（def 函数(…, on)），它是所问的那一天。"
        yield wrong(message, where, remedy, "department.clock")
