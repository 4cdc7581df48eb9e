"""Figures of departments reach monitoring's yearly report, each for the year of its tables (K-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import pytest
from shouwang.access import roles
from shouwang.department import schemas, service_class
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, on
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.assistance.departments import agriculture, civil_affairs
from services.monitoring.service import Monitoring
from tests.shared.department.water import write_csv

COUNTY_OFFICER = actor(roles.COUNTY_OFFICER)
TOWN, VILLAGE = "430426106", "430426106001"


class Assistance(Service):
    """Stands in for assistance: somebody hears what departments announce; it knows nothing else."""

    name = "assistance"
    store: ClassVar[Any] = None

    @on("*", "announced", schema=schemas.Announced)
    def hear_announced(self, event: IncomingEvent) -> None:
        del event

    @on("*", "heartbeat", schema=schemas.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        del event

    @call(callers=["*"], where=COUNTY_WIDE)
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"measures": {}, "delivered": 0, "overdue": 0, "uncovered": {}}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    services = [Monitoring, Assistance, service_class(agriculture), service_class(civil_affairs)]
    with EmbeddedSuite(tmp_path_factory.mktemp("indicators"), services, day=date(2022, 2, 20)) as running:
        yield running


def bring_in(
    suite: EmbeddedSuite, code: str, table: str, *rows: dict[str, Any], period: str = "2021"
) -> None:
    inbox = suite.settings.var_dir / "departments" / code / "inbox"
    write_csv(inbox / f"{table}.csv", list(rows), "gbk", title="祁东县导出")
    given = {"table": table, "period": period, "file": f"{table}.csv"}
    told = suite.call(actor(roles.DEPARTMENT_OFFICER, org=code), code, "import_table", **given)
    assert told["rejected"] == []


def report(suite: EmbeddedSuite, code: str, period: str) -> dict[str, Any]:
    told = suite.call(actor(roles.DEPARTMENT_OFFICER, org=code), code, "report", period=period)
    suite.settle()
    return {one["name"]: one for one in told["indicators"]}


def of_the_year(suite: EmbeddedSuite, year: str) -> dict[str, Any]:
    answer = suite.call(COUNTY_OFFICER, "monitoring", "report", kind="yearly", region="430426", period=year)
    return {one["id"]: one for one in answer["data"]["figures"]}


@pytest.mark.rule("K-01")
def test_yearly_tables_that_come_in_february_stand_for_last_year(suite: EmbeddedSuite) -> None:
    bring_in(suite, "agriculture", "toilets", {"村代码": VILLAGE, "农户数": "200", "卫生厕所户数": "179"})
    bring_in(suite, "agriculture", "village_accounts", {"村代码": VILLAGE, "集体经济年收入": "123456.00"})
    told = report(suite, "agriculture", "2022-01")
    assert (told["sanitary_toilets"]["sent"], told["collective_income"]["sent"]) == (True, True)
    assert told["leading_firms_counted"]["verdict"] == "unknown"
    found = of_the_year(suite, "2021")
    assert (found["sanitary_toilets"]["value"], found["village_collective_income"]["value"]) == (
        "89.50",
        "12.35",
    )
    assert "农业农村局 2021-12-31 报送：toilets 2021" in found["sanitary_toilets"]["how"]
    assert found["leading_agricultural_firms"]["value"] is None
    assert of_the_year(suite, "2022")["sanitary_toilets"]["value"] is None


@pytest.mark.rule("K-01")
def test_a_correction_in_a_later_month_takes_the_place_of_the_figure(suite: EmbeddedSuite) -> None:
    assert not report(suite, "agriculture", "2022-02")["sanitary_toilets"]["sent"]  # nothing new
    bring_in(suite, "agriculture", "toilets", {"村代码": VILLAGE, "农户数": "200", "卫生厕所户数": "180"})
    assert report(suite, "agriculture", "2022-02")["sanitary_toilets"]["sent"]
    assert of_the_year(suite, "2021")["sanitary_toilets"]["value"] == "90.00"


@pytest.mark.rule("K-01")
def test_a_figure_that_nobody_can_say_does_not_leave(suite: EmbeddedSuite) -> None:
    """Towns whose standards differ have no common rise."""
    standard = {"城市低保标准（月）": "550"}
    for year, rural in (("2020", "400"), ("2021", "420")):
        towns = [
            {"乡镇代码": TOWN, "农村低保标准（月）": rural},
            {"乡镇代码": "430426001", "农村低保标准（月）": "410"},
        ]
        bring_in(suite, "civil_affairs", "living_standards", *[one | standard for one in towns], period=year)
    told = report(suite, "civil_affairs", "2022-01")["minimum_living_standard_rise"]
    assert (told["verdict"], told["sent"]) == ("known", False)
    assert of_the_year(suite, "2021")["minimum_living_standard_rise"]["value"] is None
