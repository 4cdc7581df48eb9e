"""One file of one period: read, check as a table, leave bad rows out by name, stage the good ones as Parquet.

Runs in the worker. Staging changes nothing that others read; `Lake.publish` puts the staged file in place.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shouwang.department.columns import IdNumberColumn, MoneyColumn
from shouwang.department.feeds import Period
from shouwang.department.lake import Lake
from shouwang.department.parsing import Parsed, Problem, Surroundings, clean, parse
from shouwang.department.pseudonymiser import Pseudonymiser
from shouwang.department.sheets import Chunk, digest, open_sheet
from shouwang.department.table import Table
from shouwang.errors import BadRequest

ROW: Final = "_row"
DUCKDB: Final[dict[str, Any]] = {"memory_limit": "512MB", "threads": 2}
LISTED: Final = 500  # problems in a report; `rejected_rows` counts all of them
ARROW: Final[dict[str, pa.DataType]] = {
    "uuid": pa.string(),
    "date": pa.date32(),
    "int64": pa.int64(),
    "string": pa.string(),
    "bool": pa.bool_(),
}


@dataclass
class Rejected:
    """Refused rows: row, heading, problem. Cells are not copied: whoever corrects them has the file."""

    problems: list[dict[str, Any]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def add(self, chunk: Chunk, problem: Problem) -> None:
        """Note a problem for every row of its mask; one problem for each row and heading."""
        hits = pc.indices_nonzero(pc.fill_null(problem.rows, False)).to_pylist()
        for at in hits:
            self._note(chunk, at, problem)

    def _note(self, chunk: Chunk, at: int, problem: Problem) -> None:
        row = chunk.numbers[at]
        if (row, problem.label) in self._seen:
            return
        self._seen.add((row, problem.label))
        self.problems.append(
            {"row": row, "column": problem.label, "problem": problem.text, "code": problem.code}
        )
        self.rows.add(row)


@dataclass(frozen=True)
class Staged:
    """A finished import that nobody sees yet: its file, its report, its persons."""

    path: Path
    report: dict[str, Any]
    persons: dict[str, str]


class Import:
    """One run over one file."""

    def __init__(
        self, table: type[Table], period: Period, lake: Lake, key: bytes, places: pa.Array | None
    ) -> None:
        self._table, self._period, self._lake = table, period, lake
        self._around = Surroundings(period.last, places)
        self._persons = Pseudonymiser(key, period.last)
        self._rejected = Rejected()
        self._rows = 0

    def stage(self, path: Path) -> Staged:
        """Read the file and stage its good rows; BadRequest `import.…` when the file as a whole is wrong."""
        sheet = open_sheet(path, self._headings())
        draft, staged = self._paths()
        try:
            self._write(sheet.chunks(), draft)
            self._refuse_hopeless(path)
            accepted = self._finish(draft, staged)
            persons = self._persons.persons(self._pseudonyms(staged))
        finally:
            draft.unlink(missing_ok=True)
        return Staged(staged, self._report(path, sheet.ignored, accepted), persons)

    def _headings(self) -> dict[str, tuple[str, ...]]:
        columns = self._table.columns.values()
        return {label: column.headings(label) for column in columns for label in column.labels}

    def _paths(self) -> tuple[Path, Path]:
        name = f"{self._table.name}-{self._period}-{uuid.uuid4().hex}"
        folder = self._lake.staging()
        return folder / f"{name}.draft", folder / f"{name}.parquet"

    def _write(self, chunks: Iterator[Chunk], draft: Path) -> None:
        with pq.ParquetWriter(draft, self._schema()) as writer:
            for chunk in chunks:
                self._rows += len(chunk.numbers)
                writer.write_table(self._good(chunk))

    def _schema(self) -> pa.Schema:
        columns = self._table.columns.items()
        return pa.schema([(name, arrow_type(column)) for name, column in columns] + [(ROW, pa.int64())])

    def _good(self, chunk: Chunk) -> pa.Table:
        cells = {label: clean(values) for label, values in chunk.cells.items()}
        parsed = {name: self._parse(name, cells) for name in self._table.columns}
        problems = [problem for one in parsed.values() for problem in one.problems]
        problems += self._cross_checks({name: one.values for name, one in parsed.items()})
        for problem in problems:
            self._rejected.add(chunk, problem)
        arrays = {**{name: one.values for name, one in parsed.items()}, ROW: pa.array(chunk.numbers)}
        good = pa.table(arrays).filter(_none_of(problems, len(chunk.numbers)))
        return good.cast(self._schema())

    def _parse(self, name: str, cells: Mapping[str, pa.Array]) -> Parsed:
        column = self._table.columns[name]
        if isinstance(column, IdNumberColumn):
            return self._persons.parse(column, cells[column.label])
        return parse(column, cells, self._around)

    def _cross_checks(self, values: Mapping[str, pa.Array]) -> list[Problem]:
        bounded = [
            column
            for column in self._table.columns.values()
            if isinstance(column, MoneyColumn) and column.sum_at_most
        ]
        return [self._exceeds(column, values) for column in bounded]

    def _exceeds(self, column: MoneyColumn, values: Mapping[str, pa.Array]) -> Problem:
        limit = self._table.columns[column.sum_at_most]
        text = f"“{'＋'.join(column.labels)}”超过“{limit.label}”"
        over = pc.greater(values[column.name], values[limit.name])
        return Problem(over, column.label, "money.exceeds", text)

    def _refuse_hopeless(self, path: Path) -> None:
        if self._rows == 0:
            raise _bad("empty", f"文件“{path.name}”只有表头，没有数据", "请检查导出是否成功。", [])
        if len(self._rejected.rows) == self._rows:
            message = f"文件“{path.name}”的 {self._rows} 行全部不合格，原有数据未动"
            raise _bad("nothing_accepted", message, "请核对是否选错了表。", self._rejected.problems[:20])

    def _finish(self, draft: Path, staged: Path) -> int:
        named = ", ".join(f"{name}::UUID AS {name}" for name in self._table.person_columns())
        persons, order = f"REPLACE ({named})" if named else "", self._table.order()
        with duckdb.connect(config=DUCKDB) as db:
            source = f"read_parquet('{draft}')"
            twice = self._twice(db, source)
            db.execute(
                f"COPY (SELECT * EXCLUDE ({ROW}) {persons} FROM {source}"
                f" WHERE {ROW} NOT IN (SELECT unnest(?::BIGINT[])) ORDER BY {order}, {ROW})"
                f" TO '{staged}' (FORMAT parquet, COMPRESSION zstd)",
                [twice],
            )
        return int(pq.read_metadata(staged).num_rows)

    def _twice(self, db: duckdb.DuckDBPyConnection, source: str) -> list[int]:
        if not self._table.unique:
            return []
        key = ", ".join(self._table.unique)
        found = db.execute(
            f"SELECT {ROW}, first({ROW}) OVER w FROM {source}"
            f" WINDOW w AS (PARTITION BY {key} ORDER BY {ROW}) QUALIFY row_number() OVER w > 1 ORDER BY {ROW}"
        ).fetchall()
        labels = "、".join(self._table.columns[name].label for name in self._table.unique)
        for row, first in found:
            self._rejected.rows.add(row)
            text = f"与第 {first} 行重复（{labels}相同）"
            self._rejected.problems.append(
                {"row": row, "column": labels, "problem": text, "code": "row.duplicate"}
            )
        return [row for row, _ in found]

    def _pseudonyms(self, staged: Path) -> pa.Array:
        columns = self._table.person_columns()
        if not columns:
            return pa.array([], pa.string())
        read = pq.read_table(staged, columns=columns)
        return pa.concat_arrays([_as_text(chunk) for name in columns for chunk in read.column(name).chunks])

    def _report(self, path: Path, ignored: list[str], accepted: int) -> dict[str, Any]:
        problems = sorted(self._rejected.problems, key=lambda problem: problem["row"])
        return {
            "table": self._table.name,
            "period": str(self._period),
            "rows": self._rows,
            "accepted": accepted,
            "rejected_rows": len(self._rejected.rows),
            "rejected": problems[:LISTED],
            "ignored": ignored,
            "digest": digest(path),
        }


def arrow_type(column: Any) -> pa.DataType:
    """Return the Arrow type of a column before it is written (pseudonyms are text until then)."""
    return pa.decimal128(18, column.places) if column.stored == "decimal" else ARROW[column.stored]


def _none_of(problems: list[Problem], rows: int) -> pa.Array:
    masks = [pc.fill_null(problem.rows, False) for problem in problems]
    return pc.invert(reduce(pc.or_, masks, pa.array([False] * rows, pa.bool_())))


def _as_text(pseudonyms: pa.Array) -> pa.Array:
    storage = pseudonyms.storage if isinstance(pseudonyms, pa.ExtensionArray) else pseudonyms
    if storage.type == pa.string():
        return storage
    return pa.array([str(uuid.UUID(bytes=raw)) for raw in storage.to_pylist() if raw is not None])


def _bad(code: str, message: str, remedy: str, rejected: list[dict[str, Any]]) -> BadRequest:
    return BadRequest(
        f"{message}。",
        code=f"import.{code}",
        remedy=remedy,
        details={"rejected": rejected} if rejected else {},
    )
