"""Whoever changes the condition of a rule hears of it: a case that an official can read fails.

Which modules: DECIDES of each test_cases*.py. HARMLESS there: key of a mutant that decides the same → reason.
TELLING: names of functions that only put a decision into words.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.mutants.checking import Check, checks_of, modules_of_cases, noticed
from tests.mutants.mutations import Mutant, mutants
from tests.mutants.standing_in import functions_of, standing_in, words_at_hand

TESTS = Path(__file__).parents[1]
PINNED = [(cases, module) for cases in modules_of_cases(TESTS) for module in cases.DECIDES]


def name(value: ModuleType) -> str:
    return value.__name__.rpartition(".services.")[2] or value.__name__


@pytest.mark.parametrize(("cases", "module"), PINNED, ids=name)
def test_a_case_fails_when_a_condition_is_changed(cases: ModuleType, module: ModuleType) -> None:
    checks = checks_of(cases)
    assert checks and not noticed(checks), "the cases fail without any mutant"
    harmless: dict[str, str] = getattr(cases, "HARMLESS", {})
    survivors = [one for one in _survivors(cases, module, checks) if one.key not in harmless]
    told = "\n".join(f"{module.__file__}:{one.line} {one.key}" for one in survivors)
    assert not survivors, f"no case notices:\n{told}"


def _survivors(cases: ModuleType, module: ModuleType, checks: list[Check]) -> list[Mutant]:
    functions = functions_of(module)
    found = []
    with words_at_hand(module):
        for mutant in mutants(module, frozenset(getattr(cases, "TELLING", ()))):
            with standing_in(mutant, functions):
                if not noticed(checks):
                    found.append(mutant)
    return found
