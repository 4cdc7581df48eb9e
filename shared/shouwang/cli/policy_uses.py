"""What stands still while a figure is unknown: who in the code of a service or department reads it.

Found by reading the source: the function or procedure that names the figure, told by its Chinese sentence or
by the rules of the register that it carries out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from shouwang.cli.register import REGISTER, read_register
from shouwang.yaml_lines import load_mapping

MANIFEST: Final = "department.yaml"
ELSEWHERE: Final = frozenset({"tests", "cases", "policy"})
RULE: Final = re.compile(r"(?<![\w-])[A-Z]-\d{2}(?![\w-])", re.ASCII)
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
WORD: Final = re.compile(r"\w+", re.ASCII)
Use = tuple[frozenset[str], tuple[str, ...]]
"""The words of a piece of code, and how people call it."""


class Uses:
    """The source of one service or department; departments inside a service's folder are not of it."""

    def __init__(self, folder: Path, rules: Mapping[str, str]) -> None:
        self._rules = rules
        files = sorted(_sources(folder, folder))
        self._pieces = [piece for path in files for piece in _pieces(path)]
        self._files = [_whole(path, str(path.relative_to(folder))) for path in files]
        self._figures = [_whole(path) for path in sorted((folder / "policy").rglob("*.yaml"))]

    def of(self, name: str) -> list[str]:
        """Return what reads the figure `name`, in Chinese, each once; empty: nothing that is found.

        The functions that name it; else the files that do (by their rules, or their path), it or the group of
        names that it is of; else the rules of the file that declares it.
        """
        whole = frozenset(name.split("."))
        group = frozenset(name.split(".")[:-1] or [name.rpartition("_")[0]])
        found = _named_by(whole, self._pieces) or _named_by(whole, self._files)
        told = found or _named_by(group, self._files) or _named_by(whole, self._figures)
        return [f"{each} {self._rules[each]}" if each in self._rules else each for each in told]


def rule_texts(start: Path) -> dict[str, str]:
    """Return {number: text} of the register where it can be seen from a folder, else nothing."""
    for folder in start.parents:
        if (folder / REGISTER).is_file():
            return {number: line.text for number, line in read_register(folder).items()}
    return {}


def _named_by(parts: frozenset[str], uses: Iterable[Use]) -> list[str]:
    return list(dict.fromkeys(each for words, names in uses if parts <= words for each in names))


def _whole(path: Path, *otherwise: str) -> Use:
    text = path.read_text(encoding="utf-8")
    return frozenset(WORD.findall(text)), tuple(sorted(set(RULE.findall(text)))) or otherwise


def _sources(folder: Path, top: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in ELSEWHERE and not (path != top and (path / MANIFEST).is_file()):
                yield from _sources(path, top)
        elif path.suffix == ".py" or path.parent.name == "procedures":
            yield path


def _pieces(path: Path) -> Iterator[Use]:
    if path.suffix == ".py":
        yield from _of_code(path)
    elif path.suffix == ".yaml":
        words = frozenset(WORD.findall(path.read_text(encoding="utf-8")))
        yield words, (f"程序“{load_mapping(path).get('title', path.stem)}”",)


def _of_code(path: Path) -> Iterator[Use]:
    text = path.read_text(encoding="utf-8")
    lines, module = text.splitlines(), ast.parse(text)
    whole = tuple(sorted(set(RULE.findall(ast.get_docstring(module) or ""))))
    for node in _named(module):
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        own = "\n".join(lines[first - 1 : node.end_lineno])
        yield frozenset(WORD.findall(own)), _told(node, own) or whole


def _named(module: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    return (node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef))


def _told(node: ast.FunctionDef | ast.ClassDef, own: str) -> tuple[str, ...]:
    sentence = (ast.get_docstring(node) or "").split("\n", 1)[0].rstrip("。. ")
    if CHINESE.search(sentence):
        return (sentence,)
    return tuple(sorted(set(RULE.findall(own))))
