"""One local Spark for these tests, and tables of every department. Run by `make test-spark` only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.bench.bulk.departments import Department, departments
from deploy.bench.bulk.writing import Writer

PERSON_ROWS = 60_000


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark on two cores, on loopback."""
    from shouwang.department.spark import Spark, session

    place = tmp_path_factory.mktemp("warehouse")
    settings = {"spark.sql.shuffle.partitions": "2", "spark.sql.warehouse.dir": str(place)}
    started = session("local[2]", settings)
    yield Spark(started)
    started.stop()


@pytest.fixture(scope="session")
def covered() -> list[Department]:
    """Every department of which all rules and tables are covered."""
    return departments()[0]


@pytest.fixture(scope="session")
def lakes(tmp_path_factory: pytest.TempPathFactory, covered: list[Department]) -> Path:
    """The tables of a small place, a lake a department."""
    root = tmp_path_factory.mktemp("lakes")
    Writer(root, covered).write(PERSON_ROWS)
    return root
