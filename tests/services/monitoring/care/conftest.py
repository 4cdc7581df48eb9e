"""A village with one monitored household, without going through the five steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.errors import Unavailable
from shouwang.store import Entry
from shouwang.testing import service_actor

from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.sheet import household

OTHER = f"{VILLAGE}-0002"


def include(county: County, home: str, since: date) -> None:
    """The household is monitored since that day, and monitoring hears its own event."""
    agg = county.store.households.get(home)
    monitoring = {
        "category": "unstable_ex_poor",
        "risks": ["illness"],
        "able_to_work": True,
        "case": f"{home}-I1",
    }
    agg.state |= {"status": "monitored", "category": "unstable_ex_poor"}
    agg.state["monitoring"] = monitoring | {"since": since.isoformat()}
    agg.record(
        Entry("test.included", service_actor("monitoring").to_dict(), since, {}, f"include-{home}-{since}")
    )
    county.store.households.save(agg)
    told = {"household": home, "case": f"{home}-I1", "region": VILLAGE, "category": "unstable_ex_poor"}
    county.hear(
        "monitoring", "household.included", "care_begins", told | {"risks": ["illness"], "able_to_work": True}
    )


def remove(county: County, home: str) -> None:
    """The risk is marked as removed today."""
    agg = county.store.households.get(home)
    agg.state["status"] = "removed"
    agg.record(
        Entry(
            "test.removed", service_actor("monitoring").to_dict(), county.clock.today(), {}, f"remove-{home}"
        )
    )
    county.store.households.save(agg)
    told = {"household": home, "case": f"{home}-R1", "region": VILLAGE, "way": "helped"}
    county.hear("monitoring", "household.removed", "care_after_removal", told)


@pytest.fixture
def village(county: County) -> County:
    """Two households, nobody monitored; assistance is silent."""
    county.import_rows(household(1, 2) + household(2, 5))
    for method in ("plan", "figures", "departments"):
        county.bus.answer("assistance", method, Unavailable("没有应答", code="unavailable"))
    return county


@pytest.fixture
def cared(village: County) -> Any:
    """The first household is monitored since 2021-07-05 (today)."""
    include(village, f"{VILLAGE}-0001", village.clock.today())
    return village
