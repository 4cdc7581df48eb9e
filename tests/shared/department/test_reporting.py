"""Signs of regional risk and figures of the county: numbers by place leave once, what is gone is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from shouwang.access import roles
from shouwang.department import schemas, service_class
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, on
from shouwang.testing import actor
from shouwang.testing.contract_kit import check
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.water import write_csv, write_plugin

OFFICER = actor(roles.DEPARTMENT_OFFICER, org="water")
PRICES = """

class Prices(Table):
    title = "收购价"
    feed = monthly(stale_after_days=45)

    region = place("乡镇代码")
    fall = whole("跌幅")
"""
REPORTS = '''
from ibis import _
from shouwang.department import indicator, signal

from .tables import Prices


@signal("price_fall", unit="percent", version=1, shows={"towns": ("报告数", "times")})
def price_fall(prices: Prices, policy):
    """收购价跌幅达到限值的乡镇."""
    fallen = prices.latest().group_by("region").agg(amount=_.fall.max(), towns=_.count())
    return fallen.filter(_.amount >= policy.turbidity_line)


@indicator("safe_water_rate", unit="%")
def mean_fall(prices: Prices):
    """平均跌幅."""
    return prices.latest().group_by("region").agg(value=_.fall.mean().round(1).cast("decimal(18,1)"))
'''
CASES = """
- name: 正好达到限值的计入，差一个点的不计
  rule: S-08
  as_of: 2021-06-30
  given:
    prices:
      - {period: 2021-06, region: "430426001", fall: 3}
      - {period: 2021-06, region: "430426002", fall: 2}
  expect: {places: {"430426001": 3}}
"""
OFFERS = "  measures: [A44]\n  signals: [price_fall]\n  indicators: [mean_fall]"
CHANGES = [
    ("tables.py", "class WaterTests", f"{PRICES.strip()}\n\n\nclass WaterTests"),
    ("reports.py", "", REPORTS),
    ("cases/price_fall.yaml", "", CASES),
    (
        "cases/mean_fall.yaml",
        "",
        CASES.replace("places: {", 'places: {"430426002": 2.0, ').replace(": 3}}", ": 3.0}}"),
    ),
    ("department.yaml", "feeds: [water_tests]", "feeds: [water_tests, prices]"),
    ("department.yaml", "  measures: [A44]", OFFERS),
    (
        "department.yaml",
        "emits: [clues.found, measure.delivered]",
        "emits: [clues.found, measure.delivered, signals.found, figures.reported]",
    ),
]


@pytest.mark.rule("S-08", "K-01")
def test_a_plugin_with_signals_holds(tmp_path: Path) -> None:
    assert check(write_plugin(tmp_path / "water", *CHANGES)) == []


class Monitoring(Service):
    """Stands in for monitoring."""

    name = "monitoring"
    store: ClassVar[Any] = None
    heard: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    @call(callers=["*"], where=COUNTY_WIDE)
    def public_key(self, request: dict[str, Any]) -> dict[str, str]:
        return {"key": self.ctx.keys.sealing.public_text}

    @on("*", "signals.found", schema=schemas.SignalsFound)
    def hear_signals(self, event: IncomingEvent) -> None:
        self.heard.append((event.type, event.data))

    @on("*", "figures.reported", schema=schemas.FiguresReported)
    def hear_figures(self, event: IncomingEvent) -> None:
        self.heard.append((event.type, event.data))


class Assistance(Service):
    """Stands in for assistance: somebody hears what departments announce."""

    name = "assistance"
    store: ClassVar[Any] = None

    @on("*", "announced", schema=schemas.Announced)
    def hear_announced(self, event: IncomingEvent) -> None:
        assert event.data["code"] == "water"

    @on("*", "heartbeat", schema=schemas.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        assert event.data["code"] == "water"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    folder = tmp_path_factory.mktemp("reporting")
    department = service_class(write_plugin(folder / "water", *CHANGES))
    with EmbeddedSuite(
        folder / "var", [Monitoring, Assistance, department], day=date(2021, 6, 30)
    ) as running:
        yield running


def report(suite: EmbeddedSuite, *falls: tuple[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Bring in the prices of June and report; returns the answer and what monitoring heard."""
    inbox = suite.settings.var_dir / "departments" / "water" / "inbox"
    write_csv(inbox / "prices.csv", [{"乡镇代码": place, "跌幅": fall} for place, fall in falls])
    given = {"table": "prices", "period": "2021-06", "file": "prices.csv"}
    suite.call(OFFICER, "water", "import_table", **given)
    Monitoring.heard.clear()
    told = suite.call(OFFICER, "water", "report", period="2021-06")
    suite.settle()
    return told, dict(Monitoring.heard)


@pytest.mark.rule("S-08", "K-01")
def test_signals_leave_once_and_what_is_gone_is_taken_back(suite: EmbeddedSuite) -> None:
    told, heard = report(suite, ("430426001", 30), ("430426002", 2))
    assert [one["sent"] for one in (*told["signals"], *told["indicators"])] == [True, True]
    (signal,) = heard["signals.found"]["signals"]
    assert (signal["region"], signal["amount"], signal["unit"]) == ("430426001", 30, "percent")
    assert (signal["kind"], signal["started_on"]) == ("price_fall", date(2021, 6, 1))
    figures = {one["region"]: one["value"] for one in heard["figures.reported"]["figures"]}
    assert figures == {"430426001": "30.0", "430426002": "2.0"}

    again, silence = report(suite, ("430426001", 30), ("430426002", 2))
    assert silence == {} and not again["signals"][0]["sent"]

    _, changed = report(suite, ("430426002", 12))
    amounts = {one["region"]: one["amount"] for one in changed["signals.found"]["signals"]}
    assert amounts == {"430426002": 12, "430426001": 0}


def test_only_the_department_itself_reports(suite: EmbeddedSuite) -> None:
    from shouwang.errors import Forbidden

    other = actor(roles.DEPARTMENT_OFFICER, org="health_insurance")
    with pytest.raises(Forbidden):
        suite.call(other, "water", "report", period="2021-06")
