"""Under which names a function holds the policy, the person, the household and the rows of views.

`p = policy`, a helper that calls it `figures`, `for one in tested.values()`: a misspelt name is looked for
behind all of them. What is not certain (two callers, two values) is not bound, so that nothing is refused
by guess.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final

ROOTS: Final = ("policy", "person", "household")
ROWS: Final = "*"
"""Behind the name of a view: its rows by person, as a measure of households gets them."""
ROUNDS: Final = 4
"""How deep helpers that call helpers are followed."""
Names = dict[str, str]


def bound(trees: Iterable[ast.Module], views: Collection[str]) -> list[tuple[ast.FunctionDef, Names]]:
    """Return every function with what its names stand for.

    That is "policy", "policy.group", "person", "household", the name of a view, or of a view with "*".
    """
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    times = Counter(function.name for function in functions)
    helpers = {function.name: function for function in functions if times[function.name] == 1}
    named = {function.name: _own(function, views) for function in helpers.values()}
    for _ in range(ROUNDS):
        held = [_held(function, named.get(function.name, _own(function, views))) for function in functions]
        given = _handed(functions, held, helpers)
        grown = {name: {**given.get(name, {}), **_own(helpers[name], views)} for name in helpers}
        if grown == named:
            break
        named = grown
    return list(zip(functions, held, strict=True))


def root_of(node: ast.expr, names: Names) -> str:
    """Return what an expression stands for; "" where that is not known."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        inner = root_of(node.value, names)
        return f"{inner}.{node.attr}" if inner.partition(".")[0] == "policy" else ""
    if isinstance(node, ast.Subscript):
        inner = root_of(node.value, names)
        return inner.removesuffix(ROWS) if inner.endswith(ROWS) else ""
    return ""


def _own(function: ast.FunctionDef, views: Collection[str]) -> Names:
    """Return what the parameters say by their own names."""
    given = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
    own = {name: name for name in given if name in ROOTS}
    if "person" in own:
        own |= {name: name for name in given if name in views}
    elif "household" in own:
        own |= {name: f"{name}{ROWS}" for name in given if name in views}
    return own


def _held(function: ast.FunctionDef, given: Names) -> Names:
    """Return the parameters and what is stored once from them."""
    names = dict(given)
    for _ in range(2):  # an alias of an alias
        seen: dict[str, set[str]] = defaultdict(set)
        for name, root in _stored(function, names):
            seen[name].add(root)
        certain = {name: min(roots) for name, roots in seen.items() if len(roots) == 1 and min(roots)}
        names = {name: root for name, root in given.items() if name not in seen} | certain
    return names


def _stored(function: ast.FunctionDef, names: Names) -> Iterator[tuple[str, str]]:
    """Yield every name that is given a value inside a function, with what it stands for ("": not known)."""
    told: set[int] = set()
    for node in ast.walk(function):
        for target, root in _pairs(node, names):
            told.add(id(target))
            yield _name(target), root
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in told:
            yield node.id, ""
        elif isinstance(node, ast.Lambda):
            yield from ((argument.arg, "") for argument in node.args.args if id(argument) not in told)


def _pairs(node: ast.AST, names: Names) -> Iterator[tuple[ast.Name | ast.arg, str]]:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        yield node.targets[0], root_of(node.value, names)
    elif isinstance(node, ast.For | ast.comprehension):
        yield from _looped(node.target, node.iter, names)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Lambda):
        pairs = zip(node.func.args.args, node.args, strict=False)
        yield from ((argument, root_of(value, names)) for argument, value in pairs)


def _looped(target: ast.expr, over: ast.expr, names: Names) -> Iterator[tuple[ast.Name, str]]:
    if isinstance(over, ast.Attribute) and over.attr == "persons" and isinstance(target, ast.Name):
        yield target, "person" if root_of(over.value, names) == "household" else ""
    if not (isinstance(over, ast.Call) and isinstance(over.func, ast.Attribute)):
        return
    rows = root_of(over.func.value, names)
    row = rows.removesuffix(ROWS) if rows.endswith(ROWS) else ""
    if over.func.attr == "values" and isinstance(target, ast.Name):
        yield target, row
    elif (
        over.func.attr == "items" and isinstance(target, ast.Tuple) and isinstance(target.elts[-1], ast.Name)
    ):
        yield target.elts[-1], row


def _name(target: ast.Name | ast.arg) -> str:
    return target.id if isinstance(target, ast.Name) else target.arg


def _handed(
    functions: list[ast.FunctionDef], held: list[Names], helpers: dict[str, ast.FunctionDef]
) -> dict[str, Names]:
    """Return what every helper is handed, where all its callers hand the same."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for function, names in zip(functions, held, strict=True):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in helpers:
                for parameter, value in _arguments(node, helpers[node.func.id]):
                    seen[node.func.id, parameter].add(root_of(value, names))
    handed: dict[str, Names] = defaultdict(dict)
    for (name, parameter), roots in seen.items():
        if len(roots) == 1 and (root := min(roots)):
            handed[name][parameter] = root
    return handed


def _arguments(call: ast.Call, function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    for argument, value in zip(function.args.args, call.args, strict=False):
        yield argument.arg, value
    for keyword in call.keywords:
        if keyword.arg:
            yield keyword.arg, keyword.value
