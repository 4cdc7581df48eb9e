"""The register of rules (docs/rules.yaml) against what stands in code, tests and cases.

A rule is found in code where its number is written (a decorator, a guard, a procedure, a docstring); in tests
by `@pytest.mark.rule(number)`; in cases by `rule: number`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shouwang.errors import ConfigurationError
from shouwang.yaml_lines import load_mapping

REGISTER: Final = "docs/rules.yaml"
BUILT: Final = {"whole": "已建", "part": "部分", "later": "未建"}
FIELDS: Final = frozenset({"number", "text", "source", "service", "built", "left"})
CODE: Final = ("shared", "services")
TESTS: Final = ("tests", "services", "shared")

Finder = Callable[[str], list[str]]

_NUMBER: Final = re.compile(r"(?<![\w-])([A-Z]-\d{2})(?![\w-])", re.ASCII)
_MARK: Final = re.compile(r"mark\.rule\(([^)]*)\)")
_CASE: Final = re.compile(r"^\s*-?\s*rule:\s*[\"']?([A-Z]-\d{2})", re.M)


@dataclass
class Line:
    """One rule: what the register says, and where it was found (path:line)."""

    number: str
    text: str
    source: str
    service: str
    built: str
    left: str = ""
    code: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    def missing(self) -> list[str]:
        """Return what a built rule lacks: 代码, 测试或用例. A rule still to come lacks nothing."""
        if self.built == "later":
            return []
        shown = bool(self.tests or self.cases)
        return [name for name, there in (("代码", bool(self.code)), ("测试或用例", shown)) if not there]


def find_root(start: Path) -> Path:
    """Return the folder at or above `start` that holds the register; ConfigurationError when none does."""
    for folder in (start, *start.parents):
        if (folder / REGISTER).is_file():
            return folder
    raise ConfigurationError(
        f"没有找到规则登记簿 {REGISTER}",
        code="rules.register",
        where=str(start),
        remedy="请在源码目录中运行。",
    )


def read_register(root: Path) -> dict[str, Line]:
    """Read the register; ConfigurationError with file:line on a wrong key, state or a number twice."""
    found: dict[str, Line] = {}
    for entry in load_mapping(root / REGISTER)["rules"]:
        unknown = sorted(set(entry) - FIELDS)
        if unknown or entry.get("built") not in BUILT or entry.get("number") in found:
            raise ConfigurationError(
                f"登记簿这一行有误：{'、'.join(unknown) or entry.get('number')}",
                code="rules.register",
                where=entry.where("number"),
                remedy="字段为 number text source service built left，编号不重复。",
            )
        found[entry["number"]] = _line({key: str(value) for key, value in entry.items()})
    return found


def _line(entry: Mapping[str, str]) -> Line:
    return Line(
        number=entry["number"],
        text=entry["text"],
        source=entry["source"],
        service=entry["service"],
        built=entry["built"],
        left=entry.get("left", ""),
    )


def locate(root: Path, lines: Mapping[str, Line]) -> list[str]:
    """Fill in where each rule stands; return places that name a rule which the register does not have."""
    strange: list[str] = []
    for kind, numbers in (("code", _in_code(root)), ("tests", _in_tests(root)), ("cases", _in_cases(root))):
        for number, places in numbers.items():
            if number in lines:
                getattr(lines[number], kind).extend(places)
            else:
                strange += [f"{place} {number}" for place in places]
    return sorted(strange)


def _in_code(root: Path) -> dict[str, list[str]]:
    files = (path for path in _files(root, CODE, (".py", ".yaml")) if not _is_test(root, path))
    return _collect(root, files, _NUMBER.findall)


def _in_tests(root: Path) -> dict[str, list[str]]:
    files = (path for path in _files(root, TESTS, (".py",)) if _is_test(root, path))
    return _collect(root, files, _marked)


def _in_cases(root: Path) -> dict[str, list[str]]:
    files = (path for path in _files(root, TESTS, (".yaml",)) if "cases" in path.parts)
    return _collect(root, files, _CASE.findall)


def _marked(line: str) -> list[str]:
    return [number for arguments in _MARK.findall(line) for number in _NUMBER.findall(arguments)]


def _collect(root: Path, files: Iterator[Path], find: Finder) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in files:
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for number in sorted(set(find(line))):
                found[number].append(f"{path.relative_to(root)}:{place}")
    return found


def _is_test(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    return parts[0] == "tests" or "cases" in parts


def _files(root: Path, folders: tuple[str, ...], endings: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and "egg-info" not in str(path):
                yield path
