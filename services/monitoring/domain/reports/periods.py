"""The periods of the reports: month (月比对), quarter (季分析), year (年考核)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from shouwang.errors import BadRequest
from shouwang.periods import Month, Quarter, Window

MONTHLY, QUARTERLY, YEARLY = "monthly", "quarterly", "yearly"
TITLES: Final = {MONTHLY: "月比对", QUARTERLY: "季分析", YEARLY: "年考核"}
QUARTERS: Final = ("一", "二", "三", "四")


def window(kind: str, period: str) -> Window:
    """Return the days of "2021-09", "2021Q3" or "2021"; BadRequest `periods.form` when the text is none."""
    if kind == MONTHLY:
        return Month.parse(period).window
    if kind == QUARTERLY:
        return Quarter.parse(period).window
    if not (len(period) == 4 and period.isascii() and period.isdigit()):
        raise BadRequest("年度应写成 2021。", code="periods.form", remedy="请改正后再查询。")
    return Window(date(int(period), 1, 1), date(int(period), 12, 31))


def said(kind: str, period: str) -> str:
    """Return "2021年9月", "2021年第三季度" or "2021年"."""
    days = window(kind, period)
    year = f"{days.start.year}年"
    if kind == MONTHLY:
        return f"{year}{days.start.month}月"
    return f"{year}第{QUARTERS[Quarter.of(days.start).quarter - 1]}季度" if kind == QUARTERLY else year


def ended_before(today: date) -> list[tuple[str, str]]:
    """Return kind and period of everything that ended yesterday: a month, perhaps its quarter and year."""
    yesterday = today - timedelta(days=1)
    named = {
        MONTHLY: str(Month.of(yesterday)),
        QUARTERLY: str(Quarter.of(yesterday)),
        YEARLY: str(yesterday.year),
    }
    return [(kind, period) for kind, period in named.items() if window(kind, period).end == yesterday]
