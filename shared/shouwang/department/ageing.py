"""How old the tables of a department are. Runs in the worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.department.lake import Lake
from shouwang.department.table import Table


def age_of(table: type[Table], lake: Lake, on: date) -> dict[str, Any]:
    """Return the age of a table as of a day: days since the end of its newest period, stale or not.

    A table of which nothing was ever imported is stale: it says nothing.
    """
    periods = lake.periods(table)
    begun = [period for period in periods if period.first <= on]
    newest = begun[-1] if begun else None
    return {
        "table": table.name,
        "title": table.title,
        "every": table.feed.every,
        "stale_after_days": table.feed.stale_after_days,
        "newest": str(newest) if newest else None,
        "age_days": max(0, (on - newest.last).days) if newest else None,
        "stale": newest is None or table.feed.fresh_until(newest) < on,
        "periods": len(periods),
    }
