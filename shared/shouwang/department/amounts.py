"""What a measure reckons with, read in the source: fen where fen are due, and never a fraction of a float.

The amount of a branch that no case takes is reckoned for the first time before a household.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from shouwang.department.answers import imported
from shouwang.department.bindings import Names, bound, root_of
from shouwang.department.entitlements import entitled
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import tree_of, trees
from shouwang.errors import ConfigurationError

ROOM: Final = "measures.py"
ARITHMETIC: Final = (ast.Mult, ast.Div, ast.FloorDiv, ast.Add, ast.Sub)
PERIODS: Final = ("month", "year")
"""How often a standard is paid, as its unit's name ends: fen_per_person_month."""
SHARE: Final = '按比例的用 shouwang.money 的 share，平分的用 allocate；比例写进政策，或用 Decimal("0.6")。'
Problems = Iterator[ConfigurationError]


def amount_problems(plugin: Plugin) -> Problems:
    """Yield amounts of another unit than fen, sums paid in another rhythm, and reckoning with floats."""
    path = plugin.folder / ROOM
    if not path.exists():
        return
    tree = tree_of(path)
    called = {name for name, function in imported(tree).items() if function is entitled}
    own = {id(node) for node in ast.walk(tree)}
    views = set(plugin.views)
    for function, names in bound((one for _, one in trees(plugin.folder)), views):
        if id(function) not in own or function.name in views:
            continue
        for node in ast.walk(function):
            where = f"{path}:{getattr(node, 'lineno', function.lineno)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
                yield from _answer(plugin, node, names, where)
            elif isinstance(node, ast.BinOp):
                yield from _reckoned(plugin, node, names, where)


def _answer(plugin: Plugin, call: ast.Call, names: Names, where: str) -> Problems:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    amount = call.args[0] if call.args else given.get("amount")
    for word, node in (("amount", amount), ("capped_at", given.get("capped_at"))):
        for leaf in _leaves(node):
            unit = unit_of(plugin, leaf, names)
            if unit and not unit.startswith("fen"):
                message = f"entitled() 的 {word} 写了 {ast.unparse(leaf)}，它的单位是 {unit}，不是金额"
                yield wrong(message, where, f"金额是整数分（单位 fen…）。{SHARE}", "department.amount")
    unit = unit_of(plugin, amount, names) if amount is not None else ""
    yield from _rhythm(unit, given.get("per"), where)


def _rhythm(unit: str, per: ast.expr | None, where: str) -> Problems:
    """Refuse a monthly standard that is paid yearly: the household gets a twelfth of what is due."""
    end = unit.rpartition("_")[2]
    due = end if unit.startswith("fen") and end in PERIODS else None
    said = per.value if isinstance(per, ast.Constant) else "once" if per is None else due
    if due and said != due:
        message = f'标准的单位是 {unit}，却按 per="{said!s}" 发放'
        yield wrong(message, where, f'请写 per="{due}"，或先按月数算好。', "department.amount")


def _leaves(node: ast.expr | None) -> Iterator[ast.expr]:
    """Yield everything that an amount may be: sides of a choice, of min and max, of a sum."""
    if isinstance(node, ast.IfExp):
        sides = [node.body, node.orelse]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        sides = [node.left, node.right]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
        sides = node.args
    else:
        if node is not None:
            yield node
        return
    for side in sides:
        yield from _leaves(side)


def unit_of(plugin: Plugin, node: ast.expr, names: Names) -> str:
    """Return the unit of a policy value or of a column of a view; "" where it is not known."""
    root = root_of(node, names)
    if root.startswith("policy."):
        name = root.removeprefix("policy.")
        return plugin.policy.parameter(name).unit if name in plugin.policy.names() else ""
    if isinstance(node, ast.Attribute) and (view := plugin.views.get(root_of(node.value, names))):
        shown = view.shows.get(node.attr)
        return str(shown.unit) if shown else ""
    return ""


def _reckoned(plugin: Plugin, node: ast.BinOp, names: Names, where: str) -> Problems:
    if not isinstance(node.op, ARITHMETIC):
        return
    sides = (node.left, node.right)
    divided = isinstance(node.op, ast.Div) and unit_of(plugin, node.left, names).startswith("fen")
    if divided or any(_float(side) for side in sides):
        message = f"{ast.unparse(node)} 用了浮点数，金额会差一分"
        yield wrong(message, where, SHARE, "department.fraction")


def _float(node: ast.expr) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    return called or (isinstance(node, ast.Constant) and type(node.value) is float)
