"""The cases of a topic as checks: each a function of one case, run until one fails."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

Check = Callable[[], None]


def modules_of_cases(tests: Path) -> list[ModuleType]:
    """Return every test_cases*.py below a folder that says which modules its cases pin down (DECIDES)."""
    found = [importlib.import_module(_dotted(path)) for path in sorted(tests.rglob("test_cases*.py"))]
    return [module for module in found if hasattr(module, "DECIDES")]


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[parts.index("tests") :])


def checks_of(module: ModuleType) -> list[Check]:
    """Return one check for each case of each test of a module."""
    return [
        check for name, test in vars(module).items() if name.startswith("test_") for check in _checks(test)
    ]


def _checks(test: Any) -> Iterator[Check]:
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize" and mark.args[0] == "case":
            for param in mark.args[1]:
                yield lambda case=param.values[0]: test(case)


def noticed(checks: list[Check]) -> bool:
    """Whether a check fails; the one that did is tried first the next time."""
    for place, check in enumerate(checks):
        try:
            check()
        except Exception:  # noqa: BLE001  a mutant may break anything: any failure is noticing it
            checks.insert(0, checks.pop(place))
            return True
    return False
