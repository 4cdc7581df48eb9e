"""The screening rules of every department once more, hand-written as DuckDB SQL: what a bare query costs.

A file `<department>/rules/<rule>.sql` gives the person and the columns that the rule shows. A table is its
newest period, `<table>_within` the window that is read. Figures of the policy are bound by their names,
`$uninsured_loss_days`, with `$on` (the last day of the month) and `$region`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
from shouwang.department.lake import Lake

from deploy.bench.bulk.departments import COUNTY, MONTH, Department

Row = tuple[Any, ...]
WITHIN: Final = "_within"
PLACEHOLDER: Final = re.compile(r"\$([a-z_]+)")


class Bare:
    """A warm DuckDB with as much memory and as many threads as a worker's, and the queries ready to run."""

    def __init__(self, root: Path, departments: list[Department], settings: Mapping[str, Any]) -> None:
        self._db = duckdb.connect(config=dict(settings))
        self._departments = departments
        for one in departments:
            self._views(Lake(root / one.code), one)

    def screen(self) -> dict[str, list[Row]]:
        """Run every query; "department/rule" → rows (person, then what the rule shows), by person."""
        found: dict[str, list[Row]] = {}
        for one in self._departments:
            self._db.execute(f"USE {one.code}")
            for rule, file in one.rules().items():
                shown = one.plugin.rules[rule.partition(".")[2]].shows
                found[f"{one.code}/{rule}"] = self._rows(one, file.read_text("utf-8"), list(shown))
        return found

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _views(self, lake: Lake, one: Department) -> None:
        self._db.execute(f"CREATE SCHEMA {one.code}")
        for name in one.windows:
            table = one.plugin.tables[name]
            files = [str(lake.file(table, period)) for period in one.periods(table)]
            for view, some in ((name, files[:1]), (f"{name}{WITHIN}", files)):
                query = f"SELECT * FROM read_parquet({some}, hive_partitioning=false)"
                self._db.execute(f"CREATE VIEW {one.code}.{view} AS {query}")

    def _rows(self, one: Department, query: str, shown: list[str]) -> list[Row]:
        columns = ", ".join(["person", *shown])
        used = {name: self._figure(one, name) for name in set(PLACEHOLDER.findall(query))}
        return self._db.execute(f"SELECT {columns} FROM ({query}) ORDER BY person", used).fetchall()

    def _figure(self, one: Department, name: str) -> Any:
        known = {"on": MONTH.last, "region": COUNTY}
        names = {each.replace(".", "_"): each for each in one.plugin.policy.names()}
        return known[name] if name in known else one.plugin.policy.at(MONTH.last, COUNTY)[names[name]].value
