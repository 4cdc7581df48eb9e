"""The snapshot kept in step with the documents. Runs in the worker process, reads only.

Every document says when it was last saved, so that only what changed since is read: households, and those
whose income book was saved. A village without a file, or with many changes, is read whole. Killed in between,
it goes on: a village is replaced by one rename, and the mark moves on last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from services.monitoring.domain.portrait.row import BOOK_YEARS, READ, Row, row_of
from services.monitoring.store import Store
from services.monitoring.store.snapshot import TOWN_DIGITS, SnapshotFiles, in_batches

MARGIN: Final = timedelta(minutes=10)
"""Clocks of several processes differ, and a save takes its time."""
AT_ONCE: Final = 16
WHOLE_FROM: Final = 4
"""From every fourth household on, a village is read whole."""
ANEW: Final = -1
"""Instead of a version: the household's book was saved, so its row is read again."""
READING: Final = (*READ, "ended", "v")
Json = dict[str, Any]
Versions = dict[str, int]
Progress = Callable[[int, int], None]


class Keeper:
    """Brings the files of a region in line with its documents."""

    def __init__(self, store: Store, files: SnapshotFiles) -> None:
        self._store, self._files = store, files
        self._years = range(0)

    def refresh(self, region: str, now: str, progress: Progress, *, full: bool = False) -> Json:
        """Return {villages, households, full}: what was written. now: the store's time; full: everything."""
        villages, self._years = set(self._store.villages_in(region)), years_to(now)
        known = set() if full else self._known(villages)
        changed = self._changed(region, known) if known else {}
        wanted = sorted({*changed, *(villages - known)})
        written = [0, 0]
        for done, village in enumerate(wanted, 1):
            households = self._village(village, changed.get(village, {}), full=village not in known)
            written = [written[0] + (households > 0), written[1] + households]
            progress(done, len(wanted))
        if len(region) <= TOWN_DIGITS:
            self._files.mark({village[:TOWN_DIGITS] for village in villages}, now)
        return {"villages": written[0], "households": written[1], "full": not known}

    def _known(self, villages: set[str]) -> set[str]:
        """Return the villages that have a file, in towns whose changes were followed so far."""
        marks = self._files.marks()
        return {one for one in villages if one[:TOWN_DIGITS] in marks and self._files.has(one)}

    def verify(self, region: str, now: str, sample: int, seed: str) -> Json:
        """Compare so many households (0: all) with their documents, whose history is checked."""
        self._years = years_to(now)
        ids = self._files.table(region)["household"].to_pylist()
        chosen = set(Random(seed).sample(ids, min(sample, len(ids))) if sample else ids)
        villages = {id.partition("-")[0] for id in chosen}
        differing = [id for village in sorted(villages) for id in self._differing(village, chosen)]
        missing = [] if sample else sorted(set(self._ids(region)) - set(ids))
        return {"rows": len(ids), "checked": len(chosen), "differing": differing, "missing": missing}

    def _differing(self, village: str, chosen: set[str]) -> Iterator[str]:
        """Yield those of a village that are others than their documents say."""
        table = self._files.read(village)
        rows = {row["household"]: row for row in table.to_pylist()} if table is not None else {}
        wanted = sorted(chosen & set(rows))
        stored = {id: row for part in in_batches(wanted, AT_ONCE) for id, row in self._checked(part)}
        yield from (id for id in wanted if stored.get(id) != rows[id])

    def _changed(self, region: str, known: set[str]) -> dict[str, Versions]:
        """Return the households of these villages that were saved since their towns were last read."""
        marks = self._files.marks()
        since = min(marks[village[:TOWN_DIGITS]] for village in known)
        found: dict[str, Versions] = {}
        for one in self._store.households.rows(["v"], {"at": {"$gte": _before(since)}}, region=region):
            found.setdefault(one["region"], {})[one["id"]] = one["v"]
        for one in self._store.income_books.rows(
            ["household"], {"at": {"$gte": _before(since)}}, region=region
        ):
            found.setdefault(one["region"], {})[one["household"]] = ANEW
        return found

    def _village(self, village: str, changed: Versions, *, full: bool) -> int:
        """Write a village; return how many of its rows were read anew."""
        before = None if full else self._files.read(village)
        if before is None:
            return self._write(village, {}, self._whole(village))
        known = {row["household"]: row for row in before.to_pylist()}
        newer = [id for id, version in changed.items() if _version(known.get(id)) != version]
        if len(newer) * WHOLE_FROM > len(known):
            return self._write(village, {}, self._whole(village))
        kept = {id: row for id, row in known.items() if id not in newer}
        return self._write(village, kept, self._some(newer)) if newer else 0

    def _write(self, village: str, known: Mapping[str, Row], read: Iterator[Row]) -> int:
        new = {row["household"]: row for row in read}
        rows = {**known, **new}
        if rows:
            self._files.write(village, [rows[id] for id in sorted(rows)])
        else:
            self._files.remove(village)
        return len(new)

    def _whole(self, village: str) -> Iterator[Row]:
        books = self._store.figures_of_village(village, self._years)
        yield from _rows(self._store.households.rows(READING, region=village), books)

    def _some(self, ids: list[str]) -> Iterator[Row]:
        for part in in_batches(ids, AT_ONCE):
            read = self._store.households.rows(READING, {"_id": {"$in": list(part)}})
            yield from _rows(read, self._store.figures_of(part, self._years))

    def _checked(self, ids: Sequence[str]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of households whose whole document, with its history, was opened."""
        books = self._store.figures_of(ids, self._years)
        for agg in self._store.households.find({"_id": {"$in": list(ids)}}, limit=len(ids)):
            if agg.state["ended"] is None:
                yield agg.id, row_of(agg.id, agg.region, agg.version, agg.state, books.get(agg.id, {}))

    def _ids(self, region: str) -> Iterator[str]:
        return (
            one["id"]
            for village in self._store.villages_in(region)
            for one in self._store.households.rows(["ended"], region=village)
            if one["ended"] is None
        )


def years_to(now: str) -> range:
    """Return the years whose books are read: what is older can be used by no policy."""
    year = int(now[:4])
    return range(year - BOOK_YEARS + 1, year + 1)


def _rows(read: Iterable[Json], books: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the row of each household that is still registered."""
    for one in read:
        if one["ended"] is None:
            yield row_of(one["id"], one["region"], one["v"], one, books.get(one["id"], {}))


def _version(row: Row | None) -> int:
    return 0 if row is None else int(row["version"])


def _before(at: str) -> str:
    return (datetime.fromisoformat(at) - MARGIN).isoformat(timespec="milliseconds")
