"""Finds services, departments and commands by entry point; nothing is named in the SDK itself."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.service.base import Service

SERVICES: Final = "shouwang.services"
DEPARTMENTS: Final = "shouwang.departments"
COMMANDS: Final = "shouwang.commands"


def named(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name; ConfigurationError where two claim one name."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=group), key=lambda one: one.name):
        if entry.name in found and found[entry.name].value != entry.value:
            raise _wrong(f"两个安装包都叫“{entry.name}”", group, "请卸载其中之一。")
        found[entry.name] = entry
    return found


def find(only: list[str] | None = None) -> list[type[Service]]:
    """Load every service and department that is installed, or those named in `only`, in the order of names.

    Core services come first. ConfigurationError names the entry point that cannot be loaded.
    """
    services, departments = named(SERVICES), named(DEPARTMENTS)
    unknown = sorted(set(only or []) - set(services) - set(departments))
    if unknown:
        known = "、".join([*services, *departments])
        raise _wrong(f"没有安装服务 {'、'.join(unknown)}", "--only", f"已安装：{known}。")
    chosen = set(only or [*services, *departments])
    core = [load_service(entry) for name, entry in services.items() if name in chosen]
    return core + [load_department(entry) for name, entry in departments.items() if name in chosen]


def load_service(entry: EntryPoint) -> type[Service]:
    """Load one service class; its `name` must be that of the entry point."""
    found = _load(entry)
    if not (isinstance(found, type) and issubclass(found, Service)):
        raise _wrong(f"{entry.value} 不是 Service 类", entry.group, "请核对 pyproject.toml。")
    _check_name(entry, found)
    return found


def load_department(entry: EntryPoint) -> type[Service]:
    """Make the service class of a department's folder; its code must be the name of the entry point."""
    from shouwang.department import service_class  # noqa: PLC0415

    found: type[Service] = service_class(_load(entry))
    _check_name(entry, found)
    return found


def package_folder(entry: EntryPoint) -> Path:
    """Return the folder of a department's package; ConfigurationError when it cannot be imported."""
    return Path(str(_load(entry).__file__)).parent


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise _wrong(
            f"{entry.name} 无法载入（{entry.value}）：{error}", entry.group, "请核对安装。"
        ) from error


def _check_name(entry: EntryPoint, found: type[Service]) -> None:
    if found.name != entry.name:
        raise _wrong(f"入口叫“{entry.name}”，服务却叫“{found.name}”", entry.group, "两处应一致。")


def _wrong(message: str, where: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(message, code="configuration.entry_point", where=where, remedy=remedy)
