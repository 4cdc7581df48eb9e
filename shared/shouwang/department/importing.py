"""One file of one period: read, check as a table, leave bad rows out by name, stage the good ones as Parquet.

Runs in the worker, chunk by chunk: memory does not grow with the rows. Staging changes nothing that others
read; `Lake.publish` puts the staged file in place.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shouwang.department.columns import IdNumberColumn, MoneyColumn
from shouwang.department.controls import unseen
from shouwang.department.correcting import Corrections, read_corrections
from shouwang.department.feeds import Period
from shouwang.department.lake import MARK, Lake
from shouwang.department.mapping import ColumnMapping
from shouwang.department.parsing import Parsed, Problem, Surroundings, clean, parse
from shouwang.department.pseudonymiser import Pseudonymiser
from shouwang.department.reading import bad
from shouwang.department.rejecting import KEPT, Rejected, whole_row
from shouwang.department.sheets import Chunk, Fault, Sheet, digest, open_sheet
from shouwang.department.staging import ROW, Draft, pseudonyms
from shouwang.department.table import Table

PERSONS_A_PART: Final = 5_000
READING, CHECKING, KEEPING = "reading", "checking", "keeping"
ARROW: Final[dict[str, pa.DataType]] = {
    "uuid": pa.string(),
    "date": pa.date32(),
    "int64": pa.int64(),
    "string": pa.string(),
    "bool": pa.bool_(),
}
OLD_FORMAT: Final = {
    "code": "errors_unseen",
    "text": "这种旧格式的工作簿分不出公式出错的格和空格；请核对，或另存为 xlsx 后重新导入。",
}
Send = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Staged:
    """A finished import that nobody sees yet: its file and its report."""

    path: Path
    report: dict[str, Any]


@dataclass(frozen=True)
class Door:
    """What an import needs besides the file. places: division codes known (None: any).

    mark: what else the file of the period says of itself (`lake.MARK`). send takes, as they come,
    {progress: {stage, percent, rows}}, {rejected: [whole rows]} and {persons: {pseudonym: ID number}}, these
    in the order of pseudonyms.
    """

    lake: Lake
    key: bytes
    send: Send
    places: pa.Array | None = None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    mark: Mapping[str, str] = field(default_factory=dict)


class Import:
    """One run over one file."""

    def __init__(self, table: type[Table], period: Period, door: Door) -> None:
        self._table, self._period, self._door = table, period, door
        self._around = Surroundings(period.last, door.places)
        self._persons = Pseudonymiser(door.key, period.last)
        self._rejected = Rejected(door.send)
        self._corrections = Corrections()
        self._rows = 0

    def stage(self, path: Path, corrections: Path | None = None) -> Staged:
        """Read the file and stage its good rows; BadRequest `import.…` when the file as a whole is wrong."""
        mark = digest(path) if path.is_file() else ""
        sheet = self._open(path)
        if corrections is not None:
            self._corrections = read_corrections(corrections, self._table, mark)
        written, staged = self._paths()
        self._write(sheet, written)
        draft = Draft(self._table, written)
        try:
            self._refuse_hopeless(path)
            accepted = self._finish(draft, staged, sheet, path, self._mark(mark))
        finally:
            draft.close()
        self._hand_over_persons(staged)
        return Staged(staged, self._report(mark, sheet, accepted))

    def _open(self, path: Path) -> Sheet:
        mapping = self._door.mapping
        return open_sheet(path, mapping.wanted(self._table), mapping.file)

    def _paths(self) -> tuple[Path, Path]:
        name = f"{self._table.name}-{self._period}-{uuid.uuid4().hex}"
        folder = self._door.lake.staging()
        return folder / f"{name}.draft", folder / f"{name}.parquet"

    def _write(self, sheet: Sheet, draft: Path) -> None:
        try:
            with pq.ParquetWriter(draft, self._schema()) as writer:
                for chunk in self._chunks(sheet):
                    self._rows += len(chunk.numbers)
                    writer.write_table(self._good(chunk, sheet))
                    self._progress(READING, sheet.share())
            self._corrections.require_all_used()
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def _chunks(self, sheet: Sheet) -> Iterator[Chunk]:
        return (self._corrections.put_into(chunk) for chunk in sheet.chunks())

    def _progress(self, stage: str, share: float) -> None:
        self._door.send({"progress": {"stage": stage, "percent": int(100 * share), "rows": self._rows}})

    def _schema(self) -> pa.Schema:
        columns = self._table.columns.items()
        return pa.schema([(name, arrow_type(column)) for name, column in columns] + [(ROW, pa.int64())])

    def _good(self, chunk: Chunk, sheet: Sheet) -> pa.Table:
        mapping = self._door.mapping
        cells = {label: mapping.applied(label, clean(values)) for label, values in chunk.cells.items()}
        parsed = {name: self._parse(name, cells) for name in self._table.columns}
        problems = [*unseen(chunk.cells), *(problem for one in parsed.values() for problem in one.problems)]
        problems += _of_rows(chunk)
        problems += self._cross_checks({name: one.values for name, one in parsed.items()})
        self._rejected.add(chunk, problems, sheet.place)
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
        if self._rows == 0 and not self._table.feed.may_be_empty:
            raise bad("empty", f"文件“{path.name}”只有表头，没有数据", _nothing_to_say(self._table))
        if self._rows and self._rejected.rows == self._rows:
            message = f"文件“{path.name}”的 {self._rows} 行全部不合格，原有数据未动"
            details = {"rejected": self._rejected.listed()[:20]}
            raise bad("nothing_accepted", message, "请核对是否选错了表。", details)

    def _mark(self, digest: str) -> dict[str, str]:
        own = {"digest": digest, "corrections": self._corrections.digest}
        return {**dict.fromkeys(MARK, ""), **self._door.mark, **own}

    def _finish(self, draft: Draft, staged: Path, sheet: Sheet, path: Path, mark: Mapping[str, str]) -> int:
        self._progress(CHECKING, 0.0)
        labels = "、".join(self._table.columns[name].label for name in self._table.unique)
        texts: dict[int, str] = {}
        for row, first in draft.doubles():
            text = f"与{_where(sheet.place(first))}重复（{labels}相同）"
            self._rejected.add_double(row, labels, text, sheet.place)
            if len(texts) < KEPT:
                texts[row] = text
        self._rejected.hand_over_doubles(self._again(path, texts))
        self._progress(CHECKING, 0.5)
        return draft.write(staged, mark)

    def _again(self, path: Path, texts: Mapping[int, str]) -> Iterator[dict[str, Any]]:
        """Read the file once more for the rows that turned out to be doubles."""
        if not texts:
            return
        sheet = self._open(path)
        for chunk in self._chunks(sheet):
            for at, number in enumerate(chunk.numbers):
                if number in texts:
                    yield whole_row(chunk, at, [texts[number]], sheet.place)

    def _hand_over_persons(self, staged: Path) -> None:
        for persons, share in self._persons.persons(pseudonyms(self._table, staged), PERSONS_A_PART):
            self._door.send({"persons": persons})
            self._progress(KEEPING, share)

    def _report(self, mark: str, sheet: Sheet, accepted: int) -> dict[str, Any]:
        return {
            "table": self._table.name,
            "period": str(self._period),
            "rows": self._rows,
            "accepted": accepted,
            "rejected_rows": self._rejected.rows,
            "rejected_kept": self._rejected.kept,
            "rejected": self._rejected.listed(),
            "corrected": len(self._corrections.used),
            "corrections": self._corrections.digest,
            "ignored": sheet.ignored,
            "sheets": sheet.read(),
            "warnings": [*([] if sheet.tells_errors() else [OLD_FORMAT]), *self._rejected.not_kept()],
            "digest": mark,
        }


def arrow_type(column: Any) -> pa.DataType:
    """Return the Arrow type of a column before it is written (pseudonyms are text until then)."""
    return pa.decimal128(18, column.places) if column.stored == "decimal" else ARROW[column.stored]


def _of_rows(chunk: Chunk) -> list[Problem]:
    """Return the faults of rows as problems, each with its mask."""
    rows: dict[Fault, set[int]] = {}
    for at, faults in chunk.faults.items():
        for fault in faults:
            rows.setdefault(fault, set()).add(at)
    places = range(len(chunk.numbers))
    masks = ((fault, pa.array([at in hit for at in places], pa.bool_())) for fault, hit in rows.items())
    return [Problem(mask, fault.label, fault.code, fault.text) for fault, mask in masks]


def _none_of(problems: Iterable[Problem], rows: int) -> pa.Array:
    masks = [pc.fill_null(problem.rows, False) for problem in problems]
    return pc.invert(reduce(pc.or_, masks, pa.array([False] * rows, pa.bool_())))


def _where(place: Mapping[str, Any]) -> str:
    sheet = f"工作表“{place['sheet']}”" if "sheet" in place else ""
    return f"{sheet}第 {place['row']} 行"


def _nothing_to_say(table: type[Table]) -> str:
    return (
        f"请检查导出是否成功。“{table.title}”每期都应有数据；"
        "本期确无发生的表，由插件在 feed 里写明 may_be_empty=True 后才能导入空表。"
    )
