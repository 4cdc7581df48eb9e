"""Where business dates come from: injected, so that a test or a demo can live a year in a minute.

Tokens, timeouts and retries use real time (`time.time()`), never this.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

from shouwang.errors import BadRequest

# The whole country keeps one time, without summer time: a fixed offset is exact and needs no zone files.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """What a service asks for the day."""

    def today(self) -> date:
        """Return the business date (Beijing)."""

    def now(self) -> datetime:
        """Return the moment in UTC, to the millisecond (what the store keeps)."""


class SystemClock:
    """The real time of the machine."""

    def today(self) -> date:
        """Return today's date in Beijing, whatever zone the machine is set to."""
        return datetime.now(BEIJING).date()

    def now(self) -> datetime:
        """Return the moment in UTC, cut to the millisecond."""
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SimulatedClock:
    """A day that stands still until it is moved on; production refuses it (see `settings`)."""

    def __init__(self, start: date) -> None:
        self._today = start

    def today(self) -> date:
        """Return the simulated business date."""
        return self._today

    def now(self) -> datetime:
        """Return nine in the morning of the simulated day in Beijing, as UTC: the same in every run."""
        return datetime.combine(self._today, time(9), BEIJING).astimezone(UTC)

    def advance_to(self, day: date) -> None:
        """Move on to `day`; a day before today is refused (BadRequest `clock.backwards`)."""
        if day < self._today:
            raise BadRequest(
                f"模拟时钟只能向前：今天是 {self._today}，不能退回 {day}。",
                code="clock.backwards",
                remedy="需要更早的日期时，请用新的数据目录重新开始。",
            )
        self._today = day
