"""Names in a plugin's source that are looked up only when a line runs, in whatever branch it stands.

`Group.SEVERLY` in a branch that no case takes, or a helper that was renamed, must not wait for a household.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shouwang.department.manifest import wrong
from shouwang.department.sources import source_of, trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean
from shouwang.vocabulary import Category, Group, Risk, State

VOCABULARY: Final = {kind.__name__: kind for kind in (Risk, State, Group, Category)}
GIVEN: Final = {*dir(builtins), "__file__", "__name__"}


def check_undefined(folder: Path) -> Iterator[ConfigurationError]:
    """Yield every name that is not defined anywhere and every word that the vocabulary does not have."""
    for path, tree in trees(folder):
        yield from _words(tree, path)
        yield from _undefined(tree, symtable.symtable(source_of(path), str(path), "exec"), path)


def _words(tree: ast.Module, path: Path) -> Iterator[ConfigurationError]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in VOCABULARY
        ):
            kind = VOCABULARY[node.value.id]
            if not hasattr(kind, node.attr):
                message = f"{kind.__name__} 没有“{node.attr}”"
                remedy = did_you_mean(node.attr, kind.__members__)
                yield wrong(message, f"{path}:{node.lineno}", remedy, "department.name")


def _undefined(tree: ast.Module, top: symtable.SymbolTable, path: Path) -> Iterator[ConfigurationError]:
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        return
    own = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported()}
    own |= {one.get_name() for one in top.get_symbols() if one.is_namespace()}
    missing = {name for name in _read(top) if name not in own and name not in GIVEN}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in missing:
            missing.discard(node.id)
            message = f"“{node.id}”没有定义，也没有导入"
            remedy = did_you_mean(node.id, own | _local(tree))
            yield wrong(message, f"{path}:{node.lineno}", remedy, "department.name")


def _local(tree: ast.Module) -> set[str]:
    """Return the names that functions give themselves: what was meant may be one of them."""
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return given | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    for child in table.get_children():
        for one in child.get_symbols():
            if one.is_global() and one.is_referenced():
                yield one.get_name()
        yield from _read(child)
