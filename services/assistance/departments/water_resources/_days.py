"""Days counted back in whole months: the same day of the month, or the last one where it does not exist."""

from __future__ import annotations

from datetime import date

from shouwang.periods import Month


def months_before(on: date, months: int) -> date:
    """Return the day `months` months before `on`: 2021-08-31 and 6 give 2021-02-28."""
    last = Month.of(on).shift(-months).last
    return last.replace(day=sorted((on.day, last.day))[0])
