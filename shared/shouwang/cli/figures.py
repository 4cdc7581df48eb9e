"""Every policy that is installed, with the county's own figures in it, as the services read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import shouwang
from shouwang.policy import Policy, policy_of
from shouwang.policy.county import COMMON
from shouwang.policy.gaps import lapsed
from shouwang.settings import Settings

OF_ALL_DEPARTMENTS: Final = Path(shouwang.__file__).parent / COMMON
"""Folder of the SDK whose `policy/` holds for every department whose own says nothing."""
SHOWN_BY: Final = "shouwang policy --unknown"


@dataclass(frozen=True)
class Figures:
    """The policy of a service or department and the folder of its code."""

    name: str
    policy: Policy
    folder: Path


def installed(settings: Settings) -> Iterator[Figures]:
    """Yield the figures of all departments together, then of each service and department that has some."""
    from shouwang.service.discovery import find  # noqa: PLC0415
    from shouwang.service.loading import county_figures, load_policy  # noqa: PLC0415

    county = county_figures(settings)
    common = policy_of(COMMON, [OF_ALL_DEPARTMENTS / "policy"], county)
    yield Figures(COMMON, common, OF_ALL_DEPARTMENTS)
    for service in find():
        loaded = load_policy(service, county)
        if loaded is not None:
            yield Figures(service.name, loaded, service.folder())


def warning(policies: list[Policy], on: date, region: str) -> str:
    """Return the line that says how many figures are past their review or were never set here; "": none."""
    every = sum(len(policy.names()) for policy in policies)
    number = sum(lapsed(policy, on, region) for policy in policies)
    return f"{every} 项政策参数中 {number} 项在 {on} 已过期或对本县没有规定" if number else ""
