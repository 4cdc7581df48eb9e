"""A parameter: its dated rows per region, and which of them holds on a day in a place.

What follows the transition period is policy to come (K-05): past its time a value answers unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.policy.values import Unknown, Value

WHOLE_COUNTRY = ""
CODES = "code_table"  # the unit of a code table


@dataclass(frozen=True)
class Row:
    """One dated line: `value` holds in `region` from `start`, until its successor (or `until`) takes over.

    `unknown` instead of a value: what the documents leave open in that time, and why. A county's own row may
    be `renewed` (the value of the row before it goes on), and says whose row in force it `replaces`.
    """

    region: str
    start: date
    value: Any
    source: str
    review_by: date | None = None
    until: date | None = None
    unknown: str = ""
    note: str = ""
    origin_document: str = ""
    where: str = ""
    renewed: bool = False
    replaces: str = ""

    @property
    def ends(self) -> date | None:
        """Last day on which the line is used by itself; None: without an end."""
        return self.until or self.review_by

    def in_force(self, day: date) -> bool:
        """Say whether the line has begun and not ended."""
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Parameter:
    """A named parameter with all its rows; `unit` is one of `policy.units` or CODES."""

    name: str
    title: str
    unit: str
    origin: str
    rows: tuple[Row, ...]
    where: str = ""

    def regions(self) -> set[str]:
        """Every region that has rows of its own."""
        return {row.region for row in self.rows}

    def on(self, day: date, region: str) -> Value | Unknown:
        """Return what holds on `day` in `region`: the row of the longest region prefix that is in force."""
        here = [row for row in self.rows if region.startswith(row.region)]
        in_force = [row for row in here if row.in_force(day)]
        if not in_force:
            return Unknown(self.name, self._why_none(here, day, region), self.title)
        row = max(in_force, key=lambda candidate: (len(candidate.region), candidate.start))
        if row.unknown:
            return Unknown(self.name, f"{self.title}：{row.unknown}（{row.source}）", self.title)
        if row.review_by is not None and day > row.review_by:
            return Unknown(self.name, self._past(row, day), self.title)
        return self._value(row)

    def _value(self, row: Row) -> Value:
        return Value(
            self.name,
            self.title,
            row.value,
            self.unit,
            row.source,
            row.start,
            row.review_by,
            row.region,
            self.origin,
            row.note,
            row.origin_document,
        )

    def _past(self, row: Row, day: date) -> str:
        return f"{self.title}（{row.source}）应于 {row.review_by} 前复核，至 {day} 未见新文件，不再沿用旧值"

    def _why_none(self, here: Iterable[Row], day: date, region: str) -> str:
        begun = [row for row in here if row.start <= day]
        if begun:
            last = max(begun, key=lambda row: row.start)
            return f"{self.title}（{last.source}）已于 {last.until} 失效，{day} 没有新的规定"
        first = min((row.start for row in here), default=None)
        if first is None:
            return f"{self.title}没有适用于地区 {region or '全国'} 的规定"
        return f"{self.title}自 {first} 起才有规定，{day} 无据可依"
