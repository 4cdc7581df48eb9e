"""One local Spark for these tests, and tables of every department. Run by `make test-spark` only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.bench.bulk.departments import Department, departments
from deploy.bench.bulk.writing import Writer
from tests.deploy.spark.local import SMALL

PERSON_ROWS = 80_000


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark on two cores, on loopback."""
    from shouwang.department.spark import Spark, session

    place = tmp_path_factory.mktemp("warehouse")
    started = session("local[2]", {**SMALL, "spark.sql.warehouse.dir": str(place)})
    yield Spark(started)
    started.stop()


@pytest.fixture(scope="session")
def installed() -> tuple[list[Department], list[str]]:
    """Every department of which all rules and tables are covered, and what lacks of the others."""
    return departments()


@pytest.fixture(scope="session")
def lakes(tmp_path_factory: pytest.TempPathFactory, installed: tuple[list[Department], list[str]]) -> Path:
    """The tables of a small place, a lake a department."""
    root = tmp_path_factory.mktemp("lakes")
    Writer(root, installed[0]).write(PERSON_ROWS)
    return root
