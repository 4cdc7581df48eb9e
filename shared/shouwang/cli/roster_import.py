"""Sends the batches of one workbook to monitoring and keeps what came back."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from shouwang.cli.roster_file import RosterFile
from shouwang.cli.session import Session
from shouwang.sealing import seal

REPORTS: Final = "reports"
COUNTED: Final = ("households", "persons", "rows", "held_households")
OUTCOMES: Final = {
    "new": "新增户",
    "changed": "有变更户",
    "unchanged": "无变化户",
    "older": "旧名册未采用户",
    "missing_members": "名册漏列的人",
    "to_clarify": "待核实处",
}


@dataclass
class Report:
    """What became of one workbook. rejected: [{row, column, problem, code}], without what the cells hold.

    outcomes: households by what became of them (see OUTCOMES). lines: each household but the unchanged ones.
    """

    village: str
    file: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    rejected: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    lines: list[dict[str, Any]] = field(default_factory=list)

    def add(self, answer: dict[str, Any]) -> None:
        """Add the answer to one batch."""
        for name in COUNTED:
            self.counts[name] += answer[name]
        for name in OUTCOMES:
            self.outcomes[name] += answer[name]
        self.lines += answer["lines"]
        self.rejected += answer["rejected"]
        self.held += answer.get("held", [])


def import_roster(
    session: Session, key: str, roster: RosterFile, as_of: date, sent: Callable[[], None]
) -> Report:
    """Seal and send every batch; one that was taken in before is answered the same, changing nothing."""
    report = Report(roster.village, roster.path.name)
    batches = roster.batches()
    for number, rows in enumerate(batches, 1):
        answer = session.call(
            "monitoring",
            "import_roster",
            village=roster.village,
            file=roster.path.name,
            digest=roster.digest,
            batch=number,
            batches=len(batches),
            as_of=as_of.isoformat(),
            sealed=seal(key, rows),
        )
        report.add(answer)
        sent()
    return report


def held_before(var_dir: Path, village: str, roster: RosterFile) -> RosterFile:
    """Return the workbook with only the households that the last import of this village left waiting."""
    path = _state_path(var_dir, village)
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    ids = {one["household"] for one in held}
    # A household that had no number then is known by its rows only.
    rows = {row for one in held for row in one["rows"] if f"{village}-row" in one["household"]}
    wanted = {
        number
        for number, lines in roster.households.items()
        if f"{village}-{number}" in ids or not number or rows & {line["row"] for line in lines}
    }
    return roster.only(wanted)


def write_report(var_dir: Path, report: Report) -> Path:
    """Write the rejected rows as csv and remember the held households; both readable by their owner only.

    What became of every other row stands beside it in `roster-<village>.rows.csv`.
    """
    folder = var_dir / REPORTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _private(_state_path(var_dir, report.village), [json.dumps(report.held, ensure_ascii=False)])
    path = folder / f"roster-{report.village}.csv"
    rejected = ([one["row"], one["column"], one["problem"], one["code"]] for one in report.rejected)
    _private(path, _csv_lines(["行", "列", "问题", "代码"], rejected))
    _private(
        path.with_suffix(".rows.csv"), _csv_lines(["行", "户编号", "结果", "说明"], told_rows(report.lines))
    )
    return path


def private_csv(var_dir: Path, name: str, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> Path:
    """Write a report as csv into the folder of reports, readable by its owner only; return where."""
    folder = var_dir / REPORTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    _private(path, _csv_lines(headings, lines))
    return path


def told_rows(lines: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """Yield row, household, outcome and what changed or is to be clarified there; never a value of a cell."""
    for line in lines:
        first, household, outcome = (
            line["rows"][0],
            line["household"],
            OUTCOMES[line["outcome"]].removesuffix("户"),
        )
        yield [first, household, outcome, ""]
        yield from ([one["row"], household, "变更", "、".join(one["fields"])] for one in line["fields"])
        yield from ([first, household, "新成员", ref] for ref in line["joined"])
        yield from ([first, household, "名册漏列", ref] for ref in line["missing"])
        yield from ([first, household, "列有已离户的人", ref] for ref in line["absent"])
        yield from ([one["row"], household, "待核实", one["message"]] for one in line["to_clarify"])


def _state_path(var_dir: Path, village: str) -> Path:
    return var_dir / REPORTS / f"roster-{village}.held.json"


def _private(path: Path, lines: Iterable[str]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(lines)


class _Line:
    """Lets csv write into a string."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, text: str) -> None:
        self.lines.append(text)


def _csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    target = _Line()
    writer = csv.writer(target)
    writer.writerow(headings)
    writer.writerows(rows)
    return ["\ufeff", *target.lines]
