"""Days counted back from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_before(day: date, years: int) -> date:
    """Return the last birthday on which somebody has completed `years` years by `day`."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
