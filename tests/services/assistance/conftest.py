"""A county on the day of the plan, with the fakes that a suite holds equal to the real store."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.assistance.county import County


@pytest.fixture
def county() -> County:
    """Return a county without departments."""
    return County(date(2021, 8, 20))
