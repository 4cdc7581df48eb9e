"""A store for the tests: `MONGO_URI`, or a private embedded server for the session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from pymongo import MongoClient
from shouwang.store import EmbeddedMongo


@pytest.fixture(scope="session")
def mongo_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running store."""
    given = os.environ.get("MONGO_URI")
    if given:
        yield given
        return
    with EmbeddedMongo(tmp_path_factory.mktemp("mongo")) as server:
        yield server.uri


@pytest.fixture
def database(mongo_uri: str) -> Iterator[str]:
    """Return the name of a fresh database; on a real server it is dropped afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    yield name
    if "MONGO_URI" in os.environ:  # the private server goes with its folder
        with MongoClient(mongo_uri) as client:
            client.drop_database(name)
