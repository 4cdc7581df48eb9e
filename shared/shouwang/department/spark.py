"""The same expressions on Spark, where the tables of a province outgrow one machine (deploy/spark).

PySpark is an optional dependency (group `spark`); only this module imports it. Everything in which Spark
differs from DuckDB is dealt with here and in the settings of the session, never in a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession

from shouwang.department.expressions import BATCH, Kinds
from shouwang.department.taking import Columns, columns_of_rows
from shouwang.errors import ConfigurationError

SETTINGS: Final[Mapping[str, str]] = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
}
"""ANSI: a sum that overflows is an error there too, not a wrong figure."""
LOCAL: Final[Mapping[str, str]] = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
TYPES: Final = {"int64": "bigint", "uuid": "binary"}
TEXT_OF_UUID: Final = (
    "lower(regexp_replace(hex(`{column}`), '(.{{8}})(.{{4}})(.{{4}})(.{{4}})(.{{12}})', '$1-$2-$3-$4-$5'))"
)


def session(master: str, settings: Mapping[str, str]) -> SparkSession:
    """Return a session; on this machine (`local…`) it listens on loopback only."""
    builder = SparkSession.builder.appName("shouwang").master(master)
    fixed = {**SETTINGS, **(LOCAL if master.startswith("local") else {}), **settings}
    for name, value in fixed.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Spark:
    """Spark as an engine of expressions. Pseudonyms are text in it, in the order that UUIDs have."""

    def __init__(self, session: SparkSession) -> None:
        self.session = session
        self.ibis = ibis.pyspark.connect(session)

    def files(self, name: str, files: Sequence[Path], kinds: Kinds) -> Any:
        """Return an expression over Parquet files; ConfigurationError when a declared column is not there."""
        for file in files:
            _complete(file, kinds)
        stored = ", ".join(f"`{column}` {_stored(kind)}" for column, kind in kinds.items())
        read = self.session.read.schema(stored).parquet(*[str(file) for file in files])
        return self._table(name, _persons_as_text(read, kinds))

    def rows(self, name: str, rows: pa.Table) -> Any:
        """Return an expression over rows in memory."""
        return self._table(name, self.session.createDataFrame(rows))

    def empty(self, name: str, kinds: Kinds) -> Any:
        """Return an expression without rows."""
        stored = ", ".join(f"`{column}` {_stored(kind)}" for column, kind in kinds.items())
        return self._table(name, _persons_as_text(self.session.createDataFrame([], stored), kinds))

    def columns(self, expression: Any, size: int = BATCH) -> Iterator[Columns]:
        """Run an expression and yield what it found; one partition at a time comes to the driver."""
        found = self.session.sql(self.ibis.compile(expression))
        rows = found.toLocalIterator(prefetchPartitions=True)
        while some := [row.asDict() for row in islice(rows, size)]:
            yield columns_of_rows(some)

    def _table(self, name: str, frame: DataFrame) -> Any:
        frame.createOrReplaceTempView(name)
        return self.ibis.table(name)


def _complete(file: Path, kinds: Kinds) -> None:
    """Refuse a file without a declared column: Spark would read it as empty."""
    missing = [column for column in kinds if column not in pq.read_schema(file).names]
    if missing:
        raise ConfigurationError(
            f"数据文件没有列：{'、'.join(missing)}。",
            code="department.columns",
            where=str(file),
            remedy="请按现在的表重新导入该时段。",
        )


def _persons_as_text(frame: DataFrame, kinds: Kinds) -> DataFrame:
    """Spark knows no UUID: it reads the sixteen bytes."""
    columns = [
        f"{TEXT_OF_UUID.format(column=column)} AS `{column}`" if kind == "uuid" else f"`{column}`"
        for column, kind in kinds.items()
    ]
    return frame.selectExpr(*columns)


def _stored(kind: str) -> str:
    return TYPES.get(kind, kind)
