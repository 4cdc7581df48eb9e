"""Writes what the offices hand over for a month, and what is true: `offices/` and `offices.json`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from deploy.synth.manifest import write_json
from deploy.synth.numbers import spoilt_check
from deploy.synth.offices.case import (
    CLEARS,
    FATES,
    FEIGNED,
    FINE,
    HIDDEN,
    OWNER,
    PERSON,
    TELLS,
    UNKNOWN,
    Case,
    Kind,
    Line,
    Row,
    last_of,
    months_before,
)
from deploy.synth.offices.dealing import OFFICES, cases
from deploy.synth.sheets import CsvSheet

FOLDER, TRUTH = "offices", "offices.json"
QUARTERLY: Final = (
    *("production", "linked_households", "school_age", "relocated_persons", "supply_points", "water_users"),
)
YEARLY: Final = ("insured",)
NO_DAY: Final = "2021-02-30"
Files = dict[tuple[str, str], list[dict[str, Any]]]


def write(folder: Path, month: str, seed: int) -> dict[str, Any]:
    """Write the tables of every office about the households of a county; returns the truth beside them."""
    households = _lines(folder / "households.jsonl")
    last, known = last_of(month), list[dict[str, Any]]()
    for office, kinds in OFFICES.items():
        files: Files = defaultdict(list)
        for kind, case in cases(kinds, households, last, seed):
            kind.write(case)
            for row in _kept(kind, case):
                files[row.table, _period(row, last)].append(row.cells)
            if case.how != FINE:
                known.append(_told(office, kind, case))
        _save(folder / FOLDER / office, files)
    truth = {"month": month, "cases": known}
    write_json(folder / TRUTH, truth)
    return truth


def _lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _kept(kind: Kind, case: Case) -> Iterable[Row]:
    """Return the rows that the office has: one spoilt, or none at all, where the truth is not seen."""
    if case.how == UNKNOWN:
        return []
    if case.how == HIDDEN:
        return [_spoilt(row) if row.mark == TELLS else row for row in case.rows]
    if case.how == FEIGNED and kind.feigned_by == CLEARS:
        fine = Case(case.household, case.person, case.month, FINE)
        kind.write(fine)
        return [_spoilt(row) if row.mark == CLEARS else row for row in fine.rows]
    return case.rows


def _spoilt(row: Row) -> Row:
    """Return the row with a digit of the ID number wrong, or with a day that does not exist."""
    whose = {name: spoilt_check(row.cells[name]) for name in (PERSON, OWNER) if name in row.cells}
    if whose:
        return Row(row.table, {**row.cells, **whose}, row.back)
    day = next(name for name, cell in row.cells.items() if isinstance(cell, date))
    return Row(row.table, {**row.cells, day: NO_DAY}, row.back)


def _period(row: Row, last: date) -> str:
    if row.table in YEARLY:
        return str(last.year)
    if row.table in QUARTERLY:
        return f"{last.year}Q{(last.month + 2) // 3}"
    return f"{months_before(last, row.back):%Y-%m}"


def _told(office: str, kind: Kind, case: Case) -> dict[str, Any]:
    fate = FATES[case.how]
    spoilt = case.how == FEIGNED and kind.feigned_by == CLEARS
    return {
        "department": office,
        "kind": kind.name,
        "household": case.key,
        "id_number": case.person["id_number"],
        "so": fate.so,
        "seen": fate.seen,
        "reason": "row_spoilt" if spoilt else fate.reason,
    }


def _save(folder: Path, files: Mapping[tuple[str, str], list[dict[str, Any]]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for (table, period), rows in sorted(files.items()):
        headings = list(dict.fromkeys(name for row in rows for name in row))
        sheet = CsvSheet(folder / f"{table}-{period}.csv", headings, "gb18030")
        for row in rows:
            sheet.row([row.get(name) for name in headings])
        sheet.close()
