"""Names in a plugin's source that are matched at run time: `policy.x`, `year.x`. Looked up before the start.

A branch that no test takes must not hide a misspelt name: the source is read, not run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from shouwang.department.entitlements import Household, Person
from shouwang.department.known import told_of
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

ROOTS = {"policy", "person", "household"}
VIEW_WORDS = ("on", "region", "pin", "find", "codes")
ASKED_BY_NAME = {"policy": ("find", "codes"), "person": ("get",), "household": ("get",)}
"""Calls whose first argument is a name: policy.find("x"), person.get("labour", …)."""


def check_names(plugin: Plugin) -> Iterator[ConfigurationError]:
    """Yield every `policy.…`, `person.…`, `household.…` and view column that does not exist."""
    for path in sorted(plugin.folder.glob("*.py")):
        for root, attribute, line in _uses(path):
            yield from _check(plugin, root, attribute, f"{path}:{line}")


def _check(plugin: Plugin, root: str, attribute: str, where: str) -> Iterator[ConfigurationError]:
    if root == "policy":
        yield from _policy(plugin, attribute, where)
    elif root.endswith(".get"):
        asked = root.removesuffix(".get")
        yield from _known(f"{asked}.get() ", attribute, told_of(asked), where)
    elif root in ("person", "household"):
        kind = Person if root == "person" else Household
        yield from _known(root, attribute, _words(kind), where)
    elif root in plugin.views:
        yield from _known(root, attribute, plugin.views[root].shows, where)


def _policy(plugin: Plugin, path: str, where: str) -> Iterator[ConfigurationError]:
    names = plugin.policy.names()
    whole = path in names or any(name.startswith(f"{path}.") for name in names)
    through = any(path.startswith(f"{name}.") for name in names)  # an attribute of the value itself
    of_view = path.partition(".")[0] in VIEW_WORDS
    if not (whole or through or of_view):
        message = f"政策中没有参数“{path}”"
        yield wrong(message, where, did_you_mean(path, names), "department.policy_name")


def _known(root: str, attribute: str, known: Iterable[str], where: str) -> Iterator[ConfigurationError]:
    if attribute not in known:
        message = f"{root} 没有“{attribute}”一项"
        yield wrong(message, where, did_you_mean(attribute, known), "department.name")


def _words(kind: type) -> set[str]:
    return {name for name in (*dir(kind), *kind.__annotations__) if not name.startswith("_")}


def _uses(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield root, attribute and line of what functions ask of their parameters."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            given = {argument.arg for argument in function.args.args}
            # Asked about a household, a measure gets its views by person: a mapping, not one row.
            known = given if "person" in given else given & ROOTS
            yield from (use for use in _asked(function) if use[0].removesuffix(".get") in known)


def _asked(function: ast.FunctionDef) -> Iterator[tuple[str, str, int]]:
    inner = {id(node.value) for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            yield from _chain(node)
        elif isinstance(node, ast.Subscript):
            yield from _subscript(node)
        if isinstance(node, ast.Call):
            yield from _by_name(node)


def _chain(node: ast.Attribute) -> Iterator[tuple[str, str, int]]:
    names: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        names.insert(0, inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        path = ".".join(names) if inner.id == "policy" else names[0]
        yield inner.id, path, node.lineno


def _subscript(node: ast.Subscript) -> Iterator[tuple[str, str, int]]:
    named = isinstance(node.value, ast.Name) and node.value.id == "policy"
    if named and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        yield "policy", node.slice.value, node.lineno


def _by_name(node: ast.Call) -> Iterator[tuple[str, str, int]]:
    function = node.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and node.args):
        return
    root, first = function.value.id, node.args[0]
    if function.attr not in ASKED_BY_NAME.get(root, ()):
        return
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        yield root if root == "policy" else f"{root}.get", first.value, node.lineno
