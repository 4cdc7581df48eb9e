"""What a service class brings along in its folder: policy and procedures, read once at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shouwang.policy import CountyFigures, policy_of
from shouwang.service.base import Service
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named
from shouwang.settings import Settings


def load_policy(service_cls: type[Service], county: CountyFigures | None = None) -> Any:
    """Read `policy/` of the service's folder, and the county's figures for it; None when it has neither.

    ConfigurationError: file and line.
    """
    folder = _folder(service_cls, "policy")
    if folder is None and not (county and county.files(service_cls.name)):
        return None
    return policy_of(service_cls.name, [folder] if folder else [], county)


def county_figures(settings: Settings) -> CountyFigures | None:
    """Return the county's own figures; ConfigurationError: a sub-folder of no service or department."""
    if settings.policy_dir is None:
        return None
    found = CountyFigures(settings.policy_dir, settings.county)
    found.require_known({*named(SERVICES), *named(DEPARTMENTS)})
    return found


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
