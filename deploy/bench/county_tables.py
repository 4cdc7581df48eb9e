"""The process that computes on the snapshot: our rules over columns, and hand-written SQL doing the same.

`python -m deploy.bench.county_tables FOLDER KEYS` takes lines {"do": "ours" | "peer"}, answers in seconds.
Both read the very same rows, held in memory and repeated until they are a large county's; the first answers
are compared, so that neither is fast by being wrong.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import ibis
import pyarrow as pa
from shouwang.policy import Policy
from shouwang.store import KeyRing

from deploy.bench.processes import say_ready
from deploy.bench.roster_rows import COUNTY
from services.monitoring.domain.portrait.columns import SCHEMA, judged_columns
from services.monitoring.store.snapshot import SnapshotFiles

ON: Final = date(2021, 9, 1)
POLICY: Final = "services/monitoring/policy"
ROWS_AT_LEAST: Final = 300_000
USABLE_FROM: Final = "2021-02-28"

SQL: Final = """
WITH income AS (
  SELECT *, wages + business + property + transfers - business_costs AS a33,
         (len(risks) > 0) OR housing OR school OR water OR insurance AS danger,
         CASE WHEN list_has_any(labour, ['ordinary', 'skilled', 'weak']) THEN true
              WHEN len(list_filter(labour, x -> x IS NULL)) > 0 THEN NULL ELSE false END AS able
  FROM rows WHERE window_end >= $usable),
heads AS (
  SELECT *, round(a33::DECIMAL(18, 1) / size)::BIGINT AS a34,
         round((a33 + claims - own_payments)::DECIMAL(18, 1) / size)::BIGINT AS a38 FROM income)
SELECT household, a34, a38,
  CASE WHEN a34 > $line THEN
         CASE ((a38 <= $line) OR difficulty) AND danger
              WHEN true THEN 'sudden_hardship' WHEN false THEN 'none' ELSE 'unknown' END
       ELSE CASE (a34 <= $line) AND danger AND (CASE WHEN kind IS NOT NULL OR NOT danger THEN true END)
              WHEN true THEN CASE kind WHEN 'ex_poor' THEN 'unstable_ex_poor' ELSE 'marginal' END
              WHEN false THEN 'none' ELSE 'unknown' END END AS category,
  CASE WHEN kind IS NULL THEN 'unknown' WHEN kind <> 'ex_poor' THEN 'none' ELSE
    CASE NOT able AND (destitute OR minimum_living) WHEN true THEN 'protected' WHEN false THEN
      CASE status = 'monitored' OR danger OR a34 <= $line OR a38 <= $line OR NOT able
        WHEN true THEN 'key_monitored'
        WHEN false THEN CASE a34 >= $high WHEN true THEN 'high_quality' WHEN false THEN 'stable'
          ELSE 'unknown' END ELSE 'unknown' END ELSE 'unknown' END END AS class
FROM heads"""


class CountyTables:
    """The rows of the county on one embedded DuckDB, as the worker holds them."""

    def __init__(self, folder: Path, keys: Path) -> None:
        files = SnapshotFiles(folder, KeyRing.from_dir(keys), SCHEMA)
        self._duck = ibis.duckdb.connect(threads=2)
        rows = files.table(COUNTY)
        self._duck.con.register("rows", pa.concat_tables([rows] * -(-ROWS_AT_LEAST // rows.num_rows)))
        self._view = Policy.load([POLICY]).at(ON, COUNTY)
        self._compare()

    def ours(self) -> float:
        """Compute income, category, duty and class of everybody by the suite's rules."""
        started = perf_counter()
        self._ours()
        return perf_counter() - started

    def peer(self) -> float:
        """The same, all but the duty, by one query written by hand."""
        started = perf_counter()
        self._peer()
        return perf_counter() - started

    def _ours(self) -> pa.Table:
        return self._duck.to_pyarrow(judged_columns(self._duck.table("rows"), self._view))

    def _peer(self) -> pa.Table:
        given = {"line": self._view.monitoring_line, "high": self._view.class_high_line}
        return self._duck.con.execute(SQL, {**given, "usable": USABLE_FROM}).to_arrow_table()

    def _compare(self) -> None:
        names = ["household", "a34", "a38", "category", "class"]
        tables = (self._ours(), self._peer())
        ours, peer = (one.select(names).sort_by("household").to_pylist() for one in tables)
        if ours != peer or not ours:
            raise ValueError("the rules over columns and the query written by hand differ")


def main(folder: Path, keys: Path) -> None:
    """Do what each line asks for, until there are no more."""
    tables: Any = CountyTables(folder, keys)
    say_ready()
    for line in sys.stdin:
        print(json.dumps(getattr(tables, json.loads(line)["do"])()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
