"""A village with a household that may be identified."""

import pytest

from tests.services.monitoring.sheet import household


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county
