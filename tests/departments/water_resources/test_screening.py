"""Screening on ledgers as the water bureau exports them: points are places, clues fall on who draws there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.assistance.departments import water_resources
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number

OTHER_VILLAGE = "430426106002"
Found = dict[str, dict[str, str]]


def bring_in(office: Office, table: str, period: str, *rows: dict[str, Any]) -> None:
    assert office.bring_in(table, period, *rows)["rejected"] == []


def user(number: int, point: str, village: str) -> dict[str, str]:
    told = {"户主姓名": "某人", "户主身份证号": id_number(number), "村居代码": village}
    return told | {"供水点编号": point}


def at(point: str, **cells: str) -> dict[str, str]:
    return {"供水点编号": point, "村居代码": VILLAGE, **cells}


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Found, dict[str, Any]]]:
    office = Office(water_resources, tmp_path_factory.mktemp("bureau"))
    users = [
        user(1, "G1", VILLAGE),
        user(2, "G1", OTHER_VILLAGE),
        user(3, "G2", VILLAGE),
        user(4, "G3", VILLAGE),
    ]
    bring_in(office, "water_users", "2021Q3", *users)
    points = [at(point, 供水类型=kind, 投用日期="2016-05-01") for point, kind in POINTS.items()]
    bring_in(office, "supply_points", "2021Q3", *points)
    tests = [("G1", "2021-08-20", "不合格"), ("G2", "2021-02-20", "合格"), ("G3", "2020-12-01", "合格")]
    rows = [
        at(point, 采样日期=day, 是否合格="是" if passed == "合格" else "否") for point, day, passed in tests
    ]
    bring_in(office, "water_tests", "2021-09", *rows)
    short = at("G3", 缺水起始日期="2021-09-20", 缺水状况="正在缺水")
    bring_in(office, "shortages", "2021-09", short)
    told, found = office.screen("2021-09")
    yield {rule: {one: hit["region"] for one, hit in hits.items()} for rule, hits in found.items()}, told
    office.close()


POINTS = {"G1": "规范化水厂", "G2": "单村供水", "G3": "规范化水厂"}


@pytest.mark.rule("A-07", "S-05")
def test_every_user_of_a_failed_point_is_told_with_the_own_village(screened: tuple[Found, Any]) -> None:
    found, _ = screened
    assert found["S-05.unsafe_water"] == {person(1): VILLAGE, person(2): OTHER_VILLAGE}


@pytest.mark.rule("A-07", "S-05")
def test_a_village_point_without_a_test_for_half_a_year_is_told_and_waterworks_are_not(
    screened: tuple[Found, Any],
) -> None:
    found, _ = screened
    assert found["S-05.test_overdue"] == {person(3): VILLAGE}


@pytest.mark.rule("A-07", "S-05")
def test_a_shortage_falls_on_who_draws_there(screened: tuple[Found, Any]) -> None:
    found, _ = screened
    assert found["S-05.seasonal_shortage"] == {person(4): VILLAGE}


@pytest.mark.rule("S-05")
def test_a_ledger_that_did_not_come_leaves_its_rule_unknown(screened: tuple[Found, Any]) -> None:
    _, told = screened
    assert (told["S-05.long_repair"]["verdict"], told["S-05.long_repair"]["code"]) == (
        "unknown",
        "department.no_data",
    )
