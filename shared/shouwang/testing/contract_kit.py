"""With which a department tests its plugin alone: no broker, no database server, nothing of the suite.

    # tests/test_plugin.py of the department's own repository
    from pathlib import Path
    from shouwang.testing.contract_kit import plugin_tests

    test_plugin = plugin_tests(Path(__file__).parent.parent / "water")

One test for each promise: the contract (names, tables, rules on empty tables, cases for all), rules on sample
tables, every case, sealed answers, refused authorisations. `check(folder)` returns the failures instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from shouwang.department import contract
from shouwang.department.caserunning import run as run_case
from shouwang.department.cases import Case, cases_of
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError, ShouwangError
from shouwang.testing.contract_comparison import comparison_checks
from shouwang.testing.contract_samples import sample_problems


@dataclass(frozen=True)
class Check:
    """One thing that must hold: `run` returns "" or what is wrong."""

    name: str
    run: Callable[[], str]
    rules: tuple[str, ...] = field(default=())


def check(folder: Path | str) -> list[str]:
    """Return every failure of a plugin as "name: what is wrong"; empty when it may go to the county."""
    return [f"{one.name}：{problem}" for one in checks(folder) if (problem := _outcome(one))]


def plugin_tests(folder: Path | str) -> Any:
    """Return a pytest function, parametrised with one check each."""
    params = [pytest.param(one, id=one.name, marks=_marks(one)) for one in checks(folder)]

    @pytest.mark.parametrize("promise", params)
    def test_plugin(promise: Check) -> None:
        assert promise.run() == ""

    return test_plugin


def checks(folder: Path | str) -> list[Check]:
    """Return all checks of a plugin folder; a plugin that cannot be loaded has the one check that says so."""
    try:
        plugin = Plugin.load(folder)
        cases = cases_of(plugin)
    except ConfigurationError as error:
        return [Check("载入", lambda error=error: str(error))]  # type: ignore[misc]
    scratch = Path(tempfile.mkdtemp(prefix="shouwang-contract-"))
    duck = Duck(scratch)
    return [
        Check("契约", lambda: _joined(contract.check(plugin, duck))),
        Check("样例表", lambda: "；".join(sample_problems(plugin, duck, scratch))),
        *(Check(name, run) for name, run in comparison_checks(plugin, scratch)),
        *_case_checks(plugin, cases, duck),
    ]


def _case_checks(plugin: Plugin, cases: list[Case], duck: Duck) -> Iterator[Check]:
    for case in cases:
        rule = str(case.data["rule"])
        yield Check(f"{case.about.name}：{case.name}", _case_run(plugin, case, duck), (rule,))


def _case_run(plugin: Plugin, case: Case, duck: Duck) -> Callable[[], str]:
    def run() -> str:
        problem = run_case(plugin, case, duck)
        return f"{case.where} {problem}" if problem else ""

    return run


def _joined(problems: list[ConfigurationError]) -> str:
    return "；".join(str(problem) for problem in problems)


def _outcome(one: Check) -> str:
    try:
        return one.run()
    except ShouwangError as error:
        return str(error)


def _marks(one: Check) -> list[Any]:
    return [pytest.mark.rule(rule) for rule in one.rules]
