"""The process that imports, green as a service's: monitoring's own call on the store, and the bare peer.

`python -m deploy.bench.importer FOLDER MONGO_URI` takes lines {"do": "ours" | "peer"}, answers in households
a second. Each time a fresh database is filled.
"""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all

# isort: split
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from shouwang.access import Actor
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.cli.roster_file import RosterFile, read_roster
from shouwang.clock import SimulatedClock
from shouwang.sealing import seal
from shouwang.service.assembly import Site, assemble
from shouwang.service.dispatch import answer_call
from shouwang.service.keyfiles import issuer_of
from shouwang.service.runtime import Runtime
from shouwang.store import Database, ReadLog
from shouwang.telemetry import configure

from deploy.bench.processes import say_ready
from deploy.bench.work import REGION
from services.monitoring.service import Monitoring
from services.monitoring.store import Store

AS_OF: Final = date(2021, 6, 1)
TOKEN_SECONDS: Final = 3600
Json = dict[str, Any]


class Importer:
    """The rosters of a town, read and sealed beforehand, to be imported again and again."""

    def __init__(self, folder: Path, mongo_uri: str) -> None:
        issuer = issuer_of(folder / "keys")
        clock = SimulatedClock(AS_OF)
        site = Site("amqp://unused", mongo_uri, folder, folder / "keys", REGION, clock, issuer)
        self._runtime = assemble(Monitoring, site)
        officer = Actor("bench", "bench", "county", REGION, (COUNTY_OFFICER,))
        self._data = {"token": issuer.issue(officer, TOKEN_SECONDS)}
        rosters = [read_roster(path) for path in sorted((folder / "town" / "roster").glob("*.xlsx"))]
        self._requests = [request for one in rosters for request in self._sealed(one)]
        self._round = 0
        self._documents: list[Json] = []

    def ours(self) -> float:
        """Make every call of the import, with token, schemas, validation, encryption and history."""
        runtime = self._fresh("ours")
        started = perf_counter()
        reports = [self._call(runtime, request) for request in self._requests]
        taken = perf_counter() - started
        households = sum(report["households"] for report in reports)
        self._documents = list(runtime.db.collection("households").find({}))
        if len(self._documents) != households:
            raise ValueError(f"{households} households were reported, {len(self._documents)} are stored")
        return households / taken

    def peer(self) -> float:
        """Insert the very same documents with pymongo, into an empty collection with the same indexes."""
        collection = self._fresh("peer").db.collection("households")
        started = perf_counter()
        collection.insert_many(self._documents)
        return len(self._documents) / (perf_counter() - started)

    def _fresh(self, name: str) -> Runtime:
        self._round += 1
        base = self._runtime
        db = Database(base.db.uri, f"{name}_{self._round}", base.keys, base.clock)
        runtime = replace(base, db=db, store=Store(db), reads=ReadLog(db))
        db.ensure_indexes()
        return runtime

    def _call(self, runtime: Runtime, request: Json) -> Json:
        report: Json = answer_call(runtime, runtime.entries["import_roster"], request, self._data)
        return report

    def _sealed(self, roster: RosterFile) -> Sequence[Json]:
        batches = roster.batches()
        common = {"village": roster.village, "file": roster.path.name, "digest": roster.digest}
        common |= {"batches": len(batches), "as_of": AS_OF.isoformat()}
        key = self._runtime.keys.sealing.public
        return [
            {**common, "batch": number, "sealed": seal(key, rows)} for number, rows in enumerate(batches, 1)
        ]


def main(folder: Path, mongo_uri: str) -> None:
    """Do what each line asks for, until there are no more."""
    configure("importer")
    importer = Importer(folder, mongo_uri)
    say_ready()
    for line in sys.stdin:
        print(json.dumps(getattr(importer, json.loads(line)["do"])()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
