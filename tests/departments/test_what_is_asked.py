"""What assistance asks carries what the measures read, from the register to the fen (A-06; decision 0204)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.assistance import departments
from services.assistance.departments import civil_affairs, disabled_federation
from services.monitoring.domain.registry import earning
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number

FOLDER = Path(departments.__file__).parent
SENT = {"labour", "disability", "stable_income", "income_per_head_fen", "workers"}
"""Of each person, and of the household: see PersonsFor of monitoring."""
NOBODY_KNOWS = {"supporters", "employed_since"}
"""In no field of 附件2: unknown until civil affairs itself finds it."""
NOTHING_EARNED = {"wages": {"fen": 0}, "business": {"fen": 0}}
OF_ANOTHER = {
    "deposits": {"存款余额": "1", "查询日期": "2021-06-01"},
    "vehicles": {"车辆类型": "小型汽车", "评估价值": "", "登记日期": "2020-01-01"},
    "houses": {"房屋性质": "商品房", "建筑面积": "90", "登记日期": "2020-01-01"},
    "business": {
        **{"主体类型": "个体工商户", "任职": "经营者", "登记状态": "存续"},
        **{"注册资本": "", "成立日期": "2020-01-01"},
    },
    "payroll": {"人员类别": "在职", "月应发工资": "3000", "起始日期": "2010-01-01"},
}
"""The property check of June: it was made, and found nothing of the persons asked about."""


def test_what_measures_read_of_the_asker_is_sent_or_known_to_be_unknown() -> None:
    deciding = [*FOLDER.glob("*/measures.py"), *FOLDER.glob("*/_[a-z]*.py")]
    read = {name for path in deciding for name in _read(ast.parse(path.read_text("utf-8")))}
    assert read == SENT | NOBODY_KNOWS


def _read(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        called = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        )
        if called and len(node.args) == 2:
            yield node.args[0].value


def asked(labour: str | None, judged: bool | None, figures: Any, income: int | None = None) -> dict[str, Any]:
    """A question about one person, as monitoring tells of them."""
    told: dict[str, Any] = {"ref": "m1", "pseudonym": person(1), "groups": ["monitored"], "labour": labour}
    told |= {"birth": "1980-01-01", "stable_income": earning.stable_income(labour, judged, figures)}
    question = {"risks": ["illness"], "category": "marginal", "able_to_work": True, "persons": [told]}
    return question | {"attributes": {"income_per_head_fen": income, "workers": 0, "size": 3}}


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(disabled_federation, tmp_path_factory.mktemp("federation"))
    card = {"身份证号": id_number(1), "村居代码": VILLAGE, "残疾类别": "肢体", "残疾等级": "三级"}
    office.bring_in("cards", "2021-06", card | {"证件状态": "有效", "评定日期": "2015-01-01"})
    other = {"身份证号": id_number(9), "补贴类别": "重度残疾人护理补贴", "月补贴金额": "70"}
    office.bring_in("subsidies", "2021-06", other)
    yield office
    office.close()


@pytest.mark.rule("A-06")
@pytest.mark.parametrize(
    ("labour", "judged", "figures", "eligible"),
    [
        ("weak", None, NOTHING_EARNED, "yes"),
        ("lost", True, {"wages": {"fen": 9_000_00}, "business": {"fen": 0}}, "yes"),
        ("weak", True, NOTHING_EARNED, "no"),
        ("weak", None, {}, "unknown"),
        ("ordinary", False, NOTHING_EARNED, "no"),
        (None, False, NOTHING_EARNED, "unknown"),
    ],
)
def test_the_living_subsidy_is_decided_by_what_monitoring_knows(
    federation: Office, labour: str | None, judged: bool | None, figures: Any, eligible: str
) -> None:
    question = asked(labour, judged, figures) | {"measures": ["A48-04"]}
    (answer,) = federation.worker.propose(lambda part: None, question, "2021-06-30", VILLAGE)
    assert (answer["eligible"], answer["amount_fen"]) == (eligible, 70_00 if eligible == "yes" else None)


@pytest.mark.rule("A-06")
def test_the_minimum_living_allowance_is_reckoned_from_the_income_of_the_household(tmp_path: Path) -> None:
    office = Office(civil_affairs, tmp_path)
    row = {"身份证号": id_number(9), "户主身份证号": id_number(9), "村居代码": VILLAGE, "保障状态": "在保"}
    row |= {
        "保障人数": "1",
        "月保障金额": "300",
        "享受起始日期": "2020-01-01",
        "渐退起始日期": "",
        "停保日期": "",
        "停保原因": "",
    }
    office.bring_in("minimum_living", "2021-06", row)
    supported = {"身份证号": id_number(9), "村居代码": VILLAGE, "供养方式": "分散供养", "自理能力": "自理"}
    supported |= {"委托照料协议": "", "月供养金": "546", "认定日期": "2020-01-01"}
    office.bring_in("destitute", "2021-06", supported)
    for table, cells in OF_ANOTHER.items():
        office.bring_in(table, "2021-06", {"身份证号": id_number(9)} | cells)
    answers = []
    for income in (0, 90_000_00, None):
        question = asked("weak", None, {}, income) | {"measures": ["A48-01"]}
        answers += office.worker.propose(lambda part: None, question, "2021-06-30", VILLAGE)
    standard = office.worker.plugin.policy.at(date(2021, 6, 30), VILLAGE).minimum_living.standard
    assert [one["eligible"] for one in answers] == ["yes", "no", "unknown"]
    assert answers[0]["amount_fen"] == standard * 3, "three persons, of whom one has a number"
    office.close()
