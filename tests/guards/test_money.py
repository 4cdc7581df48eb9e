"""Money is integer fen: no float comes near it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.tree import ROOT, files, last_name, parsed, place

FOLDERS = ("services", "shared/shouwang/policy", "shared/shouwang/decision", "shared/shouwang/procedure")
MONEY = [*files(*FOLDERS), ROOT / "shared/shouwang/money.py"]
AMOUNTS = ("_fen", "_yuan", "amount", "income", "share")


def floats(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Return every float, and every true division of an amount."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node, f"float {node.value}"
        elif isinstance(node, ast.Call) and last_name(node.func) in {"float", "Float"}:
            yield node, "float()"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _amount(node):
            yield node, "an amount is divided"


def _amount(node: ast.BinOp) -> bool:
    names = [last_name(part) for part in (node.left, node.right)]
    return any(name.endswith(AMOUNTS) for name in names)


def test_no_float_near_money() -> None:
    assert not [f"{place(path, node)} {what}" for path in MONEY for node, what in floats(parsed(path))]


@pytest.mark.parametrize("line", ["x = 0.25", "x = float(y)", "x = total_fen / 3", "fields.Float()"])
def test_the_guard_sees_one(line: str) -> None:
    assert list(floats(ast.parse(line)))


@pytest.mark.parametrize("line", ["x = Decimal('0.25')", "x = total_fen // 3", "x = folder / 'name'"])
def test_the_guard_sees_none(line: str) -> None:
    assert not list(floats(ast.parse(line)))
