"""Screening and signals on files as the bureau exports them: who, which places, no illness by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from services.assistance.departments import health
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number

TOWN = VILLAGE[:9]


def chronic(number: int, illness: str, visit: str = "2021-06-01") -> dict[str, Any]:
    told = {"姓名": "某人", "身份证号": id_number(number), "村居代码": VILLAGE}
    return told | {"病种": illness, "建档日期": "2019-03-01", "最近随访日期": visit}


def major(number: int, day: str, state: str) -> dict[str, Any]:
    told = {"姓名": "某人", "身份证号": id_number(number), "村居代码": VILLAGE, "病种": "某病"}
    return told | {"登记编号": f"D{number}", "确诊日期": day, "救治状态": state}


def contract(number: int, year: str) -> dict[str, Any]:
    told = {"公民身份号码": id_number(number), "村居代码": VILLAGE, "协议编号": f"{year}-{number}"}
    return told | {"签约日期": f"{year}-01-10", "服务年度": year, "解约日期": ""}


def outbreak(event: str, affected: str, ended: str = "") -> dict[str, Any]:
    told = {"事件编号": event, "行政区划代码": TOWN, "事件类别": "传染病疫情", "影响人数": affected}
    return told | {"开始日期": "2021-06-03", "终止日期": ended}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(health, tmp_path_factory.mktemp("bureau"))
    tables: dict[str, list[dict[str, Any]]] = {
        "chronic_patients": [
            *(chronic(1, illness) for illness in ("高血压", "糖尿病")),
            chronic(2, "结核病"),
            chronic(3, "高血压"),
        ],
        "contracts": [contract(2, "2021"), contract(3, "2020")],
        "major_illness": [
            major(4, "2021-06-20", "救治中"),
            major(5, "2020-01-20", "未救治"),
            major(6, "2020-01-20", "已救治"),
        ],
        "outbreaks": [outbreak("E1", "12"), outbreak("E2", "5"), outbreak("E3", "40", "2021-06-10")],
    }
    for table, rows in tables.items():
        assert made.bring_in(table, "2021-06", *rows)["rejected"] == []
    yield made
    made.close()


def named(*numbers: int) -> set[str]:
    return {person(number) for number in numbers}


@pytest.mark.rule("S-05")
def test_each_rule_finds_those_it_is_about(office: Office) -> None:
    _, found = office.screen("2021-06")
    assert {rule: set(hits) for rule, hits in found.items()} == {
        "S-05.newly_diagnosed": named(4),
        "S-05.untreated_major_illness": named(5),
        "S-05.chronic_without_contract": named(1, 3),
    }


@pytest.mark.rule("S-05")
def test_no_illness_leaves_the_bureau_by_name(office: Office) -> None:
    _, parts = office.parts("2021-06")
    text = json.dumps(
        [parts, office.worker.report(lambda part: None, "2021-06")], ensure_ascii=False, default=str
    )
    words = ("糖尿病", "高血压", "结核", "精神", "hypertension", "diabetes", "tuberculosis", "某病")
    assert not [word for word in words if word in text]


@pytest.mark.rule("S-05")
def test_lists_past_their_time_are_unknown(office: Office) -> None:
    told, parts = office.parts("2021-11")
    assert {one["verdict"] for one in told.values()} == {"unknown"} and parts == []


@pytest.mark.rule("S-08")
def test_outbreaks_leave_as_numbers_by_place(office: Office) -> None:
    (signal,) = office.worker.report(lambda part: None, "2021-06")["signals"]
    (row,) = signal["rows"]
    assert (signal["kind"], signal["unit"], row["region"], row["amount"]) == ("epidemic", "persons", TOWN, 17)


@pytest.mark.rule("K-01")
def test_doctors_without_a_yearly_report_are_unknown(office: Office) -> None:
    (figure,) = office.worker.report(lambda part: None, "2021-06")["indicators"]
    assert (figure["verdict"], figure["rows"]) == ("unknown", [])
