"""A county with its store, on 2021-07-05."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from tests.services.monitoring.county import County


@pytest.fixture(scope="session")
def indexed(mongo_uri: str) -> Iterator[Any]:
    """Return a database that keeps its indexes from test to test: making them takes longer than a test."""
    with MongoClient[Any](mongo_uri) as client:
        database = client[f"test_{uuid4().hex[:12]}"]
        yield database
        client.drop_database(database.name)


@pytest.fixture
def county(mongo_uri: str, indexed: Any, tmp_path: Path) -> Iterator[County]:
    """Return a county without households, in a database without a document."""
    for name in indexed.list_collection_names():
        indexed[name].delete_many({})
    made = County(mongo_uri, indexed.name, tmp_path / "keys", date(2021, 7, 5))
    yield made
    made.db.close()
