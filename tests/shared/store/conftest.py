"""A database of its own for each test, one key ring for all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from shouwang.clock import SimulatedClock
from shouwang.store import Database, KeyRing, Repository

from tests.shared.store import kit
from tests.shared.store.kit import change, entry, stored


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.generate(tmp_path_factory.mktemp("keys") / "monitoring")


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(date(2021, 6, 1))


@pytest.fixture
def db(mongo_uri: str, database: str, ring: KeyRing, clock: SimulatedClock) -> Iterator[Database]:
    opened = Database(mongo_uri, database, ring, clock)
    yield opened
    opened.close()


@pytest.fixture
def repo(db: Database) -> Repository:
    return kit.households(db)


@pytest.fixture
def keys_copy(ring: KeyRing, tmp_path: Path) -> KeyRing:
    """A ring of its own, for tests that rotate."""
    return KeyRing.generate(tmp_path / "keys")


@pytest.fixture
def filled(repo):
    """Three households, each changed twice, with events; H0001 with a history in segments."""
    for number in (1, 2, 3):
        stored(repo, number)
        change(repo, f"H{number:04d}", f"q-{number}", events=2, category="a")
    agg = repo.get("H0001")
    for number in range(60):
        agg.record(entry("changed", n=number))
        repo.save(agg)
    return repo
