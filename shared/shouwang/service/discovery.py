"""Finds services, departments and commands by entry point; nothing is named in the SDK itself."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from shouwang.errors import ConfigurationError, ShouwangError
from shouwang.service.base import Service

SERVICES: Final = "shouwang.services"
DEPARTMENTS: Final = "shouwang.departments"
COMMANDS: Final = "shouwang.commands"


def named(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name; ConfigurationError where two claim one name."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=group), key=lambda one: one.name):
        if entry.name in found and found[entry.name].value != entry.value:
            both = f"{_package(found[entry.name])} 和 {_package(entry)}"
            raise _wrong(
                f"两个安装包都叫“{entry.name}”：{both}", place(entry), "请卸载其中之一，或改部门的代码。"
            )
        found[entry.name] = entry
    return found


def find(only: list[str] | None = None) -> list[type[Service]]:
    """Load every service and department that is installed, or those named in `only`, in the order of names.

    Core services come first. ConfigurationError names the entry point that cannot be loaded.
    """
    services, departments = named(SERVICES), named(DEPARTMENTS)
    _check_apart(services, departments)
    unknown = sorted(set(only or []) - set(services) - set(departments))
    if unknown:
        known = "、".join([*services, *departments])
        raise _wrong(f"没有安装服务 {'、'.join(unknown)}", "--only", f"已安装：{known or '无'}。")
    chosen = set(only or [*services, *departments])
    core = [load_service(entry) for name, entry in services.items() if name in chosen]
    return core + [load_department(entry) for name, entry in departments.items() if name in chosen]


def load_service(entry: EntryPoint) -> type[Service]:
    """Load one service class; its `name` must be that of the entry point."""
    found = _load(entry)
    if not (isinstance(found, type) and issubclass(found, Service)):
        raise _wrong(f"{entry.value} 不是 Service 类", place(entry), "请核对 pyproject.toml。")
    _check_name(entry, found)
    return found


def load_department(entry: EntryPoint) -> type[Service]:
    """Make the service class of a department's folder; its code must be the name of the entry point."""
    from shouwang.department import service_class  # noqa: PLC0415

    found: type[Service] = service_class(package_folder(entry))
    _check_name(entry, found)
    return found


def package_folder(entry: EntryPoint) -> Path:
    """Return the folder of a department's package; ConfigurationError when it cannot be imported."""
    found = _load(entry)
    if not isinstance(found, ModuleType) or not found.__file__:
        remedy = "右边写包名，包里要有 __init__.py 和 department.yaml。"
        raise _wrong(f"{entry.name} 指向的“{entry.value}”不是一个包", place(entry), remedy)
    return Path(found.__file__).resolve().parent


def place(entry: EntryPoint) -> str:
    """Return file:line of an entry point in what was installed; its group where no file tells."""
    for file in (entry.dist.files or []) if entry.dist else []:
        if file.name == "entry_points.txt":
            lines = file.read_text(encoding="utf-8").splitlines()
            at = [
                number for number, line in enumerate(lines, 1) if line.partition("=")[0].strip() == entry.name
            ]
            return f"{file.locate()}:{at[0] if at else 1}"
    return entry.group


def _package(entry: EntryPoint) -> str:
    return str(entry.dist.name) if entry.dist else entry.value


def _check_apart(services: dict[str, EntryPoint], departments: dict[str, EntryPoint]) -> None:
    for name in sorted(services.keys() & departments.keys()):
        message = f"部门“{name}”与同名的核心服务冲突"
        raise _wrong(message, place(departments[name]), "请给部门另取一个代码。")


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except ShouwangError:
        raise
    except Exception as error:  # a package may fail at import in any way; which one is named
        message = f"{entry.name} 无法载入（{entry.value}）：{type(error).__name__}: {error}"
        raise _wrong(message, place(entry), "请核对 pyproject.toml 右边的包名，再重新安装。") from error


def _check_name(entry: EntryPoint, found: type[Service]) -> None:
    if found.name != entry.name:
        message = f"入口叫“{entry.name}”，服务却叫“{found.name}”"
        raise _wrong(message, place(entry), "pyproject.toml 左边的名称应与代码一致。")


def _wrong(message: str, where: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(f"{message}。", code="configuration.entry_point", where=where, remedy=remedy)
