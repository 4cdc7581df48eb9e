"""A database of its own for each test, one key ring for all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from shouwang.clock import SimulatedClock
from shouwang.store import Database, KeyRing, Repository

from tests.shared.store import kit


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
