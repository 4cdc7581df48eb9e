"""The files of a plugin folder: each is read, or refused: a misspelt one would be missed silently."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from shouwang.department.manifest import FILE, wrong
from shouwang.department.sources import trees
from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

FOLDERS: Final = ("policy", "cases")
DOCUMENTS: Final = (".md", ".txt", ".rst")
HELPER: Final = "辅助文件请以 _ 开头。"


def check_folder(folder: Path, rooms: Collection[str]) -> None:
    """Refuse the first file or folder that nobody reads, and a name that is written twice in one file."""
    for problem in (*_strangers(folder, rooms), *_twice(folder)):
        raise problem
    if not (folder / "tables.py").is_file():
        raise wrong("插件没有 tables.py", str(folder), "部门有哪些表，写在 tables.py 里。")


def _strangers(folder: Path, rooms: Collection[str]) -> Iterator[ConfigurationError]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".")) or path.suffix in DOCUMENTS or path.name == "py.typed":
            continue
        if path.is_dir():
            yield from _inside(path) if path.name in FOLDERS else _unread(path, FOLDERS, "")
        elif path.suffix == ".py" and path.stem not in rooms:
            yield from _unread(path, rooms, HELPER)
        elif path.suffix != ".py" and path.name != FILE:
            yield from _unread(path, (FILE, *FOLDERS), HELPER)


def _unread(path: Path, known: Collection[str], also: str) -> Iterator[ConfigurationError]:
    word = path.stem if path.suffix == ".py" else path.name
    remedy = f"{did_you_mean(word, known)}{also}"
    yield wrong(f"没有人会读 {path.name}", str(path), remedy, "department.hook")


def _inside(folder: Path) -> Iterator[ConfigurationError]:
    for path in sorted(folder.rglob("*")):
        hidden = path.name.startswith(("_", ".")) or path.suffix in DOCUMENTS
        if path.is_file() and path.suffix != ".yaml" and not hidden:
            remedy = f"{folder.name}/ 里只读 .yaml：请改名为 {path.stem}.yaml。"
            yield wrong(f"没有人会读 {folder.name}/{path.name}", str(path), remedy, "department.hook")


def _twice(folder: Path) -> Iterator[ConfigurationError]:
    """Python keeps the second of two functions of one name and says nothing."""
    for path, tree in trees(folder):
        first: dict[str, int] = {}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                if node.name in first:
                    message = f"{node.name} 写了两次，前一次在第 {first[node.name]} 行，只有后一次会算数"
                    yield wrong(message, f"{path}:{node.lineno}", "请改名或删去一处。", "department.hook")
                first[node.name] = node.lineno
