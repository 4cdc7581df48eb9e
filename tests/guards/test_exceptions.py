"""Nothing silent: no bare except, no exception dropped, none that is only logged."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.tree import code, last_name, parsed, place

EVERYTHING = {"Exception", "BaseException"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "print", "log"}


def silent(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Return every handler that loses an exception, and how."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield node, "bare except"
            elif all(_does_nothing(line) for line in node.body):
                yield node, "the exception is dropped"
            elif _takes_everything(node.type) and all(map(_only_says, node.body)):
                yield node, "the exception is only logged"
        elif isinstance(node, ast.Call) and _suppresses_everything(node):
            yield node, "everything is suppressed"


def _suppresses_everything(node: ast.Call) -> bool:
    return last_name(node.func) == "suppress" and any(map(_takes_everything, node.args))


def _takes_everything(type_: ast.expr) -> bool:
    return any(last_name(node) in EVERYTHING for node in ast.walk(type_))


def _does_nothing(line: ast.stmt) -> bool:
    return isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))


def _only_says(line: ast.stmt) -> bool:
    call = isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)
    if call and last_name(line.value.func) in LOGGING:  # type: ignore[attr-defined]
        return True
    return _does_nothing(line) or isinstance(line, ast.Continue | ast.Break)


def test_no_exception_is_lost() -> None:
    assert not [f"{place(path, node)} {how}" for path in code() for node, how in silent(parsed(path))]


@pytest.mark.parametrize(
    "lines",
    [
        "except:\n    raise",
        "except ValueError:\n    pass",
        "except Exception:\n    log.error('failed')",
        "except (OSError, BaseException):\n    self.log.warning('x')\n    print(1)",
    ],
)
def test_the_guard_sees_a_lost_one(lines: str) -> None:
    assert list(silent(ast.parse(f"try:\n    work()\n{lines}")))


@pytest.mark.parametrize(
    "lines",
    [
        "except ValueError:\n    found = None",
        "except Exception as error:\n    log.error('failed')\n    raise Refused() from error",
        "except Exception as error:\n    self.trouble = str(error)",
    ],
)
def test_the_guard_lets_a_handled_one_pass(lines: str) -> None:
    assert not list(silent(ast.parse(f"try:\n    work()\n{lines}")))


def test_the_guard_sees_a_suppressed_one() -> None:
    assert list(silent(ast.parse("with suppress(Exception):\n    work()")))
