"""Parquet of every department for a place of any size, written by DuckDB in one pass a file.

What happens to whom is arithmetic on numbers, so that every run holds the same rows: beside each find those
who only just are none, unknown cells, and the same persons in the tables of several departments. Pseudonyms,
types, order and compression are those of an import.

A file `<department>/tables/<table>.sql` says in its first line how many rows a period has ("-- rows: persons
// 4") and gives the declared columns and `n`. It has `rows` (n from 0), `person(k)`, `village(k)`, `day(k)`
(k days before the end of the period), `last()`, `back()` (months before the newest) and `persons()`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from shouwang.department.expressions import schema
from shouwang.department.feeds import Period
from shouwang.department.lake import Lake
from shouwang.department.table import Table
from shouwang.places import Places

from deploy.bench.bulk.departments import COUNTY, MONTH, Department

ROWS: Final = re.compile(r"-- rows: (.+)")
MACROS: Final = """
CREATE MACRO person(k) AS md5(concat('person ', k))::UUID;
CREATE MACRO village(k) AS getvariable('villages')[1 + k * 7919 % len(getvariable('villages'))];
CREATE MACRO day(k) AS getvariable('last') - (k)::INTEGER;
CREATE MACRO last() AS getvariable('last');
CREATE MACRO back() AS getvariable('back');
CREATE MACRO persons() AS getvariable('persons');
"""
PROBED: Final = 1_000_000
DUCKDB: Final[dict[str, Any]] = {"memory_limit": "2GB", "threads": 2}


@dataclass(frozen=True)
class Written:
    """Rows written: of the newest period of tables with persons, and of everything besides."""

    persons: int
    month: int
    besides: int


class Writer:
    """Writes the tables of departments, each into `<root>/<department>/`."""

    def __init__(self, root: Path, departments: list[Department]) -> None:
        self._root, self._departments = root, departments
        self._month = self._besides = 0

    def write(self, person_rows: int) -> Written:
        """Write as many persons as give so many rows in the newest periods."""
        with duckdb.connect(config={**DUCKDB, "temp_directory": str(self._root / "_spill")}) as db:
            _prepare(db)
            persons = max(person_rows * PROBED // self._rows_of(db, PROBED), 1_000)
            db.execute(f"SET VARIABLE persons = {persons}")
            for one in self._departments:
                for name in one.tables():
                    self._table(db, one, one.plugin.tables[name], persons)
        return Written(persons, self._month, self._besides)

    def _rows_of(self, db: duckdb.DuckDBPyConnection, persons: int) -> int:
        """Return the rows of the month for so many persons."""
        tables = [(one, one.plugin.tables[name]) for one in self._departments for name in one.tables()]
        about = [(one, table) for one, table in tables if table.person_columns()]
        return sum(_count(db, one.tables()[table.name].read_text("utf-8"), persons) for one, table in about)

    def _table(
        self, db: duckdb.DuckDBPyConnection, one: Department, table: type[Table], persons: int
    ) -> None:
        query, lake = one.tables()[table.name].read_text("utf-8"), Lake(self._root / one.code)
        count = _count(db, query, persons)
        for at, period in enumerate(one.periods(table)):
            db.execute(f"SET VARIABLE last = DATE '{min(period.last, MONTH.last)}'")
            db.execute(f"SET VARIABLE back = {at}")
            db.execute(f"CREATE OR REPLACE TEMP VIEW rows AS SELECT range AS n FROM range({count})")
            written = _copy(db, query, lake, table, period)
            if at == 0 and table.person_columns():
                self._month += written
            else:
                self._besides += written


def _prepare(db: duckdb.DuckDBPyConnection) -> None:
    places = Places.load()
    villages = [village.code for town in places.children(COUNTY) for village in places.children(town.code)]
    db.execute(MACROS)
    db.execute("SET VARIABLE villages = $1::VARCHAR[]", [villages])


def _count(db: duckdb.DuckDBPyConnection, query: str, persons: int) -> int:
    found = ROWS.match(query)
    assert found, "the first line says how many rows there are"
    (count,) = db.execute(f"SELECT {found[1].replace('persons', str(persons))}").fetchall()[0]
    return int(count)


def _copy(db: duckdb.DuckDBPyConnection, query: str, lake: Lake, table: type[Table], period: Period) -> int:
    file = lake.file(table, period)
    file.parent.mkdir(parents=True)
    kinds = {"int64": "BIGINT", "string": "VARCHAR", "boolean": "BOOLEAN"}
    wanted = ", ".join(
        f"{name}::{kinds.get(kind, kind)} AS {name}" for name, kind in schema(table).items()
    )  # the declared columns and no others, as an import writes them
    ordered = f"SELECT {wanted} FROM ({query}) ORDER BY {table.order()}, n"
    (written,) = db.execute(f"COPY ({ordered}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)").fetchall()[0]
    return int(written)
