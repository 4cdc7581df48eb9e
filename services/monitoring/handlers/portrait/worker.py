"""The worker process of monitoring: `python -m services.monitoring.handlers.portrait.worker <fd>`.

Holds the table engine, so that neither a long computation nor a crash touches the service. It opens the
service's own database to read, never to write: what came of it goes back to the service, which saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from shouwang.children.serving import Send, run
from shouwang.clock import SystemClock
from shouwang.policy import CountyFigures, policy_of
from shouwang.store import Database, KeyRing

from services.monitoring.domain.portrait.columns import SCHEMA
from services.monitoring.handlers.portrait.keeping import Keeper
from services.monitoring.handlers.portrait.tables import Tables
from services.monitoring.store import Store
from services.monitoring.store.snapshot import SnapshotFiles

Json = dict[str, Any]
OWNER: Final = "monitoring"


class Worker:
    """One snapshot and its tables. Public methods are what can be asked (see `ASKABLE`)."""

    def __init__(
        self,
        uri: str,
        database: str,
        keys: str,
        folder: str,
        policy: str,
        figures: Mapping[str, str] | None = None,
    ) -> None:
        ring = KeyRing.from_dir(keys)
        store = Store(Database(uri, database, ring, SystemClock()))
        self._files = SnapshotFiles(Path(folder), ring, SCHEMA)
        self._keeper, self._tables = Keeper(store, self._files), Tables(store, self._files)
        county = CountyFigures.from_dict(figures) if figures else None
        self._policy = policy_of(OWNER, [Path(policy)], county)

    def refresh(self, send: Send, region: str, now: str, full: bool) -> Json:
        """Bring the snapshot of a region up to date. Parts: {done, of} villages."""
        return self._keeper.refresh(region, now, lambda done, of: send({"done": done, "of": of}), full=full)

    def status(self, send: Send, region: str) -> Json:
        """Return {villages, households, seen} of the snapshot of a region."""
        del send
        rows, villages = self._files.table(region).num_rows, len(self._files.villages(region))
        return {"villages": villages, "households": rows, "seen": self._files.seen(region)}

    def verify(self, send: Send, region: str, now: str, sample: int, seed: str) -> Json:
        """Compare the snapshot with the documents."""
        del send
        return self._keeper.verify(region, now, sample, seed)

    def standings(self, send: Send, region: str, on: str) -> Json:
        """Recompute every household of a region. Parts: villages whose standings are others than kept."""
        sent = 0
        for village in self._tables.standings(region, self._view(region, on)):
            send(village)
            sent += 1
        return {"households": self._files.table(region).num_rows, "villages": sent}

    def what_if(
        self, send: Send, region: str, on: str, parameters: Mapping[str, Any], rules: Mapping[str, int]
    ) -> Json:
        """Return {seen, groups}: households by what is said of them now and would be said."""
        del send
        compared = self._compared(region, on, parameters, rules)
        return {"seen": self._files.seen(region), "groups": self._tables.counted(compared)}

    def who(
        self,
        send: Send,
        region: str,
        on: str,
        parameters: Mapping[str, Any],
        rules: Mapping[str, int],
        which: str,
        after: str,
        limit: int,
    ) -> list[Json]:
        """Return a page of the households that would enter or leave."""
        del send
        return self._tables.listed(self._compared(region, on, parameters, rules), which, after, limit)

    def _compared(self, region: str, on: str, parameters: Mapping[str, Any], rules: Mapping[str, int]) -> Any:
        day = date.fromisoformat(on)
        supposed = self._policy.overlay(parameters).at(day, region)
        return self._tables.compared(region, self._policy.at(day, region), supposed, rules)

    def _view(self, region: str, on: str) -> Any:
        return self._policy.at(date.fromisoformat(on), region)


ASKABLE: Final = ("refresh", "status", "verify", "standings", "what_if", "who")


if __name__ == "__main__":
    run(Worker, ASKABLE, "snapshot")
