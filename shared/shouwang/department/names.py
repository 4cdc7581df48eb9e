"""Names in a plugin's source that are matched at run time: `policy.x`, `year.x`. Looked up before the start.

A branch that no test takes must not hide a misspelt name: the source is read, not run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from shouwang.department.bindings import ROOTS, ROWS, Names, bound, root_of
from shouwang.department.entitlements import Household, Person
from shouwang.department.known import told_of
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

VIEW_WORDS = ("on", "region", "pin", "find", "codes")
ASKED_BY_NAME = {"policy": ("find", "codes"), "person": ("get",), "household": ("get",)}
"""Calls whose first argument is a name: policy.find("x"), person.get("labour", …)."""


def check_names(plugin: Plugin) -> Iterator[ConfigurationError]:
    """Yield every `policy.…`, `person.…`, `household.…` and view column that does not exist."""
    seen: set[tuple[str, str, str]] = set()
    for path, function, names in _functions(plugin):
        for root, attribute, line in _asked(function, names):
            use = root, attribute, f"{path}:{line}"
            if use not in seen:
                seen.add(use)
                yield from _check(plugin, *use)


def _functions(plugin: Plugin) -> Iterator[tuple[Path, ast.FunctionDef, Names]]:
    parsed = dict(trees(plugin.folder))
    places = {id(node): path for path, tree in parsed.items() for node in ast.walk(tree)}
    for function, names in bound(parsed.values(), plugin.views):
        yield places[id(function)], function, names


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


def _asked(function: ast.FunctionDef, names: Names) -> Iterator[tuple[str, str, int]]:
    """Yield root, attribute and line of what a function asks of what it was given."""
    inner = {id(node.value) for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            yield from _chain(node, names)
        elif isinstance(node, ast.Subscript):
            yield from _subscript(node, names)
        if isinstance(node, ast.Call):
            yield from _by_name(node, names)


def _chain(node: ast.Attribute, names: Names) -> Iterator[tuple[str, str, int]]:
    words: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        words.insert(0, inner.attr)
        inner = inner.value
    root, _, group = root_of(inner, names).partition(".")
    if root == "policy":
        yield root, ".".join([group, *words] if group else words), node.lineno
    elif root and not root.endswith(ROWS):
        yield root, words[0], node.lineno


def _subscript(node: ast.Subscript, names: Names) -> Iterator[tuple[str, str, int]]:
    if root_of(node.value, names) == "policy" and (word := _word(node.slice)):
        yield "policy", word, node.lineno


def _by_name(node: ast.Call, names: Names) -> Iterator[tuple[str, str, int]]:
    function = node.func
    if isinstance(function, ast.Name) and function.id == "getattr" and len(node.args) > 1:
        root, word = root_of(node.args[0], names), _word(node.args[1])
        if word and root in (*ROOTS, *names.values()) and not root.endswith(ROWS) and "." not in root:
            yield root, word, node.lineno
    elif isinstance(function, ast.Attribute) and node.args:
        root, word = root_of(function.value, names), _word(node.args[0])
        if word and function.attr in ASKED_BY_NAME.get(root, ()):
            yield root if root == "policy" else f"{root}.get", word, node.lineno


def _word(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
