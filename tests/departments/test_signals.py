"""Signs of regional risk leave with their days; how things stand is told anew and never added up."""

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

from services.assistance.departments import agriculture, development_reform
from services.assistance.departments.agriculture.tables import Losses
from tests.shared.department.water import id_number, write_csv

SITE, TOWN = "430426106001", "430426106"


class Monitoring(Service):
    """Stands in for monitoring."""

    name = "monitoring"
    store: ClassVar[Any] = None
    heard: ClassVar[list[dict[str, Any]]] = []

    @call(callers=["*"], where=COUNTY_WIDE)
    def public_key(self, request: dict[str, Any]) -> dict[str, str]:
        return {"key": self.ctx.keys.sealing.public_text}

    @on("*", "signals.found", schema=schemas.SignalsFound)
    def hear_signals(self, event: IncomingEvent) -> None:
        self.heard.extend(event.data["signals"])


class Assistance(Service):
    """Stands in for assistance: somebody hears what departments announce."""

    name = "assistance"
    store: ClassVar[Any] = None
    codes: ClassVar[set[str]] = set()

    @on("*", "announced", schema=schemas.Announced)
    def hear_announced(self, event: IncomingEvent) -> None:
        self.codes.add(event.data["code"])

    @on("*", "heartbeat", schema=schemas.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        self.codes.add(event.data["code"])


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    departments = [service_class(agriculture), service_class(development_reform)]
    folder = tmp_path_factory.mktemp("signals")
    with EmbeddedSuite(folder, [Monitoring, Assistance, *departments], day=date(2021, 8, 31)) as running:
        yield running


def bring_in(suite: EmbeddedSuite, code: str, table: str, period: str, *rows: dict[str, Any]) -> None:
    inbox = suite.settings.var_dir / "departments" / code / "inbox"
    write_csv(inbox / f"{table}.csv", list(rows), "gbk", title="祁东县导出")
    officer = actor(roles.DEPARTMENT_OFFICER, org=code)
    told = suite.call(officer, code, "import_table", table=table, period=period, file=f"{table}.csv")
    assert told["rejected"] == []


def report(suite: EmbeddedSuite, code: str, period: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    Monitoring.heard.clear()
    officer = actor(roles.DEPARTMENT_OFFICER, org=code)
    told = suite.call(officer, code, "report", period=period)
    suite.settle()
    return {one["name"]: one for one in told["signals"]}, list(Monitoring.heard)


def relocated(number: int, employed: str) -> dict[str, Any]:
    return {
        "姓名": "某人",
        "身份证号": id_number(number),
        "户主身份证号": id_number(number),
        "安置点所在村居代码": SITE,
        "安置方式": "集中安置",
        "是否劳动力": "是",
        "是否有就业意愿": "",
        "是否就业": employed,
        "是否办理不动产登记": "",
    }


def surveyed(day: str, price: str) -> dict[str, Any]:
    told = {"监测点区划代码": TOWN, "品种": "生猪", "监测日期": day, "收购价": price}
    return told | {"上年同期价": "20.00"}


@pytest.mark.rule("S-08")
def test_a_fall_of_prices_tells_since_when_it_lasts(suite: EmbeddedSuite) -> None:
    bring_in(suite, "agriculture", "market_prices", "2021-06", surveyed("2021-06-10", "19.00"))
    bring_in(suite, "agriculture", "market_prices", "2021-07", surveyed("2021-07-10", "17.00"))
    bring_in(suite, "agriculture", "market_prices", "2021-08", surveyed("2021-08-10", "14.01"))
    told, heard = report(suite, "agriculture", "2021-08")
    (signal,) = heard
    assert (signal["kind"], signal["region"], signal["amount"]) == ("price_fall", TOWN, 29)
    assert (signal["started_on"], signal["facts"]) == (date(2021, 7, 10), {"products": 1})
    assert {name: one["verdict"] for name, one in told.items()} == {
        "price_fall": "known",
        "project_failure": "unknown",
        "farm_loss": "unknown",
    }


@pytest.mark.rule("S-08")
def test_a_month_without_its_survey_is_unknown_and_not_a_month_without_falls(suite: EmbeddedSuite) -> None:
    told, heard = report(suite, "agriculture", "2021-09")
    assert told["price_fall"]["verdict"] == "unknown"
    assert heard == []


@pytest.mark.rule("S-08")
def test_how_a_site_stands_takes_the_place_of_the_month_before(suite: EmbeddedSuite) -> None:
    jobs = {"安置点所在村居代码": SITE, "岗位类别": "公益性岗位", "空缺岗位数": "2"}
    bring_in(suite, "development_reform", "site_jobs", "2021Q2", jobs)
    bring_in(suite, "development_reform", "relocated_persons", "2021Q2", relocated(1, "否"), relocated(2, ""))
    _, july = report(suite, "development_reform", "2021-07")
    _, again = report(suite, "development_reform", "2021-07")
    _, august = report(suite, "development_reform", "2021-08")
    _, late = report(suite, "development_reform", "2021-07")
    assert (july[0]["amount"], july[0]["facts"]) == (2, {"families": 2, "persons": 2, "vacant": 2})
    assert again == [] and late == []
    assert [one["key"] for one in august] == [july[0]["key"]]

    bring_in(
        suite, "development_reform", "relocated_persons", "2021Q2", relocated(1, "是"), relocated(2, "是")
    )
    _, over = report(suite, "development_reform", "2021-08")
    assert [(one["key"], one["amount"]) for one in over] == [(july[0]["key"], 0)]


@pytest.mark.rule("S-08")
def test_a_month_without_any_loss_is_told_by_headings_alone(suite: EmbeddedSuite) -> None:
    before, _ = report(suite, "agriculture", "2021-07")
    assert before["farm_loss"]["verdict"] == "unknown", "nobody said that nothing happened"
    inbox = suite.settings.var_dir / "departments" / "agriculture" / "inbox"
    headings = [label for column in Losses.columns.values() for label in column.labels]
    (inbox / "none.csv").write_text(",".join(headings) + "\n", encoding="utf-8")
    officer = actor(roles.DEPARTMENT_OFFICER, org="agriculture")
    place = {"table": "losses", "period": "2021-07"}
    told = suite.call(officer, "agriculture", "import_table", **place, file="none.csv")
    assert (told["rows"], told["accepted"]) == (0, 0)
    after, heard = report(suite, "agriculture", "2021-07")
    assert (after["farm_loss"]["verdict"], after["farm_loss"]["places"]) == ("known", 0)
    assert not [signal for signal in heard if signal["kind"] == "farm_loss"]
