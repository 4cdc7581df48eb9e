"""Every entry point: a schema for what comes in and what goes out, who may come in, where, and a count."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from marshmallow import Schema
from shouwang.access.roles import ROLES
from shouwang.department.service import DepartmentService
from shouwang.service import COUNTY_WIDE, Service
from shouwang.service.entry import EntryPoint, entry_points
from shouwang.telemetry.metrics import ENTRYPOINTS, SECONDS

from deploy.tools.entries import core
from tests.guards.tree import ROOT, home_of, parsed, place

SERVICES: dict[str, type[Service]] = {**core(), "department": DepartmentService}
ENTRIES = [(name, entry) for name, service in SERVICES.items() for entry in entry_points(service)]
CALLS = [(name, entry) for name, entry in ENTRIES if entry.kind == "call"]
CONTENTS = {
    name: [home_of(name) / "service.py", *(home_of(name) / "entries").glob("*.py")] for name in core()
} | {"department": [ROOT / "shared/shouwang/department/service.py"]}


def named(entries: list[tuple[str, EntryPoint]]) -> list[str]:
    return [f"{name}.{entry.name} ({entry.defined.removeprefix(f'{ROOT}/')})" for name, entry in entries]


def is_schema(given: object) -> bool:
    return isinstance(given, type) and issubclass(given, Schema)


def test_there_are_some() -> None:
    assert {entry.kind for _, entry in ENTRIES} == {"call", "on", "daily"}
    assert len(CALLS) > 40


def test_what_comes_in_has_a_schema() -> None:
    taking = [(name, entry) for name, entry in ENTRIES if entry.kind != "daily"]
    assert not named([one for one in taking if not is_schema(one[1].schema)])


def test_what_goes_out_has_a_schema() -> None:
    def described(entry: EntryPoint) -> bool:
        one = entry.returns[0] if isinstance(entry.returns, list) else entry.returns
        return is_schema(one)

    assert not named([one for one in CALLS if not described(one[1])])


def test_a_schema_says_what_it_is() -> None:
    schemas = {entry.schema for _, entry in ENTRIES if entry.schema is not None}
    assert not sorted(schema.__name__ for schema in schemas if not schema.__doc__)


def test_everyone_who_may_come_in_has_a_role_that_exists() -> None:
    assert not named([one for one in ENTRIES if not one[1].who or not set(one[1].who) <= ROLES])


def test_every_call_says_where() -> None:
    def placed(entry: EntryPoint) -> bool:
        field = isinstance(entry.where, str) and entry.schema is not None
        if field:
            assert entry.schema is not None
            return entry.where in entry.schema().fields
        return entry.where is COUNTY_WIDE or callable(entry.where)

    assert not named([one for one in CALLS if not placed(one[1])])


def test_every_entry_point_is_counted_under_a_name_of_its_own() -> None:
    metrics = [entry.metric for name, entry in ENTRIES if name != "department"]
    assert all(metrics) and len(metrics) == len(set(metrics))
    labels = {"service", "entrypoint", "kind"}
    assert labels <= set(ENTRYPOINTS._labelnames) and labels <= set(SECONDS._labelnames)


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_service_py_and_its_entries_are_a_table_of_contents(name: str) -> None:
    """Every method is an entry point or a hook of the base class; it hands on and decides nothing."""
    hooks = {"started", "stopping"}
    marked = {entry.name for entry in entry_points(SERVICES[name])}
    methods = [(path, node) for path in CONTENTS[name] for node in _methods(path)]
    assert not [place(path, node) for path, node in methods if node.name not in marked | hooks]
    assert not [place(path, node) for path, node in methods if not _hands_on(node)]


def _methods(path: Path) -> list[ast.FunctionDef]:
    classes = [node for node in parsed(path).body if isinstance(node, ast.ClassDef)]
    return [node for one in classes for node in one.body if isinstance(node, ast.FunctionDef)]


def _hands_on(node: ast.FunctionDef) -> bool:
    """Whether it returns one call, or (an event, a day) makes plain calls one after the other."""
    lines = [line for line in node.body if not (isinstance(line, ast.Delete) or _docstring(line))]
    calls = all(
        isinstance(line, ast.Expr | ast.Return) and isinstance(line.value, ast.Call) for line in lines
    )
    return calls and (len(lines) == 1 or not any(isinstance(line, ast.Return) for line in lines))


def _docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
