"""Texts that are compared with a code: `_.kind == "tap"`, `.isin([...])`, `in (...)`, `is_any(...)`.

A value that no code table has is never equal to anything: the rule finds nobody and nobody sees why. The
label (自来水) instead of the value (tap) is the usual slip.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from shouwang.department.columns import CodeColumn
from shouwang.department.declarations import Fact, PersonView
from shouwang.department.known import VALUES_TOLD
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean
from shouwang.vocabulary import Group

INSTEAD: Final = ("fill_null", "coalesce", "ifelse", "literal", "cases", "else_", "nullif", "substitute")
"""Calls that put a value of the plugin's own in place of a code: what they name may be compared too."""
NOT_ROWS: Final = ("policy", "person", "household", "on")
Problems = Iterator[ConfigurationError]
Lists = Mapping[str, ast.expr]


@dataclass(frozen=True)
class Codes:
    """Values of code columns by name; the label on paper of each value, for the remedy."""

    values: Mapping[str, Collection[str]]
    labels: Mapping[str, Mapping[str, str]]


def code_problems(plugin: Plugin) -> Problems:
    """Yield every text that is compared with a code column, or with what is told of a person, and is none."""
    parsed = list(trees(plugin.folder))
    codes, lists = _codes(plugin, [tree for _, tree in parsed]), _lists([tree for _, tree in parsed])
    for path, tree in parsed:
        for node in ast.walk(tree):
            for column, word in _compared(node, lists):
                yield from _unknown(codes, column, word, f"{path}:{word.lineno}")
            if isinstance(node, ast.Call) and _method(node) == "is_any":
                yield from _groups(node, lists, str(path))


def _codes(plugin: Plugin, parsed: list[ast.Module]) -> Codes:
    """Return the code columns, but those whose name also stands for something else in this plugin."""
    values: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    other: set[str] = {name for tree in parsed for name in _made(tree)}
    for table in plugin.tables.values():
        for name, column in table.columns.items():
            if isinstance(column, CodeColumn):
                values[name].update(column.values.values())
                labels[name].update(column.values)
            else:
                other.add(name)
    own = _own_words(plugin) | {word for tree in parsed for word in _instead(tree)}
    return Codes({name: found | own for name, found in values.items() if name not in other}, labels)


def _made(tree: ast.Module) -> Iterator[str]:
    """Yield names that a column is given anew (`mutate(kind=…)`) and not from the column of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                same = any(
                    isinstance(one, ast.Attribute) and one.attr == keyword.arg
                    for one in ast.walk(keyword.value)
                )
                if keyword.arg and not same:
                    yield keyword.arg
            yield from _made_by_name(node)


def _made_by_name(node: ast.Call) -> Iterator[str]:
    """Yield the names of `rename({"kind": "way"})` and `mutate(**{"kind": …})`."""
    given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg is None)]
    for one in given:
        if isinstance(one, ast.Dict) and _method(node) in ("rename", "mutate", "select", "agg", "aggregate"):
            yield from (text for key in one.keys if key is not None and (text := _text(key)))


def _own_words(plugin: Plugin) -> set[str]:
    """Return what facts and views say of a person without a row."""
    found: set[str] = set()
    answers: list[Fact | PersonView] = [*plugin.facts.values(), *plugin.views.values()]
    for one in answers:
        said = one.absent.values() if isinstance(one.absent, Mapping) else [one.absent]
        found |= {word for word in said if isinstance(word, str)}
    return found


def _instead(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _method(node) in INSTEAD:
            for one in ast.walk(node):
                if text := _text(one):
                    yield text


def _lists(parsed: list[ast.Module]) -> Lists:
    """Return what the constants of a plugin's files hold, by name; two of one name are left alone."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for tree in parsed:
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id].append(node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found[node.target.id].append(node.value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _compared(node: ast.AST, lists: Lists) -> Iterator[tuple[str, ast.expr]]:
    """Yield the name of a column and each text that it is compared with."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = node.left, node.comparators[0]
        if isinstance(node.ops[0], ast.Eq | ast.NotEq):
            pairs = [(left, right), (right, left)]
        else:
            pairs = [(left, right)] if isinstance(node.ops[0], ast.In | ast.NotIn) else []
    elif isinstance(node, ast.Call) and _method(node) in ("isin", "notin") and len(node.args) == 1:
        assert isinstance(node.func, ast.Attribute)
        pairs = [(node.func.value, node.args[0])]
    else:
        return
    for one, other in pairs:
        if column := _column(one):
            yield from ((column, word) for word in _words(other, lists))


def _column(node: ast.expr) -> str:
    """Return the column asked for: of `_.kind`, `_["kind"]`, `job.kind`; "get labour" of person.get()."""
    if isinstance(node, ast.Attribute):
        root = node.value.id if isinstance(node.value, ast.Name) else ""
        return "" if root in NOT_ROWS else node.attr
    if isinstance(node, ast.Subscript):
        return _text(node.slice) if isinstance(node.value, ast.Name) else ""
    if isinstance(node, ast.Call) and _method(node) == "get" and node.args:
        asked = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        return f"get {_text(node.args[0])}" if asked else ""
    return ""


def _words(node: ast.expr, lists: Lists) -> Iterator[ast.expr]:
    """Yield the texts of a constant, of a list, of a constant of the plugin that is one."""
    if isinstance(node, ast.Name) and node.id in lists and not isinstance(lists[node.id], ast.Name):
        yield from _words(lists[node.id], lists)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        yield from (one for one in node.elts if _text(one))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        if node.func.id in ("list", "tuple", "set", "frozenset", "sorted"):
            yield from _words(node.args[0], lists)
    elif _text(node):
        yield node


def _unknown(codes: Codes, column: str, word: ast.expr, where: str) -> Problems:
    text = _text(word)
    if column.startswith("get "):
        name = column.removeprefix("get ")
        known: Collection[str] = VALUES_TOLD.get(name, ())
    else:
        name, known = column, codes.values.get(column, ())
    if known and text not in known:
        label = codes.labels.get(name, {}).get(text, "")
        remedy = f"“{text}”是表上的说法，代码是 “{label}”。" if label else did_you_mean(text, known)
        message = f"“{name}”没有代码“{text}”，这样比永远不成立"
        yield wrong(message, where, remedy, "department.code")


def _groups(node: ast.Call, lists: Lists, path: str) -> Problems:
    words = [word for argument in node.args for word in _words(argument, lists)]
    for word in words:
        if _text(word) not in list(Group):
            remedy = did_you_mean(_text(word).upper(), [f"Group.{name}" for name in Group.__members__])
            message = f"is_any() 的“{_text(word)}”不是人员类别"
            yield wrong(message, f"{path}:{word.lineno}", remedy, "department.code")


def _method(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
