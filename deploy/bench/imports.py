"""Import of a town's rosters against bare inserts of the documents that come of it."""

from __future__ import annotations

from pathlib import Path

from deploy.bench.figures import AT_LEAST, Figure, compared
from deploy.bench.place import Place
from deploy.bench.processes import running
from deploy.bench.sizes import Sizes
from deploy.bench.turns import medians
from deploy.synth.calendar import Calendar
from deploy.synth.county import County
from deploy.synth.plan import Plan

SEED = 7


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Write the rosters of a synthetic town, then measure households a second."""
    write_town(place.folder / "town", sizes.households)
    command = ("deploy.bench.importer", [str(place.folder), place.mongo_uri])
    with running(place.folder / "importer.log", command) as (importer,):
        rates = medians(
            sizes.import_rounds,
            {"ours": lambda: importer.ask({"do": "ours"}), "peer": lambda: importer.ask({"do": "peer"})},
        )
    what = f"import of {sizes.households} households"
    peer = "pymongo insert_many"
    return [compared("import", what, "households/s", peer, rates["ours"], rates["peer"], AT_LEAST, 0.4)]


def write_town(folder: Path, households: int) -> None:
    """Write a town as `shouwang synth` does: sound rows, and the usual few that are not."""
    folder.mkdir()
    County(Plan(SEED, "town", households, Calendar.parse("2021-06", 5)), folder).write()
