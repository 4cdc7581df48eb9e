"""Every service has the same rooms with the same names: who knows one knows all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guards.tree import DEPARTMENT_NAMES, ROOT, SERVICE_NAMES, home_of

ROOMS = {"__init__.py", "service.py", "handlers", "domain", "schemas", "store", "views"}
MAY_BE = {"entries", "errors.py", "metrics.py", "policy", "procedures", "cases", "forms"}
MAY_BE |= {"departments", "README.md"}
GROWING = ("handlers", "domain", "schemas", "store", "views")
"""Rooms that are one file as long as one is enough, and a folder then."""
OF_A_DEPARTMENT = {"__init__.py", "department.yaml", "tables.py", "policy", "cases"}
MAY_BE_IN_A_DEPARTMENT = {"rules.py", "comparison.py", "measures.py", "reports.py", "README.md"}
KINDS = {"policy": {".yaml"}, "procedures": {".yaml"}, "forms": {".yaml"}}
KINDS |= {"cases": {".yaml", ".py", ".csv", ".xlsx"}}


def rooms(home: Path) -> set[str]:
    """Return the names of what lies in a folder; a growing room by its name alone."""
    found = {path.name for path in home.iterdir() if path.name != "__pycache__" and not _empty(path)}
    return {name.removesuffix(".py") if name.removesuffix(".py") in GROWING else name for name in found}


def _empty(path: Path) -> bool:
    return path.is_dir() and not any(one.is_file() and one.suffix != ".pyc" for one in path.rglob("*"))


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_a_service_has_every_room(service: str) -> None:
    assert not sorted(ROOMS - rooms(home_of(service)))


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_a_service_has_no_room_of_another_name(service: str) -> None:
    assert not sorted(rooms(home_of(service)) - ROOMS - MAY_BE)


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_only_assistance_houses_departments(service: str) -> None:
    assert ("departments" in rooms(home_of(service))) == (service == "assistance")


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_a_room_is_a_file_or_a_folder_and_not_both(service: str) -> None:
    home = home_of(service)
    assert not [name for name in GROWING if (home / name).is_dir() and (home / f"{name}.py").exists()]


@pytest.mark.parametrize("department", DEPARTMENT_NAMES)
def test_a_department_has_the_rooms_of_a_department(department: str) -> None:
    found = rooms(home_of(department))
    assert not sorted(OF_A_DEPARTMENT - found)
    helpers = {name for name in found if name.startswith("_")}  # what its rooms lean on
    assert not sorted(found - helpers - OF_A_DEPARTMENT - MAY_BE_IN_A_DEPARTMENT)


@pytest.mark.parametrize("name", [*SERVICE_NAMES, *DEPARTMENT_NAMES])
def test_a_room_of_data_holds_data(name: str) -> None:
    for room, endings in KINDS.items():
        lying = (path for path in (home_of(name) / room).rglob("*") if path.is_file())
        strange = [path for path in lying if path.suffix not in endings and "__pycache__" not in path.parts]
        assert not [str(path.relative_to(ROOT)) for path in strange]


def test_every_folder_of_services_is_a_service() -> None:
    folders = {path.name for path in (ROOT / "services").iterdir() if path.is_dir() and not _empty(path)}
    assert folders - {"__pycache__"} == set(SERVICE_NAMES)


def test_every_folder_of_departments_is_a_department() -> None:
    home = ROOT / "services" / "assistance" / "departments"
    folders = {path.name for path in home.iterdir() if path.is_dir() and not _empty(path)}
    assert folders - {"__pycache__"} == set(DEPARTMENT_NAMES)
