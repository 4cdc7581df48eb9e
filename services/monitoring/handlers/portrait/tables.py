"""What is computed for many households at once, on the snapshot. Runs in the worker process, reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

import ibis
import pyarrow as pa
from shouwang.policy import View

from services.monitoring.domain.portrait import standings
from services.monitoring.domain.portrait.columns import judged_columns
from services.monitoring.store import Store
from services.monitoring.store.snapshot import SnapshotFiles

MEMORY: Final = "512MB"
THREADS: Final = 2
AT_ONCE: Final = 5_000
ROWS: Final = "rows"
BOTH: Final = ("household", "village", "status", "category", "duty", "class")
Json = dict[str, Any]
Versions = Mapping[str, int]


class Tables:
    """The rows of a region as Ibis tables on an embedded DuckDB."""

    def __init__(self, store: Store, files: SnapshotFiles) -> None:
        self._store, self._files = store, files
        self._duck = ibis.duckdb.connect(memory_limit=MEMORY, threads=THREADS)

    def rows(self, region: str) -> Any:
        """Return the rows of a region."""
        self._duck.con.register(ROWS, self._files.table(region))
        return self._duck.table(ROWS)

    def judged(self, region: str, view: View, versions: Versions) -> pa.Table:
        """Return what the rules say of every household of a region."""
        return self._duck.to_pyarrow(judged_columns(self.rows(region), view, versions))

    def standings(self, region: str, view: View) -> Iterator[Json]:
        """Yield each village whose standings differ from those kept.

        {village, households: {number: standing}, changes: {number: {before, after, row}}}.
        """
        for village, group in groupby(self._in_order(region, view), key=lambda one: str(one["village"])):
            told = self._village(village, {number_of(one["household"]): one for one in group}, view)
            if told:
                yield told

    def _in_order(self, region: str, view: View) -> Iterator[Json]:
        """Yield by number; only a few thousand are Python objects at a time."""
        found = self.judged(region, view, {}).sort_by("household")
        for batch in found.to_batches(max_chunksize=AT_ONCE):
            yield from batch.to_pylist()

    def _village(self, village: str, found: Mapping[str, Json], view: View) -> Json | None:
        kept = self._store.standing_of(village)
        before = kept.state["households"] if kept else {}
        after = standings.renewed(before, found, view.on.isoformat())
        if after == before:
            return None
        changed = standings.changed(before, after)
        rows = self._rows_of(village, set(changed))
        changes = {
            number: {"before": before.get(number), "after": after.get(number), "row": rows.get(number)}
            for number in changed
        }
        return {"village": village, "households": after, "changes": changes}

    def _rows_of(self, village: str, numbers: set[str]) -> dict[str, Json]:
        table = self._files.read(village) if numbers else None
        rows = table.to_pylist() if table is not None else []
        return {number: row for row in rows if (number := number_of(row["household"])) in numbers}

    def compared(self, region: str, now: View, supposed: View, versions: Versions) -> Any:
        """Return every household of a region with what the rules say now and would say (`…_if`)."""
        rows = self.rows(region)
        before = judged_columns(rows, now).select(*BOTH)
        after = judged_columns(rows, supposed, versions).select("household", *BOTH[3:])
        renamed = after.rename({f"{name}_if": name for name in BOTH[3:]})
        return before.join(renamed, "household")

    def counted(self, compared: Any) -> list[Json]:
        """Return the groups of `compared` with their number of households, by village."""
        keys = ["village", "status", *BOTH[3:], *(f"{name}_if" for name in BOTH[3:])]
        grouped = compared.group_by(keys).aggregate(households=compared.count())
        found: list[Json] = self._duck.to_pyarrow(grouped.order_by(keys)).to_pylist()
        return found

    def listed(self, compared: Any, which: str, after: str, limit: int) -> list[Json]:
        """Return who would enter or leave, in the order of numbers, from behind `after` on."""
        outside = ("none", "unknown")
        was, would = ~compared.category.isin(outside), ~compared.category_if.isin(outside)
        wanted = would & ~was if which == "enter" else was & ~would
        chosen = compared.filter(wanted, compared.household > after).order_by("household").limit(limit)
        found: list[Json] = self._duck.to_pyarrow(
            chosen.select("household", "category", "category_if", "status")
        ).to_pylist()
        return found


def number_of(household: str) -> str:
    """Return the number of a household within its village."""
    return household.partition("-")[2]
