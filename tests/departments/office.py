"""An office's worker in this process, with files as the office exports them: for tests with known truth.

And facts of a comparison on rows given by hand: `told`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.feeds import Period
from shouwang.department.importing import arrow_type
from shouwang.department.plugin import Plugin
from shouwang.department.pseudonyms import pseudonym
from shouwang.department.running import Run, row_or_absent, rows_of
from shouwang.department.table import Table
from shouwang.department.worker import Worker

from tests.shared.department.water import id_number, write_csv

KEY = b"o" * 32
VILLAGE = "430426106001"
ME, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
TODAY = date(2021, 6, 30)


class Office:
    """Brings tables in and screens; persons are numbers that the tests choose."""

    def __init__(self, plugin: ModuleType, folder: Path) -> None:
        self.folder = folder
        self.worker = Worker(str(Path(str(plugin.__file__)).parent), str(folder / "data"), "430426")

    def bring_in(self, table: str, period: str, *rows: dict[str, Any]) -> dict[str, Any]:
        """Import one file in GBK; returns the report."""
        file = write_csv(self.folder / f"{table}.csv", rows, "gbk", title="祁东县导出")
        staged = self.worker.stage(lambda part: None, table, period, str(file), KEY.hex())
        self.worker.publish(lambda part: None, table, period, staged["staged"])
        report: dict[str, Any] = staged["report"]
        return report

    def parts(self, period: str) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
        """Return the answer of each rule, and the parts in which hits leave the worker."""
        parts: list[dict[str, Any]] = []
        return {answer["rule"]: answer for answer in self.worker.screen(parts.append, period)}, parts

    def screen(self, period: str) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """Return the answer of each rule, and what each rule found: pseudonym → hit."""
        told, parts = self.parts(period)
        found: dict[str, dict[str, Any]] = {rule: {} for rule in told}
        for part in parts:
            found[part["rule"]].update({hit["person"]: hit for hit in part["hits"]})
        return told, found

    def close(self) -> None:
        """End the database."""
        self.worker.duck.ibis.disconnect()


def person(number: int) -> str:
    """Return the pseudonym of a person."""
    return pseudonym(KEY, id_number(number))


def shown(hit: dict[str, Any]) -> dict[str, Any]:
    """Return what a hit shows: name → value of its inputs."""
    return {one["name"]: one["value"] for one in hit["decision"]["grounds"] if one["kind"] == "input"}


def plugin_of(package: ModuleType) -> Plugin:
    """Return the plugin of a department's package."""
    return Plugin.load(Path(str(package.__file__)).parent)


def told(plugin: Plugin, duck: Duck, fact: str, **tables: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a fact says of ME, given rows by table: about ME and of June unless they say otherwise."""
    given = {name: _periods(plugin.tables[name], rows) for name, rows in tables.items()}
    view = plugin.policy.at(TODAY, "430426")
    run = Run(plugin, plugin.facts[fact], SampleSource(duck, given), view)
    return row_or_absent(plugin.facts[fact], rows_of(run, duck, [ME]), ME)


def _periods(table: type[Table], rows: list[dict[str, Any]]) -> dict[Period, pa.Table]:
    schema = pa.schema([(name, arrow_type(column)) for name, column in table.columns.items()])
    blank = {name: getattr(column, "blank", None) for name, column in table.columns.items()}
    full = [blank | {"person": ME} | row for row in rows]
    by_period: dict[str, list[dict[str, Any]]] = {}
    for row in full:
        by_period.setdefault(row.pop("period", "2021-06"), []).append(row)
    return {
        table.feed.parse(text): pa.Table.from_pylist(some, schema=schema) for text, some in by_period.items()
    }
