"""A real plugin of a department finds signals in its own table; monitoring warns of them (S-08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.department import service_class
from shouwang.sealing import seal
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.service import Assistance
from services.monitoring.service import Monitoring
from services.notify.service import Notify
from tests.services.monitoring.regional.county import COUNTY
from tests.services.monitoring.sheet import VILLAGE as SHEETS
from tests.services.monitoring.sheet import household
from tests.shared.department.test_reporting import CHANGES, OFFICER
from tests.shared.department.water import write_csv, write_plugin

TOWN, VILLAGE = "430426001", "430426001001"
"""A town of the county as the divisions have it: a department's table takes no other."""


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[EmbeddedSuite]:
    department = service_class(write_plugin(tmp_path / "water", *CHANGES))
    services = [Monitoring, Assistance, Notify, department]
    with EmbeddedSuite(tmp_path / "var", services, day=date(2021, 7, 5)) as running:
        yield running


def roster(suite: EmbeddedSuite) -> None:
    cadre = actor(roles.VILLAGE_CADRE, region=VILLAGE)
    key = suite.call(cadre, "monitoring", "public_key")["key"]
    given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
    rows = household(1, 2) + household(2, 5, business="0")
    for row in rows:
        row["cells"] = {name: VILLAGE if text == SHEETS else text for name, text in row["cells"].items()}
    suite.call(cadre, "monitoring", "import_roster", as_of="2021-07-05", sealed=seal(key, rows), **given)


def report(suite: EmbeddedSuite, fall: int) -> None:
    """The department brings in its prices of June and reports them."""
    inbox = suite.settings.var_dir / "departments" / "water" / "inbox"
    write_csv(inbox / "prices.csv", [{"乡镇代码": TOWN, "跌幅": fall}])
    given = {"table": "prices", "period": "2021-06", "file": "prices.csv"}
    suite.call(OFFICER, "water", "import_table", **given)
    suite.call(OFFICER, "water", "report", period="2021-06")
    suite.settle()


def warnings(suite: EmbeddedSuite) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = suite.call(COUNTY, "monitoring", "warnings", region="430426")
    return found


@pytest.mark.e2e
@pytest.mark.rule("S-08")
def test_prices_in_a_departments_table_become_a_warning_with_its_households(suite: EmbeddedSuite) -> None:
    roster(suite)
    report(suite, 29)
    assert warnings(suite) == [], "a point below the threshold"
    report(suite, 30)
    (warning,) = warnings(suite)
    assert (warning["kind"], warning["place"], warning["level"]) == ("price_fall", TOWN, "town")
    assert (warning["villages"], warning["concerned"], warning["unknown"]) == (1, 1, 0)
    (signal,) = suite.call(
        COUNTY, "monitoring", "signals", region=TOWN, kind="price_fall", since="2021-06-01"
    )
    assert (signal["amount"], signal["unit"]) == (30, "percent")
    told = suite.call(COUNTY, "notify", "messages", region="430426")
    assert "乡镇区域性返贫风险预警" in {one["title"] for one in told}
