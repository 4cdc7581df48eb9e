"""The files of the departments, open until the county is written."""

from __future__ import annotations

from pathlib import Path
from random import Random

from deploy.synth import dirty_tables
from deploy.synth.calendar import Calendar
from deploy.synth.deliveries import Delivery, deliveries, opened
from deploy.synth.department_rows import CONCERNS, ROWS, Row, bill_row
from deploy.synth.dirt import SPOILT_BILL, Dirt
from deploy.synth.households import Household
from deploy.synth.sheets import Sheet
from deploy.synth.streams import stream
from deploy.synth.truth import Truth


class Exports:
    """Every file of every department, open until the county is written."""

    def __init__(self, folder: Path, seed: int, calendar: Calendar, households: int, truth: Truth) -> None:
        self._seed, self._calendar, self._truth = seed, calendar, truth
        self.deliveries = deliveries(calendar)
        estimate = households * 4
        self._sheets = {one: opened(one, folder, estimate) for one in self.deliveries}
        self._folder = folder
        self._by_table: dict[str, list[tuple[Delivery, Sheet]]] = {}
        for one in self.deliveries:
            self._by_table.setdefault(one.form.table, []).append((one, self._sheets[one]))

    def name(self, delivery: Delivery) -> str:
        """Return the path of the file as it was written, within the output."""
        return self._sheets[delivery].path.relative_to(self._folder).as_posix()

    def add(self, household: Household, dirt: Dirt | None) -> None:
        """Write what the departments know of a household; with `dirt`, one bad row more."""
        rng = stream(self._seed, household.village.code, "exports", household.index)
        self._bills(household, rng)
        for table, rows_of in ROWS.items():
            if CONCERNS[table](household):
                for delivery, sheet in self._by_table[table]:
                    for row in rows_of(household, delivery, self._calendar):
                        sheet.row(row)
        if dirt is not None:
            self._spoil(household, dirt, rng)

    def close(self) -> None:
        """Finish every file."""
        for sheet in self._sheets.values():
            sheet.close()

    def _bills(self, household: Household, rng: Random) -> None:
        files = [delivery for delivery, _ in self._by_table["settlements"]]
        spoilt = household.story is not None and household.story.missed == "settlement_row_rejected"
        for place, bill in enumerate(household.bills):
            if not bill.insured:
                continue
            row = bill_row(household, bill, place, files[bill.month], self._calendar, rng)
            if spoilt:
                self._write_spoilt(household, row, SPOILT_BILL, files[bill.month])
            else:
                self._sheets[files[bill.month]].row(row)

    def _spoil(self, household: Household, dirt: Dirt, rng: Random) -> None:
        """An extra row with one fault: losing it takes nothing from the truth."""
        lived = (self._calendar.opens_on, self._calendar.closes_on)
        files = [one for one, _ in self._by_table[dirt.table] if lived[0] <= one.on <= lived[1]]
        delivery = rng.choice(files)
        row = dirty_tables.extra(household, dirt.table, delivery, self._calendar, rng)
        if dirt.kind == "duplicate_claim":
            self._sheets[delivery].row(row)
        self._write_spoilt(household, row, dirt, delivery)

    def _write_spoilt(self, household: Household, row: Row, dirt: Dirt, delivery: Delivery) -> None:
        spoilt, heading = dirty_tables.spoil(row, dirt.kind, delivery.form)
        at = self._sheets[delivery].row(spoilt)
        self._truth.dirty(self.name(delivery), at, heading, dirt.kind, [household.key])
