"""The entry points of everything installed; every department has those of the SDK."""

from __future__ import annotations

from shouwang.department.service import DepartmentService
from shouwang.service import Service
from shouwang.service.discovery import DEPARTMENTS, SERVICES, load_service, named
from shouwang.service.entry import EntryPoint, entry_points


def core() -> dict[str, type[Service]]:
    """Return the core services by name."""
    return {name: load_service(entry) for name, entry in named(SERVICES).items()}


def by_service() -> dict[str, list[EntryPoint]]:
    """Return the entry points of every service and department by its name."""
    found = {name: entry_points(service) for name, service in core().items()}
    return found | {name: entry_points(DepartmentService) for name in named(DEPARTMENTS)}


def subscriptions() -> dict[str, list[str]]:
    """Return the routing keys of the events that every service and department listens to."""
    return {
        name: sorted({f"{entry.source}.{entry.type}" for entry in entries if entry.kind == "on"})
        for name, entries in by_service().items()
    }
