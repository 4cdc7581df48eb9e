"""Which events the sources of a service emit, as far as a reader can see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.guards.tree import own_calls, parsed, place

EVENT = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
NOT_SOURCES = ("schemas", "service.py", "entries")


@dataclass(frozen=True)
class Emitted:
    """An event's type and where it is emitted."""

    type: str
    where: str


def emitted(files: list[Path]) -> Iterator[Emitted]:
    """Return every `ctx.event("type", …)` and every ("type", {…}) that a use case hands back."""
    for path in files:
        tree = parsed(path)
        calls = (node.args[0] for node in own_calls(tree, "event") if node.args)
        pairs = (node.elts[0] for node in ast.walk(tree) if _pair(node))
        for first in [*calls, *pairs]:
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Emitted(first.value, place(path, first))


def mentioned(files: list[Path]) -> set[str]:
    """Return every text that reads like an event's type, beginnings of put-together ones too ("case.")."""
    found: set[str] = set()
    for path in files:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def sources(home: Path) -> list[Path]:
    """Return the files of a service that may emit: not its schemas, not its table of contents."""
    own = (path for path in sorted(home.rglob("*.py")) if "departments" not in path.relative_to(home).parts)
    return [path for path in own if not path.relative_to(home).parts[0].startswith(NOT_SOURCES)]


def _pair(node: ast.AST) -> bool:
    """Whether the node is ("household.included", {…}): what a desk's `follow` returns."""
    if not (isinstance(node, ast.Tuple) and len(node.elts) == 2):
        return False
    first = node.elts[0]
    typed = isinstance(first, ast.Constant) and isinstance(first.value, str) and EVENT.fullmatch(first.value)
    return bool(typed) and isinstance(
        node.elts[1], ast.Dict | ast.Call | ast.Name | ast.Attribute | ast.BinOp
    )
