"""The process that holds a county: imports it village by village, and answers what is asked of it then.

`python -m deploy.bench.registrar FOLDER MONGO_URI HOUSEHOLDS` takes lines {"do": name, …}. Everything goes
the way of a real call: token, role, schema, handler, store. Killed in between and started anew, it goes on: a
batch that was taken in before is answered the same and changes nothing.
"""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all

# isort: split
import hashlib
import json
import resource
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from shouwang.access import Actor
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.clock import SimulatedClock
from shouwang.sealing import seal
from shouwang.service.assembly import Site, assemble
from shouwang.service.dispatch import answer_call
from shouwang.service.keyfiles import issuer_of
from shouwang.store import Database
from shouwang.telemetry import configure

from deploy.bench.processes import say_ready
from deploy.bench.roster_rows import A_VILLAGE, COUNTY, SIZES, VillageRows, number_of_person, villages
from services.monitoring.handlers.portrait import office
from services.monitoring.service import Monitoring
from services.monitoring.store import Store

AS_OF: Final = date(2021, 6, 1)
TOKEN_SECONDS: Final = 100_000
KB_A_MB: Final = 1024
MS: Final = 1000.0
PAGE: Final = 30
Json = dict[str, Any]


class Registrar:
    """One county in one process of monitoring."""

    def __init__(self, folder: Path, mongo_uri: str, households: int) -> None:
        issuer = issuer_of(folder / "keys")
        self.clock = SimulatedClock(AS_OF)
        site = Site("amqp://unused", mongo_uri, folder, folder / "keys", COUNTY, self.clock, issuer)
        self.runtime = assemble(Monitoring, site)
        self.runtime.db.ensure_indexes()
        officer = Actor("bench", "bench", "county", COUNTY, (COUNTY_OFFICER,))
        self._data = {"token": issuer.issue(officer, TOKEN_SECONDS)}
        self.villages = villages(households)

    def take_in(self, first: int, last: int) -> Json:
        """Import villages first … last - 1; seconds count only what the service does."""
        done, taken, started = 0, 0.0, perf_counter()
        for village in self.villages[first:last]:
            households, seconds = self._village(village)
            done, taken = done + households, taken + seconds
        return {"households": done, "seconds": taken, "wall": perf_counter() - started, "rss_mb": peak_mb()}

    def seconds(self, method: str, **args: Any) -> float:
        """Make one call; return how long it took."""
        started = perf_counter()
        self.call(method, **args)
        return perf_counter() - started

    def next_day(self) -> None:
        """Let a day pass: what was saved before is then known to be in the snapshot."""
        self.clock.advance_to(self.clock.today() + timedelta(days=1))

    def reading(self, what: str, calls: int) -> Json:
        """Read so many times, each beside the bare operation; returns p50 and p95 in ms, and the bare p50."""
        work = getattr(Reading(self), what)
        pairs = [work() for _ in range(calls)]
        ours, bare = (sorted(column) for column in zip(*pairs, strict=True))
        at = {"p50": calls // 2, "p95": calls * 95 // 100}
        return {name: ours[place] * MS for name, place in at.items()} | {"bare": bare[calls // 2] * MS}

    def bare_insert(self, documents: int) -> float:
        """Insert so many of the stored documents as they are into a fresh collection, indexed the same."""
        repo, db = self.runtime.store.households, self.runtime.db
        village = self.villages[0].code
        copies = list(repo.collection.find({"region": village}).limit(documents))
        name = f"bare_{uuid4().hex[:8]}"
        fresh = Database(db.uri, name, self.runtime.keys, self.clock)
        Store(fresh)
        fresh.ensure_indexes()
        started = perf_counter()
        fresh.collection("households").insert_many(copies)
        return len(copies) / (perf_counter() - started)

    def stop_worker(self) -> None:
        """End the worker process."""
        office.close()

    def call(self, method: str, **args: Any) -> Any:
        """Make one call as a county officer, as it comes in over the bus."""
        return answer_call(self.runtime, self.runtime.entries[method], args, self._data)

    def _village(self, village: VillageRows) -> tuple[int, float]:
        households, taken = 0, 0.0
        batches = list(village.batches())
        digest = hashlib.sha256(village.code.encode()).hexdigest()
        common = {"village": village.code, "file": f"{village.code}.xlsx", "digest": digest}
        common |= {"batches": len(batches), "as_of": AS_OF.isoformat()}
        for number, rows in enumerate(batches, 1):
            sealed = seal(self.runtime.keys.sealing.public, rows)
            started = perf_counter()
            report = self.call("import_roster", **common, batch=number, sealed=sealed)
            taken += perf_counter() - started
            households += report["households"]
        return households, taken


class Reading:
    """One read as somebody makes it, and the bare operation of the store beside it: seconds of both."""

    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar
        self._bare = registrar.runtime.store.households.collection
        self._rng = Random(uuid4().hex)

    def worklist(self) -> tuple[float, float]:
        """A page of the worklist of a village."""
        village = self._village().code
        return self._both(
            lambda: self._registrar.call("worklist", region=village, limit=PAGE),
            lambda: list(self._bare.find({"region": village}).sort("_id", 1).limit(PAGE)),
        )

    def household(self) -> tuple[float, float]:
        """A household by its number."""
        village = self._village()
        id = f"{village.code}-{self._rng.randrange(village.households) + 1:04d}"
        return self._both(
            lambda: self._registrar.call("household", household=id), lambda: self._bare.find_one({"_id": id})
        )

    def person(self) -> tuple[float, float]:
        """A person by the sealed ID number: the head of a household."""
        village, keys = self._village(), self._registrar.runtime.keys
        home = village.ordinal * A_VILLAGE + self._rng.randrange(village.households)
        number = number_of_person(home * max(SIZES))
        sealed, blind = seal(keys.sealing.public, {"id_number": number}), keys.blind("id_number", number)
        return self._both(
            lambda: self._registrar.call("person", sealed=sealed),
            lambda: self._bare.find_one({"blind.id_number": blind}),
        )

    def _village(self) -> VillageRows:
        return self._rng.choice(self._registrar.villages)

    def _both(self, ours: Callable[[], Any], bare: Callable[[], Any]) -> tuple[float, float]:
        started = perf_counter()
        answer = ours()
        between = perf_counter()
        if not answer or not bare():
            raise ValueError("nothing was found: that must not count as fast")
        return between - started, perf_counter() - between


def peak_mb() -> float:
    """Return the most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_A_MB


def main(folder: Path, mongo_uri: str, households: int) -> None:
    """Do what each line asks for, until there are no more."""
    configure("registrar")
    registrar = Registrar(folder, mongo_uri, households)
    say_ready()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(getattr(registrar, asked.pop("do"))(**asked)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
