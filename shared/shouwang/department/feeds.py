"""How often a table comes, and when it is too old to say anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.periods import Month, Quarter

MONTHS_A_YEAR: Final = 12
YEAR_DIGITS: Final = 4


@dataclass(frozen=True, order=True)
class Year:
    """A calendar year as a period; text form "2021"."""

    year: int

    @classmethod
    def parse(cls, text: str) -> Year:
        """Read "2021"; anything else is BadRequest `periods.form`."""
        if not (len(text) == 4 and text.isascii() and text.isdigit()):
            raise BadRequest(
                f"“{text}”不是有效的时段，应写成 2021。", code="periods.form", remedy="请写四位年份。"
            )
        return cls(int(text))

    def __str__(self) -> str:
        return f"{self.year:04d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, 12, 31)


Period = Month | Quarter | Year
_PARSERS: Final[dict[str, Callable[[str], Period]]] = {
    "monthly": Month.parse,
    "quarterly": Quarter.parse,
    "yearly": Year.parse,
}


@dataclass(frozen=True)
class Feed:
    """A table comes `every` month, quarter or year; `stale_after_days` after the end of its newest period
    it no longer says anything. may_be_empty: a file with headings only says that nothing happened."""

    every: str
    stale_after_days: int
    may_be_empty: bool = False

    def parse(self, text: str) -> Period:
        """Read a period of this feed; BadRequest `periods.form`."""
        return period_of(self.every, text)

    def fresh_until(self, period: Period) -> date:
        """Return the last day on which `period`, being the newest, may still be used."""
        return period.last + timedelta(days=self.stale_after_days)

    def describe(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "every": self.every,
            "stale_after_days": self.stale_after_days,
            "may_be_empty": self.may_be_empty,
        }


def newest_of(texts: Iterable[str]) -> str | None:
    """Return the period, of whatever kind, that begins last (of equal ones the first named); None of none."""
    return max(texts, key=lambda text: _any(text).first, default=None)


def _any(text: str) -> Period:
    every = "yearly" if len(text) == YEAR_DIGITS else "quarterly" if "Q" in text else "monthly"
    return _PARSERS[every](text)


def period_of(every: str, text: str) -> Period:
    """Read a period of a table that comes every month, quarter or year; BadRequest `periods.form`."""
    return _PARSERS[every](text)


def monthly(*, stale_after_days: int, may_be_empty: bool = False) -> Feed:
    """Declare a table that comes every month; its periods are written 2021-06."""
    return Feed("monthly", stale_after_days, may_be_empty)


def quarterly(*, stale_after_days: int, may_be_empty: bool = False) -> Feed:
    """Declare a table that comes every quarter; its periods are written 2021Q2."""
    return Feed("quarterly", stale_after_days, may_be_empty)


def yearly(*, stale_after_days: int, may_be_empty: bool = False) -> Feed:
    """Declare a table that comes every year; its periods are written 2021."""
    return Feed("yearly", stale_after_days, may_be_empty)
