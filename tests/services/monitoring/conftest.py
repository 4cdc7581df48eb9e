"""A county with its store, on 2021-07-05."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.monitoring.county import County


@pytest.fixture
def county(mongo_uri: str, database: str, tmp_path: Path) -> Iterator[County]:
    """Return a county without households."""
    made = County(mongo_uri, database, tmp_path / "keys", date(2021, 7, 5))
    yield made
    made.db.close()
