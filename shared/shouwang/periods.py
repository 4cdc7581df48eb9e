"""Months, quarters and windows of days, and the two counts that the rules make with them (M-06, N-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shouwang.errors import BadRequest
from shouwang.masking import scrub

MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3
_QUARTER = re.compile(r"\d{4}Q[1-4]", re.ASCII)


def _wrong(text: object, form: str) -> BadRequest:
    return BadRequest(
        f"“{scrub(str(text))}”不是有效的时段，应写成 {form}。",
        code="periods.form",
        remedy="请照这个格式重写。",
    )


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; text form "2021-05"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= MONTHS_A_YEAR and 1 <= self.year <= date.max.year):
            raise _wrong(f"{self.year}-{self.month}", "2021-05")

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2021-05"; anything else is BadRequest `periods.form`."""
        try:
            return cls.of(date.fromisoformat(f"{text}-01"))
        except (TypeError, ValueError) as error:
            raise _wrong(text, "2021-05") from error

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.shift(1).first - timedelta(days=1)

    @property
    def window(self) -> Window:
        """All its days."""
        return Window(self.first, self.last)

    def shift(self, months: int) -> Month:
        """Return the month that lies `months` later (earlier when negative)."""
        years, month = divmod(self.year * MONTHS_A_YEAR + self.month - 1 + months, MONTHS_A_YEAR)
        return Month(years, month + 1)

    def months_until(self, other: Month) -> int:
        """Return by how many months `other` lies later."""
        return (other.year - self.year) * MONTHS_A_YEAR + other.month - self.month


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; text form "2021Q2"."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if self.quarter not in (1, 2, 3, 4):
            raise _wrong(f"{self.year}Q{self.quarter}", "2021Q2")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter in which `day` lies."""
        return cls(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2021Q2"; anything else is BadRequest `periods.form`."""
        if not _QUARTER.fullmatch(str(text)):
            raise _wrong(text, "2021Q2")
        return cls(int(text[:4]), int(text[-1]))

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.quarter}"

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Its three months."""
        start = Month(self.year, (self.quarter - 1) * MONTHS_A_QUARTER + 1)
        return start, start.shift(1), start.shift(2)

    @property
    def first(self) -> date:
        """The first day."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """The last day."""
        return self.months[2].last

    @property
    def window(self) -> Window:
        """All its days."""
        return Window(self.first, self.last)

    def shift(self, quarters: int) -> Quarter:
        """Return the quarter that lies `quarters` later (earlier when negative)."""
        return Quarter.of(self.months[0].shift(quarters * MONTHS_A_QUARTER).first)


@dataclass(frozen=True, order=True)
class Window:
    """Days from `start` to `end`, both counted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadRequest(
                f"时段的止日 {self.end} 早于起日 {self.start}。",
                code="periods.backwards",
                remedy="请核对起止两个日期，是否写反。",
            )

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start} 至 {self.end}"

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end - self.start).days + 1

    def months(self) -> Iterator[Month]:
        """Yield every month that the window touches."""
        month, last = Month.of(self.start), Month.of(self.end)
        while month <= last:
            yield month
            month = month.shift(1)

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form: ISO dates."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Window:
        """Read the JSON form."""
        return cls(date.fromisoformat(data["start"]), date.fromisoformat(data["end"]))


def twelve_months_before(day: date) -> Window:
    """Return the twelve whole months before the month of `day` (M-06).

    Included in May 2021: 2020-05-01 to 2021-04-30 [湘委乡振组发〔2021〕1号 附件6 A33].
    """
    month = Month.of(day)
    return Window(month.shift(-MONTHS_A_YEAR).first, month.shift(-1).last)


def notice_opens_on(posted: date, days: int) -> date:
    """Return the day on which the gate behind a public notice opens (N-01, I-03).

    The day of posting is not counted and every day is a full calendar day: posted on 1 March for 7 days, the
    days are 2 to 8 March, and the gate opens on 9 March.
    """
    if isinstance(days, bool) or days < 1:
        raise BadRequest(
            f"公示天数应为不小于 1 的整数，现为 {days}。",
            code="periods.notice_days",
            remedy="请在程序文件或请求里写明公示几天。",
        )
    return posted + timedelta(days=days + 1)
