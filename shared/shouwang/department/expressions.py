"""Tables as Ibis expressions over the Parquet files, and results taken out again. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

import ibis
import pyarrow as pa

from shouwang.department.columns import Column, NumberColumn
from shouwang.department.feeds import Period
from shouwang.department.lake import Lake, Selection, gap, period_before, unknown
from shouwang.department.table import Table
from shouwang.department.taking import Columns, columns_of, rows_of_columns
from shouwang.periods import Month, Window

LIMITS: Final[Mapping[str, Any]] = {"memory_limit": "512MB", "threads": 2}
"""What DuckDB of a worker may take unless the settings say otherwise."""
BATCH: Final = 200
QUERIES: Final = 256
"""How many translated queries are kept."""
TYPES: Final = {"uuid": "uuid", "date": "date", "int64": "int64", "string": "string", "bool": "boolean"}


Kinds = Mapping[str, str]
"""The Ibis types of columns by name."""


class Engine(Protocol):
    """What expressions run on: DuckDB in the worker (`Duck`), or a cluster (`spark.Spark`)."""

    def files(self, name: str, files: Sequence[Path], kinds: Kinds) -> Any:
        """Return an expression over Parquet files whose columns are of these kinds."""

    def rows(self, name: str, rows: pa.Table) -> Any:
        """Return an expression over rows in memory."""

    def empty(self, name: str, kinds: Kinds) -> Any:
        """Return an expression without rows."""

    def columns(self, expression: Any, size: int = BATCH) -> Iterator[Columns]:
        """Run an expression and yield what it found by column, in batches of rows, none empty."""


def batches(engine: Engine, expression: Any) -> Iterator[list[dict[str, Any]]]:
    """Run an expression and yield its rows in batches."""
    return map(rows_of_columns, engine.columns(expression))


class Duck:
    """One embedded DuckDB, modest in memory, with the views that expressions stand on."""

    def __init__(self, scratch: Path, limits: Mapping[str, Any] = LIMITS) -> None:
        self.ibis = ibis.duckdb.connect(temp_directory=str(scratch), preserve_insertion_order=False, **limits)
        self._kept: dict[str, tuple[tuple[Path, ...], Any]] = {}
        self._queries: dict[Any, str] = {}

    def files(self, name: str, files: Sequence[Path], kinds: Kinds) -> Any:
        """Return an expression over Parquet files, which say themselves what their columns are.

        The view is kept for as long as the list is the same: DuckDB reads the files anew with every query, so
        a period that was replaced in place shows.
        """
        del kinds
        known, expression = self._kept.get(name, ((), None))
        if known != tuple(files):
            listed = ", ".join(f"'{path}'" for path in files)
            self._view(name, f"SELECT * FROM read_parquet([{listed}], hive_partitioning=false)")
            expression = self.ibis.table(name)
            self._kept[name] = tuple(files), expression
        return expression

    def rows(self, name: str, rows: pa.Table) -> Any:
        """Return an expression over rows in memory."""
        self.ibis.con.register(f"{name}__rows", rows)
        self._view(name, f'SELECT * FROM "{name}__rows"')
        return self.ibis.table(name)

    def empty(self, name: str, kinds: Kinds) -> Any:
        """Return an expression without rows."""
        columns = ", ".join(f'CAST(NULL AS {_sql(kind)}) AS "{column}"' for column, kind in kinds.items())
        self._view(name, f"SELECT {columns} WHERE false")
        return self.ibis.table(name)

    def columns(self, expression: Any, size: int = BATCH) -> Iterator[Columns]:
        """Run an expression and yield what it found by column; only that becomes Python."""
        whole = {name for name, kind in expression.schema().items() if kind.is_integer()}
        found = self.ibis.raw_sql(self._sql(expression))
        for batch in found.fetch_record_batch(rows_per_batch=size):
            if batch.num_rows:
                yield columns_of(batch, whole)

    def _sql(self, expression: Any) -> str:
        """Return the query of an expression: translating takes longest, and a rule stays the same."""
        node = expression.op()
        if node not in self._queries:
            if len(self._queries) >= QUERIES:
                self._queries.clear()
            self._queries[node] = self.ibis.compile(expression)
        return self._queries[node]

    def _view(self, name: str, query: str) -> None:
        self.ibis.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {query}')


class LakeSource:
    """The tables of a lake as of a day: what is stale or missing raises UnknownValue.

    until: the last month of `within` (the screened one, or the month of the day). Afterwards `used`,
    `missing`, `window` and `newest` (period of all tables read) say what an answer stands on.
    """

    def __init__(self, engine: Engine, lake: Lake, on: date, until: Month | None = None) -> None:
        self._engine, self._lake, self._on = engine, lake, on
        self._until = until or Month.of(on)
        self.used: dict[str, tuple[str, ...]] = {}
        self.missing: dict[str, tuple[str, ...]] = {}
        self.window: Window | None = None
        self.newest: Period | None = None

    def within(self, table: type[Table], months: int, partial: bool) -> Any:
        """Rows of the last `months` months; a gap raises unless `partial`, then it is noted in `missing`."""
        selection = self._lake.within(table, self._until, months, self._on)
        if selection.missing and not partial:
            raise gap(table, selection)
        self.window = Window(self._until.shift(1 - months).first, self._until.last)
        return self._over(table, f"within_{months}", selection)

    def latest(self, table: type[Table]) -> Any:
        """Rows of the newest period."""
        return self._over(table, "latest", self._lake.latest(table, self._on))

    def previous(self, table: type[Table]) -> Any:
        """Rows of the period before."""
        return self._over(table, "previous", self._lake.previous(table, self._on))

    def _over(self, table: type[Table], what: str, selection: Selection) -> Any:
        read = {str(period) for period in selection.periods}
        self.used[table.name] = tuple(sorted({*self.used.get(table.name, ()), *read}))
        known = [self.newest] if self.newest else []
        self.newest = max([*known, *selection.periods], key=_first, default=None)
        if selection.missing:
            absent = {str(period) for period in selection.missing}
            self.missing[table.name] = tuple(sorted({*self.missing.get(table.name, ()), *absent}))
        if not selection.files:  # a window that begins after the newest period: nothing is due yet
            return self._engine.empty(f"{table.name}__{what}__not_due", schema(table))
        return self._engine.files(f"{table.name}__{what}", selection.files, schema(table))


class SampleSource:
    """Rows given by hand (a case, a sample), or none: what rules are tried on before there are data."""

    def __init__(self, engine: Engine, rows: Mapping[str, Mapping[Period, pa.Table]] | None = None) -> None:
        self._engine, self._rows = engine, rows or {}
        self.used: dict[str, tuple[str, ...]] = {}
        self.missing: dict[str, tuple[str, ...]] = {}
        self.windows: dict[str, int] = {}
        """Months that were asked of each table."""

    def within(self, table: type[Table], months: int, partial: bool) -> Any:
        """All rows given."""
        del partial
        self.windows[table.name] = max(months, self.windows.get(table.name, 0))
        return self._over(table, f"within_{months}", list(self._given(table).values()))

    def latest(self, table: type[Table]) -> Any:
        """Rows of the newest period given."""
        return self._over(table, "latest", self._newest(table)[1])

    def previous(self, table: type[Table]) -> Any:
        """Rows of the period before."""
        newest, _ = self._newest(table)
        if newest is None:
            return self._over(table, "previous", [])
        before = period_before(table, newest)
        if before not in self._given(table):
            raise gap(table, Selection((), (), (before,)))
        return self._over(table, "previous", [self._given(table)[before]])

    def _given(self, table: type[Table]) -> dict[Period, pa.Table]:
        return dict(sorted(self._rows.get(table.name, {}).items()))

    def _newest(self, table: type[Table]) -> tuple[Period | None, list[pa.Table]]:
        given = self._given(table)
        if self._rows and not given:
            raise unknown("department.no_data", f"没有“{table.title}”数据")
        return next(reversed(given), None), list(given.values())[-1:]

    def _over(self, table: type[Table], what: str, rows: list[pa.Table]) -> Any:
        name = f"sample__{table.name}__{what}"
        self.used[table.name] = ()
        if not rows:
            return self._engine.empty(name, schema(table))
        typed = self._engine.rows(name, pa.concat_tables(rows))
        return typed.cast(schema(table))


def schema(table: type[Table]) -> dict[str, str]:
    """Return the Ibis types of a table's columns."""
    return {name: _type(column) for name, column in table.columns.items()}


def _first(period: Period) -> date:
    return period.first


def _type(column: Column) -> str:
    if isinstance(column, NumberColumn):
        return f"decimal(18, {column.places})"
    return TYPES[column.stored]


def _sql(kind: str) -> str:
    return {"int64": "BIGINT", "string": "VARCHAR"}.get(kind, kind.upper())
