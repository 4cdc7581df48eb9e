"""No personal data in a log: neither as a key, nor as a value, nor worked into the text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from shouwang.telemetry.privacy import personal_key

from tests.guards.tree import code, last_name, parsed, place

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
OF_OURSELVES = {"self", "entry", "runtime", "service", "topology", "cls"}


def telling(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Return every log call that could tell who a person is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_log(node):
            yield from ((node, f"key {key.arg}") for key in node.keywords if _tells(key))
            yield from ((node, "text put together") for part in node.args if isinstance(part, ast.JoinedStr))
            values = [part for part in node.args if not isinstance(part, ast.Constant)]
            yield from ((node, f"value {name}") for name in _personal(values))


def _is_log(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in LEVELS:
        return False
    return last_name(node.func.value).lower().strip("_") in {"log", "logger", "logging"}


def _tells(key: ast.keyword) -> bool:
    counted = isinstance(key.value, ast.Call) and last_name(key.value.func) in {"len", "sum"}
    return key.arg is not None and personal_key(key.arg) and not counted


def _personal(values: list[ast.expr]) -> Iterator[str]:
    for node in (node for value in values for node in ast.walk(value)):
        owner = last_name(node.value) if isinstance(node, ast.Attribute) else ""
        if last_name(node) and personal_key(last_name(node)) and owner not in OF_OURSELVES:
            yield last_name(node)


def test_no_log_tells_who_a_person_is() -> None:
    assert not [f"{place(path, node)} {what}" for path in code() for node, what in telling(parsed(path))]


@pytest.mark.parametrize(
    "line",
    [
        "log.info('clue.opened', name=x)",
        "self.log.error('failed', id_number=person.id_number)",
        "ctx.log.warning(f'{person} is at risk')",
        "_log.info('call of %s', person.phone)",
    ],
)
def test_the_guard_sees_one(line: str) -> None:
    assert list(telling(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    ["log.info('imported', persons=len(rows))", "log.info('queue %s', self.name)", "table.info(name=x)"],
)
def test_the_guard_sees_none(line: str) -> None:
    assert not list(telling(ast.parse(line)))
