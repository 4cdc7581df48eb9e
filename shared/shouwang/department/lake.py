"""Where the tables lie: `<root>/<table>/period=2021-06/part.parquet`, one file per table and period.

A period is replaced whole by one rename, so that a reader sees the old file or the new one, never a mixture.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from shouwang.department.feeds import Period, Year
from shouwang.department.table import Table
from shouwang.errors import UnknownValue
from shouwang.periods import Month, Quarter, Window

PART: Final = "part.parquet"
STAGING: Final = "_staging"
MARK: Final = ("digest", "corrections", "mapping", "layout")
"""What a file of a period says of itself: digests of what it was made of, how the table was declared."""
UNFINISHED: Final = 86_400.0
NO_DATA: Final = "department.no_data"
STALE: Final = "department.stale"
GAP: Final = "department.missing_period"


@dataclass(frozen=True)
class Selection:
    """The files that answer a question, the periods they hold, and those that should be there and are not."""

    files: tuple[Path, ...]
    periods: tuple[Period, ...]
    missing: tuple[Period, ...] = ()


class Lake:
    """The Parquet files of one department."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, table: type[Table], period: Period) -> Path:
        """Return where the rows of a period lie, or would."""
        return self.root / table.name / f"period={period}" / PART

    def periods(self, table: type[Table]) -> list[Period]:
        """Return the periods that are there, oldest first."""
        found = (self.root / table.name).glob(f"period=*/{PART}")
        parsed = [table.feed.parse(path.parent.name.partition("=")[2]) for path in found]
        return sorted(parsed, key=_first)

    def staging(self) -> Path:
        """Return the folder for unfinished imports, private to this department."""
        folder = self.root / STAGING
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def clear_staging(self) -> int:
        """Remove what imports left unfinished a day ago or more; a younger one may still be at work."""
        old = [path for path in self.staging().iterdir() if path.is_file() and _age(path) > UNFINISHED]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def publish(self, table: type[Table], period: Period, staged: Path) -> bool:
        """Put a staged file in the place of the period in one rename; tells whether it replaced another."""
        target = self.file(table, period)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replaced = target.exists()
        _flush(staged)
        os.replace(staged, target)
        _flush(target.parent)
        return replaced

    def rows(self, table: type[Table], period: Period) -> int:
        """Return how many rows a period has."""
        return int(pq.read_metadata(self.file(table, period)).num_rows)

    def mark(self, table: type[Table], period: Period) -> dict[str, str] | None:
        """Return what a period was made of, as it was staged; None: no such period, or of no known file."""
        file = self.file(table, period)
        if not file.is_file():
            return None
        told = pq.read_metadata(file).metadata or {}
        found = {name: told[name.encode()].decode() for name in MARK if name.encode() in told}
        return found if len(found) == len(MARK) else None

    def remove(self, table: type[Table], period: Period) -> None:
        """Remove a period; safe to repeat."""
        target = self.file(table, period)
        target.unlink(missing_ok=True)
        if target.parent.is_dir():
            target.parent.rmdir()

    def newest(self, table: type[Table], on: date) -> Period:
        """Return the newest period begun by `on`; UnknownValue when there is none or it is stale."""
        known = [period for period in self.periods(table) if period.first <= on]
        if not known:
            raise unknown(NO_DATA, f"没有 {on} 及以前的“{table.title}”数据")
        if table.feed.fresh_until(known[-1]) < on:
            limit = table.feed.stale_after_days
            raise unknown(STALE, f"“{table.title}”最新为 {known[-1]}，至 {on} 已超过 {limit} 天未更新")
        return known[-1]

    def latest(self, table: type[Table], on: date) -> Selection:
        """Select the newest period; UnknownValue when there is none or it is stale."""
        period = self.newest(table, on)
        return Selection((self.file(table, period),), (period,))

    def previous(self, table: type[Table], on: date) -> Selection:
        """Select exactly the period before the newest; UnknownValue when it is not there."""
        before = period_before(table, self.newest(table, on))
        if not self.file(table, before).exists():
            raise gap(table, Selection((), (), (before,)))
        return Selection((self.file(table, before),), (before,))

    def within(self, table: type[Table], until: Month, months: int, on: date) -> Selection:
        """Select the periods of the `months` months up to `until`; UnknownValue when the newest is stale.

        Periods after the newest are not yet due; earlier ones that are not there are `missing`.
        """
        newest, there = self.newest(table, on), set(self.periods(table))
        window = Window(until.shift(1 - months).first, until.last)
        due = [period for period in _periods(table, window) if period.first <= newest.first]
        found = tuple(period for period in due if period in there)
        missing = tuple(period for period in due if period not in there)
        return Selection(tuple(self.file(table, period) for period in found), found, missing)


def gap(table: type[Table], selection: Selection) -> UnknownValue:
    """Return the refusal of a rule that needs every period."""
    missing = "、".join(str(period) for period in selection.missing)
    return unknown(GAP, f"“{table.title}”缺 {missing} 的数据")


def unknown(code: str, message: str) -> UnknownValue:
    """Return the refusal that makes an answer unknown: data are missing or too old."""
    return UnknownValue(
        f"{message}。", code=code, remedy="请补导入后重新办理；在此之前结论为“不详”，不是“无风险”。"
    )


def period_before(table: type[Table], period: Period) -> Period:
    """Return the month, quarter or year just before: never an older one that happens to be there."""
    return _PERIOD_OF[table.feed.every](period.first - timedelta(days=1))


def _first(period: Period) -> date:
    return period.first


def _periods(table: type[Table], window: Window) -> list[Period]:
    make = _PERIOD_OF[table.feed.every]
    return list(dict.fromkeys(make(month.first) for month in window.months()))


_PERIOD_OF: Final[dict[str, Callable[[date], Period]]] = {
    "monthly": Month.of,
    "quarterly": Quarter.of,
    "yearly": lambda day: Year(day.year),
}


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
