"""Screening on files as the bureau exports them: who is not at school, whose subsidy is missing (A-04)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.assistance.departments import education
from tests.departments.office import VILLAGE, Office, person, shown
from tests.shared.department.water import id_number

MONTHS = ("2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06")
AT_SCHOOL, AWAY, ILL, ABROAD = 1, 2, 3, 4


def child(number: int) -> dict[str, Any]:
    return {"姓名": "某生", "身份证号": id_number(number), "村居代码": VILLAGE, "出生日期": "2010年3月1日"}


def pupil(number: int, county: str = "430426") -> dict[str, Any]:
    at = {"学段": "小学", "学籍状态": "在读", "是否住校": "是", "就读县代码": county}
    return {"姓名": "某生", "学生身份证号": id_number(number), "户籍所在村代码": VILLAGE, **at}


def away(number: int, reason: str, record: str) -> dict[str, Any]:
    said = {"失学类型": "辍学", "原因": reason, "身体原因佐证材料": record, "失学日期": "2021/5/10"}
    left = {"劝返责任人数": "3", "劝返次数": "2", "复学日期": ""}
    return {"身份证号": id_number(number), "村居代码": VILLAGE, **said, **left}


def payment(number: int, month: str) -> dict[str, Any]:
    paid = {"资助项目": "寄宿生生活补助", "发放金额": "500.00", "发放日期": f"{month}-15"}
    return {"发放编号": f"{month}-{number}", "身份证号": id_number(number), **paid}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(education, tmp_path_factory.mktemp("education"))
    made.bring_in("school_age", "2021Q2", *map(child, (AT_SCHOOL, AWAY, ILL, ABROAD)))
    made.bring_in("roll", "2021-06", pupil(AT_SCHOOL), pupil(ABROAD, "440300"))
    made.bring_in("dropouts", "2021-06", away(AWAY, "外出务工", ""), away(ILL, "身体原因", "有"))
    listed = {"对象类别": "监测对象", "认定日期": "2021.1.5"}
    made.bring_in("aid_list", "2021-06", *({"身份证号": id_number(n), **listed} for n in (AT_SCHOOL, ABROAD)))
    for month in MONTHS[1:]:
        made.bring_in("subsidies", month, payment(9, month))
    yield made
    made.close()


@pytest.mark.rule("S-05")
def test_only_the_child_without_school_and_without_papers_is_told(office: Office) -> None:
    _, found = office.screen("2021-06")
    assert list(found["S-05.not_at_school"]) == [person(AWAY)]
    hit = found["S-05.not_at_school"][person(AWAY)]
    assert (hit["region"], shown(hit)) == (VILLAGE, {"status": "无学籍记录"})
    assert list(found["S-05.dropped_out"]) == [person(AWAY)]


@pytest.mark.rule("A-04")
def test_a_month_without_its_payments_makes_the_missing_subsidy_unknown_then_it_is_found(
    office: Office,
) -> None:
    told, _ = office.screen("2021-06")
    answer = told["A-04.subsidy_missed"]
    assert (answer["verdict"], answer["code"]) == ("unknown", "department.missing_period")
    assert "2021-01" in answer["reason"]
    office.bring_in("subsidies", "2021-01", payment(9, "2021-01"))
    told, found = office.screen("2021-06")
    # The pupil at school in another county is paid there: nothing is missing here.
    assert list(found["A-04.subsidy_missed"]) == [person(AT_SCHOOL)]
    assert told["A-04.vocational_aid_missed"]["verdict"] == "unknown"
