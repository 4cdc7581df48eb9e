"""Collections for tests: what a village cadre brings of one household and quarter."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.testing import actor

from services.monitoring.domain.income.figures import REFERENCE
from tests.services.monitoring.county import County
from tests.services.monitoring.steps import HOME

CADRE = actor(roles.VILLAGE_CADRE)
TOWN = actor(roles.TOWN_OFFICER, id="town-2")
COUNTY = actor(roles.COUNTY_OFFICER)
ZERO = dict.fromkeys(REFERENCE, 0)
LATE = "建账补采"
ENDS = {"Q1": "04-01", "Q2": "07-01", "Q3": "10-01", "Q4": "01-01"}


def figures(**given: int) -> dict[str, int]:
    """Every kind of income: zero where nothing is given. Fen."""
    return {**ZERO, **given}


def day_after(quarter: str) -> str:
    """The day after a quarter."""
    year = int(quarter[:4]) + (quarter[4:] == "Q4")
    return f"{year}-{ENDS[quarter[4:]]}"


def one(period: str, on: str | None = None, **more: Any) -> dict[str, Any]:
    """A collection of one period: figures= of `figures`, facts by name."""
    given = {"period": period, "on": on or day_after(period), "figures": figures(), "reason": LATE}
    return given | more


def collect(county: County, *periods: dict[str, Any], home: str = HOME, who: Any = CADRE, **more: Any) -> Any:
    """Collect periods of a household."""
    return county.call(who, "collect_income", household=home, periods=list(periods), **more)
