"""A yearly standard against the payments of the whole school year, on files as they come (A-04, 0258)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.assistance.departments import education
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number

PUPIL, OTHER = 1, 2
AUTUMN = ("2021-09", "2021-10", "2021-11", "2021-12", "2022-01", "2022-02", "2022-03")


def paid(month: str, number: int) -> dict[str, str]:
    return {
        "发放编号": month,
        "身份证号": id_number(number),
        "资助项目": "普通高中助学金",
        "发放金额": "1000.00",
        "发放日期": f"{month}-10",
    }


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(education, tmp_path_factory.mktemp("bureau"))
    pupil = {"身份证号": id_number(PUPIL), "村居代码": VILLAGE, "学段": "普通高中", "学籍状态": "在读"}
    made.bring_in("roll", "2022-03", pupil | {"是否寄宿": "是", "就读县代码": "430426"})
    listed = {"身份证号": id_number(PUPIL), "对象类别": "监测对象", "认定日期": "2021-06-01"}
    made.bring_in("aid_list", "2022-03", listed)
    for month in AUTUMN:
        made.bring_in("subsidies", month, paid(month, PUPIL if month == AUTUMN[0] else OTHER))
    yield made
    made.close()


def granted(bureau: Office, region: str = "430426") -> dict[str, Any]:
    told = {"ref": "m1", "pseudonym": person(PUPIL), "birth": "2005-01-01", "groups": ["monitored"]}
    question = {"risks": ["education"], "category": "marginal", "persons": [told], "measures": ["A47-03"]}
    (answer,) = bureau.worker.propose(lambda part: None, question, "2022-03-31", region)
    return answer


@pytest.mark.rule("A-04")
def test_what_was_paid_in_autumn_is_taken_off_in_spring(bureau: Office) -> None:
    answer = granted(bureau)
    assert (answer["eligible"], answer["amount_fen"]) == ("yes", 1_000_00)
    bureau.bring_in("subsidies", "2022-03", paid("2022-03", PUPIL))
    answer = granted(bureau)
    assert (answer["eligible"], answer["amount_fen"], answer["receiving"]) == ("no", None, True)
    bureau.bring_in("subsidies", "2022-03", paid("2022-03", OTHER))


@pytest.mark.rule("A-04")
@pytest.mark.parametrize("region", ["430426", VILLAGE])
def test_a_school_of_the_county_is_not_elsewhere_whoever_asks(bureau: Office, region: str) -> None:
    answer = granted(bureau, region)
    assert (answer["eligible"], answer["amount_fen"]) == ("yes", 1_000_00)


@pytest.mark.rule("A-04")
def test_a_month_of_the_school_year_that_is_missing_is_unknown(bureau: Office) -> None:
    table = bureau.worker.plugin.tables["subsidies"]
    bureau.worker.lake.remove(table, table.feed.parse("2021-10"))
    answer = granted(bureau)
    assert (answer["eligible"], "2021-10" in answer["reason"]) == ("unknown", True)
