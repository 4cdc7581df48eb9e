"""Relocated people by family: how many want work and are able, how many of these have it."""

from __future__ import annotations

from typing import Any

from ibis import _

from .tables import RelocatedPersons


def families(relocated_persons: RelocatedPersons) -> Any:
    """Return a row per householder: village, settled, members, able (not unwilling), employed, not_told."""
    able = _.labour & _.willing.fill_null(True)
    return (
        relocated_persons.latest()
        .group_by("householder")
        .agg(
            village=_.village.max(),
            settled=_.settled.max(),
            members=_.count(),
            able=able.sum(),
            employed=_.employed.fill_null(False).sum(),
            not_told=(able & _.employed.isnull()).sum(),
        )
    )
