"""When which file of a department is handed over, and how it is opened for writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.sheets import CsvSheet, Sheet, XlsxSheet
from deploy.synth.tables import FORMS, Feed, Form

ROWS_OF_A_SHEET = 1_000_000
"""A workbook ends at 1,048,576 rows; larger tables come as csv."""
HANDED_OVER_AFTER = 3
"""Days after the end of the period."""
PROPERTY_EVERY = 3
YEARLY_HANDED_OVER = (2, 10)


@dataclass(frozen=True)
class Delivery:
    """A file to hand over: its form, its period, the last month it speaks of, the day of the hand-over."""

    form: Form
    period: str
    month: int
    on: date

    @property
    def name(self) -> str:
        """Path of the file within the output."""
        return f"tables/{self.form.department}/{self.form.table}-{self.period}.{self.form.kind}"


def deliveries(calendar: Calendar) -> list[Delivery]:
    """Return every file that is handed over, the history before the opening first."""
    found = []
    for form in FORMS.values():
        if form.feed == "yearly":
            found += [_yearly(form, year, calendar) for year in calendar.years()]
        else:
            found += [_monthly(form, month, calendar) for month in _months(form.feed, calendar)]
    return sorted(found, key=lambda one: (one.on, one.name))


def _months(feed: Feed, calendar: Calendar) -> Sequence[int]:
    if feed == "settlements":
        return range(calendar.end)
    if feed == "monthly":
        return range(OPENING - 1, calendar.end)
    return range(OPENING - 1, calendar.end, PROPERTY_EVERY)


def _monthly(form: Form, month: int, calendar: Calendar) -> Delivery:
    after = calendar.last(month) + timedelta(days=HANDED_OVER_AFTER)
    return Delivery(form, calendar.label(month), month, max(after, calendar.opens_on))


def _yearly(form: Form, year: int, calendar: Calendar) -> Delivery:
    known = max(date(year, *YEARLY_HANDED_OVER), calendar.opens_on)
    return Delivery(form, str(year), calendar.index(known), known)


def opened(delivery: Delivery, folder: Path, rows: int) -> Sheet:
    """Open the file of a delivery; a table of more rows than a workbook holds comes as csv."""
    form, path = delivery.form, folder / delivery.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if form.kind == "csv" or rows > ROWS_OF_A_SHEET:
        return CsvSheet(path.with_suffix(".csv"), form.headings, form.encoding or "utf-8-sig")
    return XlsxSheet(path, form.headings, title=f"祁东县{form.title}（{delivery.period}）")
