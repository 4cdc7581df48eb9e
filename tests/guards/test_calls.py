"""Every call of one service to another: there is such a call, with these fields, open to that service."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from shouwang.access import EVERY_CALLER
from shouwang.access.roles import SERVICE
from shouwang.department.service import DepartmentService
from shouwang.service.entry import EntryPoint, entry_points

from deploy.tools.entries import core
from tests.guards.tree import files, last_name, own_calls, parsed, place

DEPARTMENT = "a department"
OPEN = {"monitoring.public_key"}
"""What any service may call: it is public."""
PROCEDURES = sorted(name for name, one in core().items() if one.guards)
"""Services that run a procedure: what the SDK's procedures call, these call."""
ENTRIES: dict[str, dict[str, EntryPoint]] = {
    name: {entry.name: entry for entry in entry_points(service) if entry.kind == "call"}
    for name, service in {**core(), DEPARTMENT: DepartmentService}.items()
}


@dataclass(frozen=True)
class Called:
    """One `bus.call(service, "method", field=…)` or `Ask(service, "method", fields)`.

    spread: more fields come from a mapping.
    """

    service: str
    method: str
    fields: frozenset[str]
    spread: bool
    where: str


def called(path: Path) -> Iterator[Called]:
    """Return the calls over the bus in a file."""
    for node in own_calls(parsed(path), "call"):
        assert isinstance(node.func, ast.Attribute)
        if last_name(node.func.value) == "bus" and len(node.args) >= 2:
            service, method = (_read(path, argument) for argument in node.args[:2])
            given = frozenset(key.arg for key in node.keywords if key.arg is not None)
            spread = any(key.arg is None for key in node.keywords)
            yield Called(service or DEPARTMENT, method, given, spread, place(path, node))
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and last_name(node.func) == "Ask":
            service, method = (_read(path, argument) for argument in node.args[:2])
            yield Called(service or DEPARTMENT, method, frozenset(), True, place(path, node))


def _read(path: Path, node: ast.expr) -> str:
    """Return a text, or what a constant of the module holds; empty where it is known only when it runs."""
    if isinstance(node, ast.Name) and node.id.isupper():
        return constants(path)[node.id]
    return str(node.value) if isinstance(node, ast.Constant) else ""


def constants(path: Path) -> dict[str, str]:
    """Return the texts that a module gives a name or takes over from another under its name."""
    found: dict[str, str] = {}
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= _taken_over(node.module, node.names)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(targets[0], ast.Name):
            found[targets[0].id] = str(value.value)
    return found


def _taken_over(module: str, names: list[ast.alias]) -> dict[str, str]:
    constants = [one.name for one in names if one.name.isupper()]
    values = {name: getattr(import_module(module), name) for name in constants}
    return {name: value for name, value in values.items() if isinstance(value, str)}


CALLS = [one for path in files("services", "shared/shouwang") for one in called(path)]


def test_there_are_some() -> None:
    assert {one.service for one in CALLS} >= {"notify", "monitoring"}


@pytest.mark.parametrize("one", CALLS, ids=lambda one: f"{one.service}.{one.method} {one.where}")
def test_what_is_called_is_there(one: Called) -> None:
    entry = ENTRIES[one.service].get(one.method)
    assert entry is not None, f"{one.where}: no call {one.service}.{one.method}"
    assert set(callers(one)) <= {*entry.callers} or EVERY_CALLER in entry.callers, (
        f"{one.where}: may not call"
    )
    assert entry.schema is not None
    known = entry.schema().fields
    assert not one.fields - known.keys()
    required = {name for name, field in known.items() if field.required}
    assert one.spread or not required - one.fields


def callers(one: Called) -> list[str]:
    """Return who makes a call: the service in whose folder it stands, or who uses this part of the SDK."""
    parts = Path(one.where).parts
    if parts[0] == "services":
        return [DEPARTMENT if "departments" in parts else parts[1]]
    return PROCEDURES if parts[2] == "procedure" else [DEPARTMENT]


def test_an_entry_point_open_to_services_names_those_that_call_it_and_no_other() -> None:
    """Default deny: a service that is named and does not call could read what it has no part in."""
    calling: dict[str, set[str]] = defaultdict(set)
    for one in CALLS:
        calling[f"{one.service}.{one.method}"].update(callers(one))
    named = {
        f"{service}.{entry.name}": set(entry.callers)
        for service, entries in ENTRIES.items()
        for entry in entries.values()
        if entry.callers
    }
    assert {name: who for name, who in named.items() if who != {EVERY_CALLER}} == {
        name: who for name, who in calling.items() if name not in OPEN
    }
    assert {name for name, who in named.items() if EVERY_CALLER in who} == OPEN


def test_the_role_of_a_service_opens_nothing_by_itself() -> None:
    entries = [entry for own in ENTRIES.values() for entry in own.values()]
    assert not [entry.metric for entry in entries if (SERVICE in entry.who) != bool(entry.callers)]
