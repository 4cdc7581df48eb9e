"""A plugin folder, loaded: manifest, tables, rules, facts, views, measures, policy.

The folder is imported as a package of its own (`shouwang_plugin_<code>`), so that it works wherever it lies:
in this tree, in the department's repository, unpacked on a test machine. Its files import each other
relatively.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeVar

from shouwang.department.breaking import api, explained
from shouwang.department.declarations import (
    Declared,
    Fact,
    Indicator,
    Measure,
    PersonView,
    Rule,
    Signal,
    declared,
)
from shouwang.department.folder import check_folder
from shouwang.department.manifest import Manifest, load_manifest, wrong
from shouwang.department.table import Table
from shouwang.errors import ShouwangError
from shouwang.policy import CountyFigures, Policy, policy_of
from shouwang.policy.county import COMMON as ALL_DEPARTMENTS

ROOMS: Final[dict[str, tuple[type[Declared], ...]]] = {
    "tables": (),
    "rules": (Rule,),
    "comparison": (Fact,),
    "measures": (Measure, PersonView),
    "reports": (Signal, Indicator),
}
DECORATORS: Final = {
    "rules": "@rule",
    "comparison": "@fact",
    "measures": "@measure 或 @view",
    "reports": "@signal 或 @indicator",
}
COMMON: Final = Path(__file__).parent / "policy"
"""Figures that hold for every department whose own policy says nothing."""
Kind = TypeVar("Kind", bound=Declared)


@dataclass(frozen=True)
class Plugin:
    """Everything a department wrote, by name; `common`: figures of the SDK, where its own say nothing."""

    folder: Path
    manifest: Manifest
    tables: dict[str, type[Table]]
    rules: dict[str, Rule]
    facts: dict[str, Fact]
    views: dict[str, PersonView]
    measures: dict[str, Measure]
    signals: dict[str, Signal]
    indicators: dict[str, Indicator]
    policy: Policy
    common: Policy

    @classmethod
    def load(cls, folder: Path | str, county: CountyFigures | None = None) -> Plugin:
        """Import a folder, with a county's own figures for it.

        ConfigurationError (file:line, did-you-mean) when it does not hold together.
        """
        folder = Path(folder).resolve()
        manifest = load_manifest(folder)
        check_folder(folder, ROOMS)
        modules = {
            room: _import(folder, manifest, room) for room in ROOMS if (folder / f"{room}.py").exists()
        }
        found = _apart([one for room in modules for one in _declarations(room, modules[room])])
        return cls(
            folder,
            manifest,
            _tables(modules["tables"]),
            _by_name(found, Rule),
            _by_name(found, Fact),
            _by_name(found, PersonView),
            _measures(found),
            _by_name(found, Signal),
            _by_name(found, Indicator),
            policy_of(manifest.code, [own] if (own := folder / "policy").is_dir() else [], county),
            policy_of(ALL_DEPARTMENTS, [COMMON], county),
        )

    @property
    def code(self) -> str:
        """Code of the department: its service's name on the bus."""
        return self.manifest.code

    def describe(self) -> dict[str, Any]:
        """Return the JSON form that is announced."""
        return {
            "code": self.code,
            "title": self.manifest.title,
            "owner": self.manifest.owner,
            "contract": self.manifest.contract,
            "tables": [table.describe() for table in self.tables.values()],
            "rules": [rule.describe() for rule in self.rules.values()],
            "comparisons": [fact.describe() for fact in self.facts.values()],
            "measures": [measure.describe() for measure in self.measures.values()],
            "signals": [one.describe() for one in self.signals.values()],
            "indicators": [one.describe() for one in self.indicators.values()],
        }


def _import(folder: Path, manifest: Manifest, room: str) -> ModuleType:
    package = f"shouwang_plugin_{manifest.code}"
    name = f"{package}.{room}"
    held = sys.modules.get(package)
    if held is None or list(held.__path__) != [str(folder)]:
        _forget(package)
        _package(package, folder)
    try:
        return importlib.import_module(name)
    except ShouwangError:
        raise
    except (Exception, SystemExit) as error:  # a plugin that ends the process must not end it in silence
        where = last_line(error, folder) or str(folder / f"{room}.py")
        problem, remedy = explained(error, api())
        message = f"{room}.py 导入时出错：{problem}"
        raise wrong(message, where, remedy, "department.import") from error


def _package(name: str, folder: Path) -> None:
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[name] = importlib.util.module_from_spec(spec)


def _forget(package: str) -> None:
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]


def last_line(error: BaseException, folder: Path) -> str:
    """Return file:line of the innermost line of the plugin in a traceback, "" when there is none."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if Path(file).is_relative_to(folder):
            places.append(f"{file}:{trace.tb_lineno}")
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename:
        places.append(f"{error.filename}:{error.lineno}")
    return places[-1] if places else ""


def _declarations(room: str, module: ModuleType) -> Iterator[Declared]:
    for name, function in _functions(module):
        found = declared(function)
        if found is None and not name.startswith("_") and room in DECORATORS:
            where = f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"
            message = f"函数 {name} 没有 {DECORATORS[room]}，没有人会调用它"
            raise wrong(message, where, "辅助函数请以 _ 开头。", "department.hook")
        if found is not None and not isinstance(found, ROOMS[room]):
            remedy = f"{room}.py 里写 {DECORATORS.get(room, '表')}。"
            raise wrong(f"{name} 写错了地方", found.defined, remedy, "department.hook")
        if found is not None:
            yield found


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__:
            yield name, value


def _tables(module: ModuleType) -> dict[str, type[Table]]:
    found: dict[str, type[Table]] = {}
    for table in vars(module).values():
        if isinstance(table, type) and issubclass(table, Table) and table.__module__ == module.__name__:
            if found.get(table.name, table) is not table:
                message = f"表 {found[table.name].__name__} 和 {table.__name__} 都叫 {table.name}"
                raise wrong(message, table.defined, "请改一个类名。", "department.table")
            found[table.name] = table
    return found


def _by_name(found: list[Declared], kind: type[Kind]) -> dict[str, Kind]:
    return {one.name: one for one in found if isinstance(one, kind)}


def _apart(found: list[Declared]) -> list[Declared]:
    """Refuse two declarations of one name in different files: a case could mean either."""
    first: dict[str, Declared] = {}
    for one in found:
        if one.name in first:
            message = f"“{one.name}”已在 {first[one.name].defined} 使用"
            raise wrong(
                message, one.defined, "规则、事实、视图、措施、信号、指标的名称各用一次。", "department.hook"
            )
        first[one.name] = one
    return found


def _measures(found: list[Declared]) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for one in found:
        if isinstance(one, Measure):
            if one.code in measures:
                first = measures[one.code].defined
                message = f"措施代码 {one.code} 已在 {first} 使用"
                remedy = "同一代码的两种情形写在一个措施里，或用细项代码，如 A48-03。"
                raise wrong(message, one.defined, remedy, "department.measure")
            measures[one.code] = one
    return measures
