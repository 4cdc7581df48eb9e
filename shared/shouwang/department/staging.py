"""From the draft of an import to the file of its period: doubles out, laid out by person, in DuckDB.

What it spills goes into the lake's own private folder and holds pseudonyms, never a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.department.table import Table

ROW: Final = "_row"
MEMORY: Final = "256MB"
TOGETHER: Final = 10_000


class Draft:
    """The good rows of an import, with their numbers, not yet in order."""

    def __init__(self, table: type[Table], file: Path) -> None:
        self._table, self._file = table, file
        config: dict[str, Any] = {"memory_limit": MEMORY, "threads": 2, "temp_directory": str(file.parent)}
        self._db = duckdb.connect(config=config)

    def doubles(self) -> Iterator[tuple[int, int]]:
        """Find rows whose key stands in an earlier row; yields (row, the first one with this key)."""
        self._db.execute("CREATE TEMP TABLE doubles (row BIGINT, first BIGINT)")
        if not self._table.unique:
            return
        key = ", ".join(map(_quoted, self._table.unique))
        self._db.execute(
            f"INSERT INTO doubles SELECT {ROW}, first({ROW}) OVER w FROM {self._source()}"
            f" WINDOW w AS (PARTITION BY {key} ORDER BY {ROW}) QUALIFY row_number() OVER w > 1"
        )
        found = self._db.execute("SELECT row, first FROM doubles ORDER BY row")
        while rows := found.fetchmany(TOGETHER):
            yield from rows

    def write(self, staged: Path, mark: Mapping[str, str]) -> int:
        """Write the file of the period without the doubles, with a mark; returns how many rows it has."""
        named = ", ".join(
            f"{_quoted(name)}::UUID AS {_quoted(name)}" for name in self._table.person_columns()
        )
        persons, order = f"REPLACE ({named})" if named else "", _quoted(self._table.order())
        self._db.execute(
            f"COPY (SELECT * EXCLUDE ({ROW}) {persons} FROM {self._source()}"
            f" WHERE {ROW} NOT IN (SELECT row FROM doubles) ORDER BY {order}, {ROW})"
            f" TO '{staged}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{_pairs(mark)}}})"
        )
        return int(pq.read_metadata(staged).num_rows)

    def close(self) -> None:
        """Let go of DuckDB and remove the draft."""
        self._db.close()
        self._file.unlink(missing_ok=True)

    def _source(self) -> str:
        return f"read_parquet('{self._file}')"


def _pairs(mark: Mapping[str, str]) -> str:
    quoted = {key: value.replace("'", "''") for key, value in mark.items()}
    return ", ".join(f"{key}: '{value}'" for key, value in quoted.items())


def _quoted(name: str) -> str:
    """Return a column as DuckDB reads it: a name such as `group` is a word of SQL too."""
    return f'"{name}"'


def pseudonyms(table: type[Table], staged: Path) -> Iterator[pa.Array]:
    """Yield the pseudonyms that stand in a file, 16 bytes each, batch by batch."""
    names = table.person_columns()
    if not names:
        return
    for batch in pq.ParquetFile(staged).iter_batches(columns=names):
        for column in batch.columns:
            storage = column.storage if isinstance(column, pa.ExtensionArray) else column
            yield storage.drop_null().unique()
