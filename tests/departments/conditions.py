"""What else is a condition where conditions are expressions over tables: & and |, ~, a filter, a join."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any, Final

OPPOSITE: Final = {
    "anti_join": "semi_join",
    "semi_join": "anti_join",
    "isin": "notin",
    "notin": "isin",
    "isnull": "notnull",
    "notnull": "isnull",
}
EVERYTHING: Final = ast.Constant(True)


def changes(node: Any) -> Iterator[ast.expr]:
    """Return what an expression over tables may be changed into."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield _with(node, op=ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _called(node, node.func)


def _called(node: ast.Call, function: ast.Attribute) -> Iterator[ast.expr]:
    if function.attr in OPPOSITE:
        yield _with(node, func=_with(function, attr=OPPOSITE[function.attr]))
    if function.attr == "filter":
        for place in range(len(node.args)):
            yield _with(node, args=[*node.args[:place], EVERYTHING, *node.args[place + 1 :]])


def _with(node: Any, **fields: Any) -> Any:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
