"""Screening on files as the bureau exports them: households without a job, wages that are owed (A-05)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.assistance.departments import human_resources
from tests.departments.office import VILLAGE, Office, person, shown
from tests.shared.department.water import id_number

HEAD, WIFE, WORKER, HOLDER = 1, 2, 3, 4


def labour(number: int, head: int, ability: str = "普通劳动力", wants: str = "") -> dict[str, Any]:
    said = {"农户类型": "监测对象", "劳动能力": ability, "就业意愿": wants}
    return {
        "姓名": "某人",
        "身份证号": id_number(number),
        "户主身份证号": id_number(head),
        "村居代码": VILLAGE,
        **said,
    }


def job(number: int, status: str, ended: str = "") -> dict[str, Any]:
    at = {"务工区域": "省外", "务工起始日期": "2020/2/1", "返乡或失业日期": ended, "月工资": "4,500.00"}
    return {"身份证号": id_number(number), "村居代码": VILLAGE, "务工状态": status, **at}


def wage(number: int, month: str, paid: str) -> dict[str, Any]:
    money = {"应发金额": "800.00", "实发金额": paid, "应发日期": f"{month}-28"}
    return {
        "岗位编号": f"G{number}",
        "身份证号": id_number(number),
        "村居代码": VILLAGE,
        "补贴月份": month,
        **money,
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(human_resources, tmp_path_factory.mktemp("human_resources"))
    people = (labour(HEAD, HEAD), labour(WIFE, HEAD, "弱劳动力或半劳动力", "是"))
    made.bring_in("labour", "2021-06", *people, labour(WORKER, WORKER), labour(HOLDER, HOLDER))
    made.bring_in("employment", "2021-06", job(HEAD, "返乡未就业", "2021/4/1"), job(WORKER, "在岗"))
    held = {
        "岗位类别": "保洁员",
        "按需设岗审批": "是",
        "聘用日期": "2021-01-01",
        "聘期月数": "12",
        "退岗日期": "",
    }
    made.bring_in(
        "posts", "2021-06", {"岗位编号": "G4", "身份证号": id_number(HOLDER), "村居代码": VILLAGE, **held}
    )
    wages = wage(HOLDER, "2021-03", "800.00"), wage(HOLDER, "2021-04", ""), wage(HOLDER, "2021-05", "500")
    made.bring_in("post_wages", "2021-06", *wages)
    yield made
    made.close()


@pytest.mark.rule("A-05")
def test_the_household_without_a_job_is_told_once_by_its_head(office: Office) -> None:
    _, found = office.screen("2021-06")
    hits = found["A-05.household_without_job"]
    assert list(hits) == [person(HEAD)]
    assert (hits[person(HEAD)]["region"], shown(hits[person(HEAD)])) == (VILLAGE, {"workers": 2})


@pytest.mark.rule("S-05")
def test_who_came_back_is_told_with_the_day(office: Office) -> None:
    _, found = office.screen("2021-06")
    hits = found["S-05.returned_without_work"]
    assert list(hits) == [person(HEAD)]
    assert shown(hits[person(HEAD)])["status"] == "返乡未就业"


@pytest.mark.rule("A-05")
def test_wages_that_are_owed_are_summed_over_the_months(office: Office) -> None:
    told, found = office.screen("2021-06")
    hit = found["A-05.post_wages_owed"][person(HOLDER)]
    assert {name: shown(hit)[name] for name in ("owed", "months")} == {"owed": 110_000, "months": 2}
    assert told["A-05.post_without_pay"]["found"] == 0
    assert told["A-05.post_not_eligible"]["found"] == 0


def test_more_paid_than_due_is_refused(office: Office) -> None:
    rows = wage(HOLDER, "2021-06", "800.00"), wage(WORKER, "2021-06", "900.00")
    report = office.bring_in("post_wages", "2021-07", *rows)
    assert report["rejected"][0]["code"] == "money.exceeds"
