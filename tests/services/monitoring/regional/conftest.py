"""A county in which a department told of a flood."""

from __future__ import annotations

import pytest

from tests.services.monitoring.regional import county as at
from tests.services.monitoring.regional.county import (
    OTHER_VILLAGE,
    signal,
    tell,
)


@pytest.fixture
def flooded(county):
    """Two villages of one town, each with two households, and a flood in the first."""
    at.village(county)
    at.village(county, OTHER_VILLAGE)
    tell(county, signal("f1", 12))
    return county
