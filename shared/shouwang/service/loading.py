"""What a service class brings along in its folder: policy and procedures, read once at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shouwang.service.base import Service


def load_policy(service_cls: type[Service]) -> Any:
    """Read `policy/` of the service's folder; None when it has none. ConfigurationError: file and line."""
    folder = _folder(service_cls, "policy")
    if folder is None:
        return None
    from shouwang.policy import Policy  # noqa: PLC0415

    return Policy.load([folder])


def load_engine(service_cls: type[Service], policy: Any) -> Any:
    """Read `procedures/` of the service's folder with its guards and papers; None when it has none."""
    folder = _folder(service_cls, "procedures")
    if folder is None:
        return None
    from shouwang.procedure import Engine  # noqa: PLC0415

    return Engine.load([folder], policy=policy, guards=service_cls.guards, papers=service_cls.papers)


def _folder(service_cls: type[Service], name: str) -> Path | None:
    folder = service_cls.folder() / name
    return folder if folder.is_dir() else None
