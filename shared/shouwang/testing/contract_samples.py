"""Sample files made from a plugin's own declarations: imported, refused where they must be, screened."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shouwang.department.columns import CodeColumn, Column, IdNumberColumn, MoneyColumn
from shouwang.department.contract import OnTables, on_tables
from shouwang.department.expressions import Duck, LakeSource
from shouwang.department.feeds import Period
from shouwang.department.importing import Door, Import
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.department.probing import ProbeView
from shouwang.department.running import Run
from shouwang.department.table import Table
from shouwang.errors import ShouwangError
from shouwang.identity import check_character
from shouwang.money import format_yuan
from shouwang.periods import Month

KEY = b"contract kit key, no secret here"
MONTH = Month(2021, 6)
PLAIN = {
    "date": "2021-06-01",
    "text": "S-1",
    "number": "1",
    "yes_no": "是",
    "place": "430426100",
}


def sample_id(number: int) -> str:
    """Return a valid ID number of nobody: the division 439999 does not exist."""
    first = f"439999198001{1 + number % 28:02d}{number % 1000:03d}"
    return first + check_character(first)


def sample_problems(plugin: Plugin, duck: Duck, folder: Path) -> list[str]:
    """Import a good and a bad row into every table, then run everything on what came in."""
    lake = Lake(folder / "lake")
    found = [problem for table in plugin.tables.values() for problem in _imported(table, lake, folder)]
    declared: list[OnTables] = on_tables(plugin)
    return found or [problem for one in declared for problem in _run(plugin, one, duck, lake)]


def sample_row(table: type[Table], number: int = 1) -> dict[str, str]:
    """Return a row that the table must accept, by heading."""
    cells: dict[str, str] = {}
    for column in table.columns.values():
        for label in column.labels:
            cells[label] = _smaller(cells.get(label), _cell(table, column, number))
    return cells


def periods_before(table: type[Table]) -> list[Period]:
    """Return the periods of the twelve months up to the sample month, as this table's feed counts them."""
    texts = {
        "monthly": [str(MONTH.shift(-back)) for back in range(12)],
        "quarterly": ["2020Q3", "2020Q4", "2021Q1", "2021Q2"],
        "yearly": ["2020", "2021"],
    }
    return [table.feed.parse(text) for text in texts[table.feed.every]]


def _imported(table: type[Table], lake: Lake, folder: Path) -> Iterator[str]:
    for period in periods_before(table):
        good = _dated(table, sample_row(table), period)
        bad = {**_dated(table, sample_row(table, 2), period), table.columns[table.order()].label: "123"}
        file = _written(folder / f"{table.name}.csv", [good, bad])
        try:
            staged = Import(table, period, Door(lake, KEY, _ignore)).stage(file)
        except ShouwangError as error:
            yield f"表 {table.name} 收不进自己的样例：{error}"
            return
        lake.publish(table, period, staged.path)
        if staged.report["rejected_rows"] != 1 or sample_id(1).encode() in staged_bytes(lake, table, period):
            yield f"表 {table.name} 的样例应收一行、拒一行，且不留身份证号"


def _ignore(part: dict[str, Any]) -> None:
    del part


def staged_bytes(lake: Lake, table: type[Table], period: Period) -> bytes:
    """Return the bytes of a period's file, to look for what must not be there."""
    return lake.file(table, period).read_bytes()


def _run(plugin: Plugin, declared: OnTables, duck: Duck, lake: Lake) -> Iterator[str]:
    source = LakeSource(duck, lake, MONTH.last, MONTH)
    try:
        expression = Run(plugin, declared, source, _OnDay(plugin, MONTH.last)).expression()
        for _ in duck.columns(expression):
            pass
    except ShouwangError as error:
        yield f"{declared.name} 在样例表上出错：{error}"


class _OnDay(ProbeView):
    """The probing view, on a day of the sample."""

    def __init__(self, plugin: Plugin, day: date) -> None:
        super().__init__(plugin.policy)
        self.on = day


def _cell(table: type[Table], column: Column, number: int) -> str:
    if isinstance(column, IdNumberColumn):
        return sample_id(number)
    if isinstance(column, MoneyColumn):
        return format_yuan(_amount(table, column)).removesuffix(" 元")
    if isinstance(column, CodeColumn):
        return next(iter(column.values))
    if column.kind == "text":
        return f"S-{number}"
    return str(getattr(column, "least", "")) or PLAIN[column.kind]


def _amount(table: type[Table], column: MoneyColumn) -> int:
    """Return fen that keep every `sum_at_most`: each step down a chain is a hundredth."""
    if not column.sum_at_most:
        return 100_000_000
    above = table.columns[column.sum_at_most]
    assert isinstance(above, MoneyColumn)
    return _amount(table, above) // 100


def _smaller(one: str | None, other: str) -> str:
    return other if one is None or len(other) < len(one) else one


def _dated(table: type[Table], row: dict[str, str], period: Period) -> dict[str, str]:
    day = (period.last - timedelta(days=1)).isoformat()
    dates = [column.label for column in table.columns.values() if column.kind == "date"]
    return {**row, **dict.fromkeys(dates, day)}


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
