"""The process that holds a county: imports it village by village, and answers what is asked of it then.

`python -m deploy.bench.registrar FOLDER MONGO_URI HOUSEHOLDS` takes lines {"do": name, …}. Everything goes the
way of a real call: token, role, schema, handler, store. Killed in between and started anew, it goes on: a
batch that was taken in before is answered the same and changes nothing.
"""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all

# isort: split
import hashlib
import json
import resource
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from shouwang.access import Actor
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.clock import SimulatedClock
from shouwang.sealing import seal
from shouwang.service.assembly import Site, assemble
from shouwang.service.dispatch import answer_call
from shouwang.service.keyfiles import issuer_of
from shouwang.telemetry import configure

from deploy.bench.processes import say_ready
from deploy.bench.roster_rows import COUNTY, VillageRows, villages
from services.monitoring.service import Monitoring

AS_OF: Final = date(2021, 6, 1)
TOKEN_SECONDS: Final = 100_000
KB_A_MB: Final = 1024
Json = dict[str, Any]


class Registrar:
    """One county in one process of monitoring."""

    def __init__(self, folder: Path, mongo_uri: str, households: int) -> None:
        issuer = issuer_of(folder / "keys")
        site = Site("amqp://unused", mongo_uri, folder, folder / "keys", COUNTY, SimulatedClock(AS_OF), issuer)
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
