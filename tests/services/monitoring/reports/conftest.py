"""A county whose other services answer what reports ask."""

from __future__ import annotations

import pytest

from tests.services.monitoring.county import County

HELP = {
    "plans": 3,
    "measures": {"health_insurance": 4, "civil_affairs": 2},
    "delivered": 4,
    "confirmed": 1,
    "overdue": 1,
    "delivered_fen": 120000,
    "uncovered": {"water": 1},
}
DEPARTMENTS = [{"code": "health_insurance", "title": "县医保局"}]


@pytest.fixture
def reporting(county: County) -> County:
    """Return a county with assistance that answers."""
    county.bus.answer("assistance", "figures", HELP)
    county.bus.answer("assistance", "departments", DEPARTMENTS)
    return county
