"""The periods for which income is collected: a whole quarter, or one whole month (M-06, D-02).

Text forms "2021Q3" and "2021-07". Source: 大委乡振组〔2023〕21号 三(一); 湘委乡振组发〔2021〕1号 附件6 A33.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from shouwang.errors import BadRequest
from shouwang.periods import Month, Quarter, Window

Period = Month | Quarter


def period(text: str) -> Period:
    """Read "2021Q3" or "2021-07"; anything else is BadRequest `income.period`."""
    try:
        return Quarter.parse(text) if "Q" in text else Month.parse(text)
    except BadRequest as error:
        raise BadRequest(
            f"{error.message}",
            code="income.period",
            remedy="按季采集写 2021Q3，按月采集写 2021-07；不收跨季或不足整月的数字。",
        ) from error


def quarter_of(one: Period) -> Quarter:
    """Return the quarter in which a period lies."""
    return one if isinstance(one, Quarter) else Quarter.of(one.first)


@lru_cache(maxsize=4096)
def quarters_of(window: Window) -> tuple[Quarter, ...]:
    """Return every quarter that a window touches, in order."""
    found, last = [Quarter.of(window.start)], Quarter.of(window.end)
    while found[-1] < last:
        found.append(found[-1].shift(1))
    return tuple(found)


@lru_cache(maxsize=4096)
def periods_in(quarter: Quarter) -> tuple[tuple[str, Period], ...]:
    """Return the periods for which a quarter is collected, by their text: the whole, then its months."""
    return tuple((str(one), one) for one in (quarter, *quarter.months))


@lru_cache(maxsize=4096)
def months_in(quarter: Quarter, window: Window) -> tuple[Month, ...]:
    """Return the months of a quarter that lie in a window of whole months."""
    return tuple(month for month in quarter.months if month.first in window)


def year_to(quarter: Quarter) -> Window:
    """Return the four quarters that end with this one."""
    return Window(quarter.shift(-3).first, quarter.last)


def span(text: str) -> Window:
    """Return the days of "2023" or "2023Q1"; BadRequest `income.period`."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Window(date(int(text), 1, 1), date(int(text), 12, 31))
    return period(text).window
