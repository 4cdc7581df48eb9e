"""The Python files of a plugin, read and parsed once: every check of names looks at the same trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from shouwang.department.manifest import wrong

KEPT = 64
"""How many parsed files are kept: more than a plugin has."""


def source_of(path: Path) -> str:
    """Return the text of a file; a mark in front is no letter, another encoding a ConfigurationError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"{path.name} 不是 UTF-8 编码的文字"
        remedy = "请在编辑器里另存为 UTF-8 编码（中文 Windows 常存成 GBK）。"
        raise wrong(message, f"{path}:{line}", remedy, "department.encoding") from error


def tree_of(path: Path) -> ast.Module:
    """Return the parsed file, ConfigurationError where it is no Python. Trees are shared: leave them so."""
    return _parsed(source_of(path), str(path))


def trees(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every Python file of a plugin, parsed."""
    for path in sorted(folder.glob("*.py")):
        yield path, tree_of(path)


@lru_cache(maxsize=KEPT)
def _parsed(text: str, file: str) -> ast.Module:
    try:
        return ast.parse(text, file)
    except SyntaxError as error:
        message = f"{Path(file).name} 不是 Python：{error.msg}"
        remedy = "请核对这一行和上一行的括号、引号和冒号。"
        raise wrong(message, f"{file}:{error.lineno}", remedy, "department.import") from error
