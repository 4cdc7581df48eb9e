"""Whoever changes a condition of a department hears of it: one of the department's own cases fails.

Changed are the conditions of rules.py, comparison.py, measures.py, reports.py and of the files that they lean
on (`_….py`).
A change that decides the same stands in HARMLESS of the department's test_plugin.py, with its reason:
key "function: before → after". TELLING there: functions that only put a decision into words.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from shouwang.department.caserunning import run
from shouwang.department.cases import Case, cases_of
from shouwang.department.declarations import Measure
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance import departments
from tests.departments.conditions import changes
from tests.mutants.checking import Check, noticed
from tests.mutants.mutations import Mutant, mutants
from tests.mutants.standing_in import functions_of, standing_in

Of = tuple[Case, Check]
ROOMS = ("rules", "comparison", "measures", "reports")
FOLDERS = sorted(path.parent for path in Path(departments.__file__).parent.glob("*/cases"))
"""Whoever decides or answers something has cases: the contract asks for them."""


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    made = Duck(tmp_path_factory.mktemp("mutants"))
    yield made
    made.ibis.disconnect()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_case_fails_when_a_condition_is_changed(folder: Path, duck: Duck) -> None:
    plugin = Plugin.load(folder)
    checks = [(case, _check(plugin, case, duck)) for case in cases_of(plugin)]
    assert checks and not noticed([check for _, check in checks]), "the cases fail without any mutant"
    tests = importlib.import_module(f"tests.departments.{folder.name}.test_plugin")
    harmless: dict[str, str] = getattr(tests, "HARMLESS", {})
    telling = frozenset(getattr(tests, "TELLING", ()))
    survivors = [one for module in _modules(plugin) for one in _survivors(module, telling, checks)]
    told = "\n".join(f"{folder.name}:{one.line} {one.key}" for one in survivors if one.key not in harmless)
    assert not told, f"no case notices:\n{told}"
    idle = set(harmless) - {one.key for one in survivors}
    assert not idle, f"named as harmless, and noticed or gone: {sorted(idle)}"


def _check(plugin: Plugin, case: Case, duck: Duck) -> Check:
    def check() -> None:
        assert run(plugin, case, duck) == "", case.where

    return check


def _modules(plugin: Plugin) -> list[ModuleType]:
    package = f"shouwang_plugin_{plugin.code}."
    held = {name.removeprefix(package): module for name, module in sys.modules.items() if package in name}
    return [module for name, module in sorted(held.items()) if name in ROOMS or name.startswith("_")]


def _survivors(module: ModuleType, telling: frozenset[str], checks: list[Of]) -> list[Mutant]:
    functions = functions_of(module)
    concerned = {name: _concerned(name, checks) for name in functions}
    found = []
    for mutant in mutants(module, telling, changes):
        with standing_in(mutant, functions):
            if not noticed(concerned[mutant.function]):
                found.append(mutant)
    return found


def _concerned(function: str, checks: list[Of]) -> list[Check]:
    """Return the cases of a rule or a measure, or of the measures that ask a view; of a helper, all."""
    own = [check for case, check in checks if function in (case.about.name, *case.about.parameters)]
    quick_first = sorted(checks, key=lambda one: isinstance(one[0].about, Measure))
    return own or [check for _, check in quick_first]
