"""Days counted back from a day; when the school year and its terms begin."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from shouwang.periods import Month

AUTUMN: Final = 9
"""Month in which the school year, and with it a yearly standard, begins."""
SPRING: Final = 2
"""Month in which the second term begins."""


def years_before(day: date, years: int) -> date:
    """Return the last birthday on which somebody has completed `years` years by `day`."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def school_year_begin(on: date) -> date:
    """Return the first day of the school year of a day."""
    return date(on.year - (on.month < AUTUMN), AUTUMN, 1)


def term_begin(on: date) -> date:
    """Return the first day of the term of a day: 1 September or 1 February (decision 0272)."""
    spring = SPRING <= on.month < AUTUMN
    return date(on.year, SPRING, 1) if spring else school_year_begin(on)


def months_since(begin: date, on: date) -> int:
    """Return how many months a span touches, that of its first day among them: 1 in the month it begins."""
    return Month.of(begin).months_until(Month.of(on)) + 1
