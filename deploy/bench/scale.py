"""A county of any size on the embedded store: import, snapshot, monthly recomputation, what if, single reads.

Beside each stands the bare operation, and where the suite promises an absolute figure for 300,000 households
on two cores, that promise as the peer: only a run of that size says whether it is kept.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from deploy.bench.figures import AT_LEAST, AT_MOST, Figure, compared
from deploy.bench.place import Place
from deploy.bench.processes import Process, running
from deploy.bench.roster_rows import A_VILLAGE, COUNTY
from deploy.bench.sizes import Sizes
from deploy.bench.turns import medians

PROMISED: Final = "the promise"
RECOMPUTE_SECONDS: Final = 60.0
WHAT_IF_SECONDS: Final = 5.0
READ_MS: Final = 50.0
MEMORY_MB: Final = 1024.0
VILLAGES_A_STEP: Final = 5
ROUNDS: Final = 3
SUPPOSED: Final = {"region": COUNTY, "parameters": {"monitoring_line": 700_000}}
READS: Final = {
    "worklist": ("30 households of a village's worklist", "find of the page", 6.0),
    "household": ("a household", "find_one by id", 12.0),
    "person": ("a person by ID number", "find_one by blind index", 12.0),
}
Json = dict[str, Any]


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Build a county of `sizes.county` households, and measure what is done with it."""
    folder = place.folder / "county"
    folder.mkdir()
    command = ("deploy.bench.registrar", [str(folder), place.mongo_uri, str(sizes.county)])
    with running(place.folder / "registrar.log", command) as (registrar,):
        figures = imported(registrar, sizes.county)
        figures += computed(registrar, sizes.county)
        figures += [one for name in READS for one in read(registrar, name, sizes.reads)]
        registrar.ask({"do": "stop_worker"})
    return [*figures, columns(place)]


def imported(registrar: Process, households: int) -> list[Figure]:
    """Import the county, telling how far it has come; the peer inserts documents that came of it."""
    told = [_step(registrar, first, households) for first in _steps(households)]
    seconds = sum(one["seconds"] for one in told)
    done, memory = sum(one["households"] for one in told), max(one["rss_mb"] for one in told)
    if done != households:
        raise ValueError(f"{done} of {households} households were taken in")
    bare = max(registrar.ask({"do": "bare_insert", "documents": A_VILLAGE}) for _ in range(ROUNDS))
    what, peer = f"import of {households} households", "pymongo insert_many"
    return [
        compared("scale_import", what, "households/s", peer, done / seconds, bare, AT_LEAST, 0.15),
        compared("scale_memory", "memory of the importer", "MB", PROMISED, memory, MEMORY_MB, AT_MOST, 1),
    ]


def _steps(households: int) -> range:
    return range(0, -(-households // A_VILLAGE), VILLAGES_A_STEP)


def _step(registrar: Process, first: int, households: int) -> Json:
    told: Json = registrar.ask({"do": "take_in", "first": first, "last": first + VILLAGES_A_STEP})
    done = min((first + VILLAGES_A_STEP) * A_VILLAGE, households)
    rate = told["households"] / told["seconds"]
    print(f"  {done}/{households} households, {rate:.0f}/s, {told['rss_mb']:.0f} MB", file=sys.stderr)
    return told


def computed(registrar: Process, households: int) -> list[Figure]:
    """Build the snapshot, recompute everybody for the first time and once more, suppose another line."""
    registrar.ask({"do": "next_day"})
    built = _seconds(registrar, "refresh_snapshot", region=COUNTY, full=True)
    print(f"  snapshot built in {built:.1f} s", file=sys.stderr)
    registrar.ask({"do": "next_day"})
    first = _seconds(registrar, "recompute_standings", region=COUNTY)
    again = _seconds(registrar, "recompute_standings", region=COUNTY)
    print(f"  recomputed in {first:.1f} s, again without a change in {again:.1f} s", file=sys.stderr)
    supposed = medians(ROUNDS, {"ours": lambda: _seconds(registrar, "what_if", **SUPPOSED)})["ours"]
    of = f"of {households} households"
    given = [
        ("scale_recompute", f"first recomputation {of}", first, RECOMPUTE_SECONDS),
        ("scale_recompute_again", f"recomputation {of}, nothing new", again, RECOMPUTE_SECONDS),
        ("scale_what_if", f"what if {of}", supposed, WHAT_IF_SECONDS),
    ]
    return [compared(name, what, "s", PROMISED, ours, limit, AT_MOST, 1) for name, what, ours, limit in given]


def _seconds(registrar: Process, method: str, **args: Any) -> float:
    taken: float = registrar.ask({"do": "seconds", "method": method, **args})
    return taken


def read(registrar: Process, name: str, reads: int) -> list[Figure]:
    """Measure one kind of read: its p95 against the promise, its p50 against the bare operation."""
    what, peer, limit = READS[name]
    told = registrar.ask({"do": "reading", "what": name, "calls": reads})
    return [
        compared(f"scale_{name}", f"{what}, p95", "ms", PROMISED, told["p95"], READ_MS, AT_MOST, 1),
        compared(f"scale_{name}_bare", f"{what}, p50", "ms", peer, told["p50"], told["bare"], AT_MOST, limit),
    ]


def columns(place: Place) -> Figure:
    """Measure the rules over columns beside one query written by hand."""
    folder = place.folder / "county"
    arguments = [str(folder / "monitoring" / "snapshot"), str(folder / "keys" / "monitoring")]
    with running(place.folder / "tables.log", ("deploy.bench.county_tables", arguments)) as (tables,):
        taken = medians(
            ROUNDS, {"ours": lambda: tables.ask({"do": "ours"}), "peer": lambda: tables.ask({"do": "peer"})}
        )
    what = "rules over a county's columns"
    return compared("scale_columns", what, "s", "DuckDB SQL", taken["ours"], taken["peer"], AT_MOST, 6)
