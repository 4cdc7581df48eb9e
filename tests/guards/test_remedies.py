"""A refusal says what to do: every typed error that the suite raises carries a remedy."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from shouwang import errors

from tests.guards.tree import files, parsed, place

TYPED = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)}


def refusals(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TYPED:
            yield node


def silent(call: ast.Call) -> bool:
    """Whether it names no remedy; what is handed on whole (`**told`) may hold one."""
    return not {"remedy", None} & {keyword.arg for keyword in call.keywords}


def test_every_refusal_says_what_to_do() -> None:
    found = [(path, call) for path in files("services", "shared/shouwang") for call in refusals(path)]
    assert len(found) > 300, "the guard no longer finds the refusals"
    assert [place(path, call) for path, call in found if silent(call)] == []
