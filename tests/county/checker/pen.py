"""Writes into the stored county as a faulty service would: through the store, with a genuine history.

Everything a test wrote is put back when it is over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor, roles
from shouwang.clock import SimulatedClock
from shouwang.service.discovery import find
from shouwang.settings import Settings
from shouwang.store import Aggregate, Database, Entry, Event, KeyRing, Repository
from shouwang.testing import actor

from tests.county.checker.story import SERVICES, Told

Json = dict[str, Any]
Change = Callable[[Json], None]
LATER = date(2021, 11, 6)
PLANTER = actor(roles.PLATFORM)


class Pen:
    """What a planting writes with. told: the ids of the story; letters: dead letters that the door lists."""

    def __init__(self, told: Told, databases: Mapping[str, Database]) -> None:
        self.told, self.letters = told, list[Json]()
        self._databases = databases
        self._undo: list[Callable[[], Any]] = []

    @property
    def settings(self) -> Settings:
        """Settings of the stored county."""
        return self.told.settings

    def repository(self, place: str) -> Repository:
        """Return the repository of "service/collection"."""
        service, _, collection = place.partition("/")
        return self._databases[service].repositories[collection]

    def ids(self, place: str) -> list[str]:
        """Return every id of a collection, sorted."""
        return sorted(doc["_id"] for doc in self.repository(place).collection.find({}, {"_id": 1}))

    def state(self, place: str, id: str) -> Json:
        """Return a copy of a state in clear."""
        return deepcopy(self.repository(place).get(id).state)

    def change(
        self,
        place: str,
        id: str,
        change: Change,
        *,
        action: str = "planted",
        by: Actor = PLANTER,
        request_id: str = "",
        detail: Json | None = None,
        events: Sequence[Event] = (),
        times: int = 1,
    ) -> None:
        """Change a state and save it, with `times` entries of history."""
        repo = self.repository(place)
        self._remember(repo, id)
        agg = repo.get(id)
        change(agg.state)
        self._save(repo, agg, Entry(action, by.to_dict(), LATER, detail or {}, request_id), events, times)

    def add(self, place: str, id: str, state: Json, region: str) -> None:
        """Add one more document."""
        repo = self.repository(place)
        self._undo.append(lambda: repo.collection.delete_one({"_id": id}))
        agg = repo.new(id, region=region, state=state)
        self._save(repo, agg, Entry("planted", PLANTER.to_dict(), LATER), (), 1)

    def behind_the_store(self, place: str, id: str, update: Json | None) -> None:
        """Alter a document as somebody does who has the database but not the keys; None deletes it."""
        repo = self.repository(place)
        self._remember(repo, id)
        if update is None:
            repo.collection.delete_one({"_id": id})
        else:
            repo.collection.update_one({"_id": id}, update)

    def write(self, file: str, text: str) -> None:
        """Write a file into the folder of the suite."""
        path = self.settings.var_dir / file
        self._put_back(path)
        path.write_text(text, encoding="utf-8")

    def remove(self, file: str) -> None:
        """Remove a file from the folder of the suite."""
        path = self.settings.var_dir / file
        self._put_back(path)
        path.unlink()

    def undo(self) -> None:
        """Put everything back."""
        while self._undo:
            self._undo.pop()()

    def _remember(self, repo: Repository, id: str) -> None:
        before = repo.collection.find_one({"_id": id})
        assert before is not None, f"no {id} in {repo.declaration.collection}"
        newer = {"agg": id, "n": {"$gte": before["segments"]}}
        self._undo.append(lambda: repo.collection.replace_one({"_id": id}, before, upsert=True))
        self._undo.append(lambda: repo.segments.delete_many(newer))

    def _put_back(self, path: Path) -> None:
        before = path.read_bytes() if path.exists() else None
        self._undo.append(lambda: path.unlink() if before is None else path.write_bytes(before))

    def _save(
        self, repo: Repository, agg: Aggregate, entry: Entry, events: Sequence[Event], times: int
    ) -> None:
        for _ in range(times):
            agg.record(entry, events=events)
        repo.save(agg)


def open_databases(uri: str, settings: Settings) -> dict[str, Database]:
    """Open the database of each service as the service itself does."""
    return {service.name: _open(uri, settings, service) for service in find(SERVICES)}


def _open(uri: str, settings: Settings, service: Any) -> Database:
    keys = KeyRing.from_dir(settings.keys_dir / service.name)
    db = Database(uri, service.name, keys, SimulatedClock(LATER))
    service.store(db)
    return db
