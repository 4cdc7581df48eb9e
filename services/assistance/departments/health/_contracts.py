"""Which family-doctor contracts are in force on a day: of its service year, and not dissolved."""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _

from .tables import Contracts


def in_force(contracts: Contracts, on: date) -> Any:
    """Return the contracts in force; one dissolved on a day is not in force any more that day."""
    dissolved = (_.ended_on <= on).fill_null(False)
    return contracts.latest().filter(_.year == on.year, _.signed_on <= on, ~dissolved)
