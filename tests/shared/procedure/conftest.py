"""A case of identification, and an office with a desk."""

from __future__ import annotations

import pytest
from shouwang.procedure import Engine

from tests.shared.procedure.kit import (
    engine,
)
from tests.shared.procedure.office import Office


@pytest.fixture(scope="module")
def run() -> Engine:
    return engine()


@pytest.fixture
def office() -> Office:
    return Office()
