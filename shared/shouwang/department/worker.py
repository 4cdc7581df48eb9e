"""The worker process of a department: `python -m shouwang.department.worker <fd>`.

Holds the plugin's own code, Ibis and DuckDB, so that neither a long query nor a crash touches the service.
Speaks JSON lines over an inherited socket (`shouwang.children`). No eventlet, no broker, no database here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from shouwang.children.serving import Send, run
from shouwang.department import contract
from shouwang.department.ageing import age_of
from shouwang.department.declarations import Indicator, Rule, Signal
from shouwang.department.expressions import LIMITS, Duck, LakeSource
from shouwang.department.hits import unpacked
from shouwang.department.importing import Door, Import
from shouwang.department.lake import Lake
from shouwang.department.mapping import ColumnMapping, read_mapping
from shouwang.department.measuring import Measuring, asked
from shouwang.department.plugin import Plugin
from shouwang.department.reports import rows_by_place
from shouwang.department.retention import describe_kept, expired
from shouwang.department.running import Run, row_or_absent, rows_of, screened, unknown_reason
from shouwang.errors import UnknownValue
from shouwang.periods import Month
from shouwang.places import Places
from shouwang.policy import CountyFigures

Parts = Iterator[Any]


class Worker:
    """One plugin, its lake and its DuckDB. Public methods are what can be asked (see `ASKABLE`)."""

    def __init__(
        self,
        folder: str,
        data: str,
        region: str,
        limits: Mapping[str, Any] | None = None,
        figures: Mapping[str, str] | None = None,
    ) -> None:
        self.plugin = Plugin.load(folder, CountyFigures.from_dict(figures) if figures else None)
        self.lake = Lake(Path(data))
        self.lake.clear_staging()
        self.duck = Duck(self.lake.staging(), limits or LIMITS)
        self._region = region
        self._places = _codes(region)

    def describe(self, send: Send) -> dict[str, Any]:
        """Check the contract and describe the plugin; ConfigurationError when it may not start."""
        del send
        contract.require(self.plugin, self.duck)
        return self.plugin.describe()

    def stage(
        self,
        send: Send,
        table: str,
        period: str,
        file: str,
        key: str,
        mapping: list[str] | None = None,
        corrections: str | None = None,
        mark: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """Read a file and stage it. Parts: see `Door`. mapping: its name and text; mark: for the file."""
        cls = self.plugin.tables[table]
        read = read_mapping(mapping[1], mapping[0], cls) if mapping else ColumnMapping()
        door = Door(self.lake, bytes.fromhex(key), send, self._places, read, mark or {})
        run = Import(cls, cls.feed.parse(period), door)
        staged = run.stage(Path(file), Path(corrections) if corrections else None)
        pa.default_memory_pool().release_unused()  # the worker lives on; what a large file took does not
        return {"report": staged.report, "staged": str(staged.path)}

    def check_mapping(self, send: Send, table: str, name: str, text: str) -> dict[str, int]:
        """Check a mapping file against its table; returns how many headings, values and units it maps."""
        del send
        read = read_mapping(text, name, self.plugin.tables[table])
        values = sum(len(pairs) for pairs in read.values.values())
        return {"headings": len(read.headings), "values": values, "units": len(read.units)}

    def publish(self, send: Send, table: str, period: str, staged: str) -> dict[str, Any]:
        """Put a staged file in its place."""
        del send
        cls = self.plugin.tables[table]
        return {"replaced": self.lake.publish(cls, cls.feed.parse(period), Path(staged))}

    def standing(self, send: Send, table: str, period: str) -> dict[str, Any]:
        """Return what stands in a period: {rows, mark}; rows None: nothing, mark None: of no known file."""
        del send
        cls = self.plugin.tables[table]
        at = cls.feed.parse(period)
        try:
            rows = self.lake.rows(cls, at) if self.lake.file(cls, at).is_file() else None
            return {"rows": rows, "mark": self.lake.mark(cls, at)}
        except (pa.ArrowException, OSError):
            return {"rows": None, "mark": None}  # a file that cannot be read says nothing: it is replaced

    def ages(self, send: Send, on: str) -> list[dict[str, Any]]:
        """Return how old every table is."""
        del send
        return [age_of(table, self.lake, date.fromisoformat(on)) for table in self.plugin.tables.values()]

    def expired(self, send: Send, on: str) -> dict[str, Any]:
        """Return how long tables are kept and which periods are past it: {kept, periods}."""
        del send
        day = date.fromisoformat(on)
        kept = describe_kept(self.plugin, day, self._region)
        known = [one for one in kept if one["months"] is not None]
        return {"kept": kept, "periods": [period for one in known for period in self._past(one, day)]}

    def remove(self, send: Send, table: str, period: str) -> None:
        """Remove a period of a table."""
        del send
        cls = self.plugin.tables[table]
        self.lake.remove(cls, cls.feed.parse(period))

    def _past(self, kept: dict[str, Any], on: date) -> list[dict[str, Any]]:
        cls = self.plugin.tables[kept["table"]]
        periods = expired(cls, self.lake, kept["months"], on)
        return [{**kept, "period": str(one), "rows": self.lake.rows(cls, one)} for one in periods]

    def screen(self, send: Send, period: str) -> list[dict[str, Any]]:
        """Run every rule for a month. Parts: {rule, risk, period, hits: [{person, region, decision}]}."""
        return self.screen_packed(lambda part: send(unpacked(part)), period)

    def screen_packed(self, send: Send, period: str) -> list[dict[str, Any]]:
        """Do the same with parts that tell once what all their hits have in common (`hits.unpacked`)."""
        return [self._screened(rule, Month.parse(period), send) for rule in self.plugin.rules.values()]

    def facts(self, send: Send, names: list[str], persons: list[str], on: str) -> list[dict[str, Any]]:
        """Return facts about persons (pseudonyms), each known or unknown with its reason."""
        del send
        return [self._fact(name, persons, date.fromisoformat(on)) for name in names]

    def propose(self, send: Send, question: dict[str, Any], on: str, region: str) -> list[dict[str, Any]]:
        """Return the answers of every measure that the risks of the household call for."""
        del send
        day = date.fromisoformat(on)
        view = self.plugin.policy.at(day, region)
        measuring = Measuring(self.plugin, self.duck, lambda: LakeSource(self.duck, self.lake, day), view)
        return measuring.propose(asked(question))

    def report(self, send: Send, period: str) -> dict[str, list[dict[str, Any]]]:
        """Return the signals and indicators of a month: {signals, indicators}: [{name, verdict, rows, …}]."""
        del send
        month, plugin = Month.parse(period), self.plugin
        signals = [self._reported(one, month) for one in plugin.signals.values()]
        return {
            "signals": signals,
            "indicators": [self._reported(one, month) for one in plugin.indicators.values()],
        }

    def _reported(self, declared: Signal | Indicator, period: Month) -> dict[str, Any]:
        source = LakeSource(self.duck, self.lake, period.last, period)
        run = Run(self.plugin, declared, source, self.plugin.policy.at(period.last, self._region))
        answer: dict[str, Any] = {**declared.describe(), "verdict": "known", "reason": "", "rows": []}
        try:
            answer["rows"] = rows_by_place(run, self.duck)
        except UnknownValue as error:
            answer |= {"verdict": "unknown", **unknown_reason(error)}
        return answer | {"used": source.used, "missing": source.missing}

    def _screened(self, rule: Rule, period: Month, send: Send) -> dict[str, Any]:
        source = LakeSource(self.duck, self.lake, period.last, period)
        view = self.plugin.policy.at(period.last, self._region)
        return screened(self.plugin, rule, self.duck, source, view, send)

    def _fact(self, name: str, persons: list[str], on: date) -> dict[str, Any]:
        fact = self.plugin.facts[name]
        source = LakeSource(self.duck, self.lake, on)
        shown = {column: vars(shown) for column, shown in fact.shows.items()}
        answer = {"fact": name, "title": fact.title, "shows": shown}
        try:
            rows = rows_of(
                Run(self.plugin, fact, source, self.plugin.policy.at(on, self._region)), self.duck, persons
            )
        except UnknownValue as error:
            return {**answer, "verdict": "unknown", **unknown_reason(error), "persons": {}, "used": {}}
        told = {person: row_or_absent(fact, rows, person) for person in persons}
        return {**answer, "verdict": "known", "reason": "", "persons": told, "used": source.used}


ASKABLE: Final = (
    "describe",
    "stage",
    "check_mapping",
    "publish",
    "standing",
    "ages",
    "expired",
    "remove",
    "screen",
    "screen_packed",
    "facts",
    "propose",
    "report",
)


def _codes(region: str) -> pa.Array | None:
    places = Places.load()
    if region not in places:
        return None  # divisions of this county are not vendored: only the form of a code can be judged
    towns = [town.code for town in places.children(region)]
    villages = [village.code for town in towns for village in places.children(town)]
    return pa.array([*towns, *villages], pa.string())


def preload() -> None:
    """Import what the first question would, for a process that forks workers; leave no connection open."""
    importlib.import_module("ibis.backends.duckdb")
    duckdb.default_connection().close()  # opened by the import itself, with threads


def main() -> None:
    """Serve on the inherited socket."""
    run(Worker, ASKABLE, "department")


if __name__ == "__main__":
    main()
