"""Screening and signals on files as the bureau exports them: who, which places, no illness by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shouwang.department.pseudonyms import pseudonym
from shouwang.department.worker import Worker

from services.assistance.departments import health
from tests.shared.department.water import id_number, write_csv

KEY = b"h" * 32
FOLDER = str(Path(health.__file__).parent)
VILLAGE, TOWN = "430426106001", "430426106"


def chronic(number: int, illness: str, visit: str = "2021-06-01") -> dict[str, Any]:
    person = {"姓名": "某人", "身份证号": id_number(number), "村居代码": VILLAGE}
    return person | {"病种": illness, "建档日期": "2019-03-01", "最近随访日期": visit}


def major(number: int, day: str, state: str) -> dict[str, Any]:
    person = {"姓名": "某人", "身份证号": id_number(number), "村居代码": VILLAGE, "病种": "某病"}
    return person | {"登记编号": f"D{number}", "确诊日期": day, "救治状态": state}


def contract(number: int, year: str) -> dict[str, Any]:
    person = {"公民身份号码": id_number(number), "村居代码": VILLAGE, "协议编号": f"{year}-{number}"}
    return person | {"签约日期": f"{year}-01-10", "服务年度": year, "解约日期": ""}


def outbreak(event: str, affected: str, ended: str = "") -> dict[str, Any]:
    told = {"事件编号": event, "行政区划代码": TOWN, "事件类别": "传染病疫情", "影响人数": affected}
    return told | {"开始日期": "2021-06-03", "终止日期": ended}


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    folder = tmp_path_factory.mktemp("bureau")
    made = Worker(FOLDER, str(folder / "data"), "430426")
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
        file = write_csv(folder / f"{table}.csv", rows, "gbk")
        staged = made.stage(lambda part: None, table, "2021-06", str(file), KEY.hex())
        assert staged["report"]["rejected"] == []
        made.publish(lambda part: None, table, "2021-06", staged["staged"])
    yield made
    made.duck.ibis.disconnect()


def screened(worker: Worker, period: str) -> tuple[dict[str, dict[str, Any]], dict[str, set[str]]]:
    parts: list[dict[str, Any]] = []
    told = {one["rule"]: one for one in worker.screen(parts.append, period)}
    return told, {part["rule"]: {hit["person"] for hit in part["hits"]} for part in parts}


def named(*numbers: int) -> set[str]:
    return {pseudonym(KEY, id_number(number)) for number in numbers}


@pytest.mark.rule("S-05")
def test_each_rule_finds_those_it_is_about(worker: Worker) -> None:
    _, found = screened(worker, "2021-06")
    assert found == {
        "S-05.newly_diagnosed": named(4),
        "S-05.untreated_major_illness": named(5),
        "S-05.chronic_without_contract": named(1, 3),
    }


@pytest.mark.rule("S-05")
def test_no_illness_leaves_the_bureau_by_name(worker: Worker) -> None:
    parts: list[Any] = []
    worker.screen(parts.append, "2021-06")
    text = json.dumps([parts, worker.report(lambda part: None, "2021-06")], ensure_ascii=False, default=str)
    words = ("糖尿病", "高血压", "结核", "精神", "hypertension", "diabetes", "tuberculosis", "某病")
    assert not [word for word in words if word in text]


@pytest.mark.rule("S-05")
def test_lists_past_their_time_are_unknown(worker: Worker) -> None:
    told, found = screened(worker, "2021-11")
    assert {one["verdict"] for one in told.values()} == {"unknown"} and found == {}


@pytest.mark.rule("S-08")
def test_outbreaks_leave_as_numbers_by_place(worker: Worker) -> None:
    (signal,) = worker.report(lambda part: None, "2021-06")["signals"]
    (row,) = signal["rows"]
    assert (signal["kind"], signal["unit"], row["region"], row["amount"]) == ("epidemic", "persons", TOWN, 17)


@pytest.mark.rule("K-01")
def test_doctors_without_a_yearly_report_are_unknown(worker: Worker) -> None:
    (figure,) = worker.report(lambda part: None, "2021-06")["indicators"]
    assert (figure["verdict"], figure["rows"]) == ("unknown", [])
