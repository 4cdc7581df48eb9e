"""The village of the story, stored: lived once for the session, then only read, planted in and put back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shouwang.store import Database, EmbeddedMongo

from tests.county.checker.pen import Pen, open_databases
from tests.county.checker.story import Told, live


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what the story left behind; the suite has stopped."""
    return live(tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="session")
def stored(told: Told) -> Iterator[str]:
    """Return the address of the store that the suite left behind."""
    with EmbeddedMongo(told.settings.var_dir / "store") as store:
        yield store.uri


@pytest.fixture(scope="session")
def databases(stored: str, told: Told) -> dict[str, Database]:
    """Return the databases of the services."""
    return open_databases(stored, told.settings)


@pytest.fixture
def pen(told: Told, databases: dict[str, Database]) -> Iterator[Pen]:
    """Return what to plant with; everything is put back."""
    made = Pen(told, databases)
    yield made
    made.undo()
