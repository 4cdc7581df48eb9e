"""The months of the generated world: twelve before the opening, then the year that is lived.

A month is an index: 0 is the month twelve before the opening, OPENING the first month that is lived.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from deploy.synth.errors import SynthError

OPENING = 12
SHORTEST, LONGEST = 5, 36
FIRST_ROUND, ROUNDS_APART = 3, 6
LAST_CALL_DAYS = 40
"""What is reported less than this many days before the end has no time left to be decided."""


@dataclass(frozen=True)
class Calendar:
    """The opening month and the number of months lived."""

    year: int
    month: int
    months: int = 12

    @staticmethod
    def parse(start: str, months: int) -> Calendar:
        """Read "2021-06"; SynthError when it is no month, or the time is too short or too long."""
        try:
            first = date.fromisoformat(f"{start}-01")
        except ValueError:
            raise SynthError(f"起始月“{start}”不是月份，应写成 2021-06。") from None
        if not SHORTEST <= months <= LONGEST:
            raise SynthError(f"月数应为 {SHORTEST}–{LONGEST}，现为 {months}。")
        return Calendar(first.year, first.month, months)

    @property
    def end(self) -> int:
        """The index after the last month lived."""
        return OPENING + self.months

    @property
    def opens_on(self) -> date:
        """The first day lived."""
        return self.first(OPENING)

    @property
    def closes_on(self) -> date:
        """The last day lived."""
        return self.last(self.end - 1)

    @property
    def last_call(self) -> date:
        """The last day on which a report can still be carried to its end."""
        return self.closes_on - timedelta(days=LAST_CALL_DAYS)

    @property
    def rounds(self) -> list[int]:
        """The months in which the cadres visit every household."""
        return list(range(OPENING + FIRST_ROUND, self.end - 1, ROUNDS_APART))

    def first(self, index: int) -> date:
        """Return the first day of the month."""
        return _first(self.year * 12 + self.month - 1 + index - OPENING)

    def last(self, index: int) -> date:
        """Return the last day of the month."""
        return _last(self.year * 12 + self.month - 1 + index - OPENING)

    def day(self, index: int, day: int) -> date:
        """Return the day of the month, or its last one when it is shorter."""
        return self.first(index).replace(day=min(day, self.last(index).day))

    def label(self, index: int) -> str:
        """Return "2021-06"."""
        return self.first(index).isoformat()[:7]

    def number(self, index: int) -> int:
        """Return the month of the year, 1–12."""
        return self.first(index).month

    def index(self, day: date) -> int:
        """Return the index of the month of a day."""
        return (day.year - self.year) * 12 + day.month - self.month + OPENING

    def indices(self) -> Iterator[int]:
        """Every month, the twelve before the opening among them."""
        return iter(range(self.end))

    def years(self) -> list[int]:
        """The calendar years lived."""
        return sorted({self.first(index).year for index in range(OPENING, self.end)})


@cache
def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


@cache
def _last(months: int) -> date:
    return _first(months + 1) - timedelta(days=1)
