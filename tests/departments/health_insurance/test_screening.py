"""Screening on files as the bureau exports them: who is found, on which figures, what a gap says (S-05)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from shouwang.decision import Decision

from services.assistance.departments import health_insurance
from tests.departments.office import VILLAGE, Office, person
from tests.shared.department.water import id_number


def insured(number: int, status: str) -> dict[str, Any]:
    scheme = "城乡居民" if status == "正常参保" else ""
    return {
        "姓名": "某人",
        "证件号码": id_number(number),
        "村居代码": VILLAGE,
        "参保年度": "2021",
        "险种": scheme,
        "参保状态": status,
        "个人缴费金额": "280.00" if scheme else "",
        "参保日期": "2020/12/20" if scheme else "",
    }


def claim(number: int, month: str, in_scope: int, basic: int, aid: str = "") -> dict[str, Any]:
    return {
        "结算单号": f"{month}-{number}",
        "身份证号": id_number(number),
        "结算日期": f"{month}-15",
        "医疗类别": "住院",
        "费用总额": f"{in_scope + 500:,}.00",
        "政策范围内费用": f"{in_scope}.00",
        "基本医保支付": f"{basic}.00",
        "大病保险支付": "",
        "医疗救助支付": aid,
    }


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(health_insurance, tmp_path_factory.mktemp("bureau"))
    made.bring_in("insured", "2021", insured(1, "正常参保"), insured(2, "未参保"), insured(3, "暂停参保"))
    for month in ("2021-03", "2021-04", "2021-05"):
        made.bring_in("settlements", month, claim(9, month, 10, 9))
    made.bring_in(
        "settlements", "2021-06", claim(1, "2021-06", 20_000, 12_000), claim(2, "2021-06", 20_000, 15_000)
    )
    yield made
    made.close()


@pytest.mark.rule("S-05")
def test_a_heavy_own_share_is_told_with_its_figures(bureau: Office) -> None:
    told, parts = bureau.parts("2021-06")
    assert told["S-05.heavy_own_share"]["found"] == 1
    (part,) = [one for one in parts if one["rule"] == "S-05.heavy_own_share"]
    (hit,) = part["hits"]
    assert (hit["person"], part["risk"], part["period"]) == (
        person(1),
        "illness",
        "2021-06",
    )
    decision = Decision.from_dict(hit["decision"])
    shown = [(ground.name, ground.value) for ground in decision.grounds[:1]]
    assert shown == [("own_share", 800_000)]
    assert (
        "2020-07-01 至 2021-06-30 三重保障后政策范围内自付 8,000 元（祁东县医疗保障局 2021-06-30）"
        in decision.sentence()
    )


@pytest.mark.rule("S-05")
def test_the_months_that_did_not_come_are_named(bureau: Office) -> None:
    told, parts = bureau.parts("2021-06")
    missing = told["S-05.heavy_own_share"]["missing"]["settlements"]
    assert missing == ("2020-07", "2020-08", "2020-09", "2020-10", "2020-11", "2020-12", "2021-01", "2021-02")
    hit = next(part["hits"][0] for part in parts if part["rule"] == "S-05.heavy_own_share")
    assert "（缺 2020-07、2020-08" in hit["decision"]["conclusion"]
    assert "所列为下限" in hit["decision"]["conclusion"]


@pytest.mark.rule("S-05")
def test_the_uninsured_are_told_once_a_year_with_their_village(bureau: Office) -> None:
    for month in ("2021-06", "2021-07"):
        _, parts = bureau.parts(month)
        (part,) = [one for one in parts if one["rule"] == "S-05.uninsured"]
        assert part["period"] == "2021"
        people = {hit["person"]: hit["region"] for hit in part["hits"]}
        assert people == dict.fromkeys((person(n) for n in (2, 3)), VILLAGE)
        labels = {hit["decision"]["grounds"][0]["value"] for hit in part["hits"]}
        assert labels == {"未参保", "暂停参保"}


@pytest.mark.rule("S-05")
def test_a_registry_past_its_time_is_unknown(bureau: Office) -> None:
    told, _ = bureau.parts("2022-03")
    assert (told["S-05.uninsured"]["verdict"], told["S-05.uninsured"]["code"]) == (
        "unknown",
        "department.stale",
    )


@pytest.mark.rule("S-05")
def test_before_the_figure_was_set_the_rule_is_unknown(bureau: Office) -> None:
    bureau.bring_in("settlements", "2020-12", claim(1, "2020-12", 20_000, 12_000))
    told, _ = bureau.parts("2020-12")
    assert (told["S-05.heavy_own_share"]["verdict"], told["S-05.heavy_own_share"]["code"]) == (
        "unknown",
        "unknown_value",
    )
    assert "因病预警标准" in told["S-05.heavy_own_share"]["reason"]


def test_payouts_above_the_cost_are_refused(bureau: Office) -> None:
    report = bureau.bring_in(
        "settlements", "2021-02", claim(4, "2021-02", 100, 90), claim(5, "2021-02", 100, 90, "20")
    )
    (problem,) = report["rejected"]
    assert (problem["row"], problem["code"]) == (4, "money.exceeds")
    assert problem["problem"] == "“基本医保支付＋大病保险支付＋医疗救助支付”超过“政策范围内费用”"
