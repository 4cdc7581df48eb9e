"""The code base as the guards read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shouwang.service.discovery import DEPARTMENTS, SERVICES, named

ROOT = Path(__file__).parents[2]
CODE = ("shared/shouwang", "services", "deploy")
MADE = {".git", ".venv", "var", "build", "dist", "secrets", "__pycache__", ".hypothesis"}
SKIPPED_ENDINGS = ("_cache", ".egg-info")
TEXTS = {".py", ".yaml", ".yml", ".md", ".toml", ".sh", ".js", ".conf", ".txt", ".csv", ""}
SERVICE_NAMES = sorted(named(SERVICES))
DEPARTMENT_NAMES = sorted(named(DEPARTMENTS))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def home_of(service: str) -> Path:
    """Return the folder of a core service or of a department in this tree."""
    own = ROOT / "services" / service
    return own if own.is_dir() else ROOT / "services" / "assistance" / "departments" / service


def files(*folders: str, endings: set[str] = frozenset({".py"})) -> Iterator[Path]:  # type: ignore[assignment]
    """Return the files under these folders that people wrote."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and path.is_file() and _written(path):
                yield path


def _written(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return not any(part in MADE or part.endswith(SKIPPED_ENDINGS) for part in parts)


def code() -> list[Path]:
    """Return every Python file of the suite but the tests."""
    return list(files(*CODE))


@cache
def text(path: Path) -> str:
    """Return what a file holds."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """Return the tree of a Python file."""
    return ast.parse(text(path), str(path))


def place(path: Path, node: ast.AST | int) -> str:
    """Return path:line, as an editor takes it."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{path.relative_to(ROOT)}:{line}"


def functions(path: Path) -> Iterator[Function]:
    """Return every function of a file, methods and inner ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Return the lines of a function from `def` to its end."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def own_calls(tree: ast.AST, method: str) -> Iterator[ast.Call]:
    """Return the calls of `<anything>.method(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node


def last_name(node: ast.AST) -> str:
    """Return the last name of `a.b.c`; empty when it is none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
