"""Every screening rule of a department over its lake, on Spark: the hits that its worker would send.

Written are pseudonyms and decisions, nothing that names a person: the department's own service turns them
into sealed clues, as it does with its worker's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq
from shouwang.department.expressions import LakeSource
from shouwang.department.hits import unpacked
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.department.running import screened
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.periods import Month

ANSWERS: Final = "rules.json"
COLUMNS: Final = ("rule", "risk", "period", "person", "region", "decision")
Part = dict[str, Any]


def screen(
    plugin: Plugin,
    lake: Path,
    month: Month,
    region: str,
    out: Path,
    form: str,
    master: str,
    settings: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Write the hits of a month into `out` and return what each rule answered, as the worker does."""
    if out.exists():
        message = f"文件夹 {out} 已存在，不覆盖。"
        raise BadRequest(message, code="spark.out", remedy="请换一个，或先移走。")
    engine = _engine(master, settings)
    out.mkdir(parents=True)
    with FORMS[form](out) as hits:
        answers = run(plugin, engine, Lake(lake), month, region, lambda part: hits.write(unpacked(part)))
    text = json.dumps(answers, ensure_ascii=False, indent=2)
    (out / ANSWERS).write_text(f"{text}\n", encoding="utf-8")
    return answers


def run(
    plugin: Plugin, engine: Any, lake: Lake, month: Month, region: str, send: Callable[[Part], None]
) -> list[dict[str, Any]]:
    """Run every rule on an engine; returns an answer a rule."""
    view = plugin.policy.at(month.last, region)
    return [
        screened(plugin, rule, engine, LakeSource(engine, lake, month.last, month), view, send)
        for rule in plugin.rules.values()
    ]


def _engine(master: str, settings: Mapping[str, str]) -> Any:
    try:
        from shouwang.department.spark import Spark, session  # noqa: PLC0415 (an optional dependency)
    except ModuleNotFoundError as error:
        remedy = "请运行 make spark（依赖组 spark），并安装 Java 17 或更新。"
        raise ConfigurationError(f"没有安装 {error.name}。", code="spark.missing", remedy=remedy) from error
    return Spark(session(master, settings))


class ParquetHits(AbstractContextManager["ParquetHits"]):
    """One Parquet file, `hits.parquet`; the decision stands in it as JSON."""

    def __init__(self, out: Path) -> None:
        self._writer = pq.ParquetWriter(
            out / "hits.parquet", pa.schema([(name, pa.string()) for name in COLUMNS])
        )

    def write(self, part: Part) -> None:
        """Write the hits of a part."""
        rows = [{**row, "decision": json.dumps(row["decision"], ensure_ascii=False)} for row in _rows(part)]
        self._writer.write_table(pa.Table.from_pylist(rows, self._writer.schema))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()


class LineHits(AbstractContextManager["LineHits"]):
    """JSON lines, `hits.jsonl`, a line a hit."""

    def __init__(self, out: Path) -> None:
        self._file: TextIO = (out / "hits.jsonl").open("w", encoding="utf-8")

    def write(self, part: Part) -> None:
        """Write the hits of a part."""
        self._file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _rows(part))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


FORMS: Final[Mapping[str, Callable[[Path], ParquetHits | LineHits]]] = {
    "parquet": ParquetHits,
    "jsonl": LineHits,
}


def _rows(part: Part) -> list[dict[str, Any]]:
    named = {name: part[name] for name in ("rule", "risk", "period")}
    return [{**named, **hit} for hit in part["hits"]]
