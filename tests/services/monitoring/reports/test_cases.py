"""The cases of reports that officials can read: computed, reported or unknown; what a month differs in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shouwang.errors import ShouwangError
from shouwang.testing.cases import YamlCase, case_params

from services.monitoring.domain.reports import figures, indicators, monthly, periods, reported
from tests.services.monitoring.county import POLICY
from tests.services.monitoring.reports.counted import counts, said

DECIDES = (figures, indicators, monthly, periods, reported)
TELLING = ("section", "table", "bars")
"""How a report is laid out."""
HARMLESS = {"_gap: one['gap'] > 0 → one['gap'] >= 0": "a difference is never zero"}
CASES = Path("services/monitoring/cases/reports")
COUNTY = "430426"
UNKNOWN = "不详"
COMPARED = "monitored_uninsured"
TOLD = {"department": "县医保局", "on": "2021-12-31", "note": ""}


def of_file(name: str) -> list[Any]:
    return [one for one in case_params(CASES) if f"/{name}.yaml:" in one.values[0].where]


def known(value: Any) -> Any:
    return UNKNOWN if value is None else value


@pytest.mark.parametrize("case", of_file("indicators"))
def test_indicators(case: YamlCase) -> None:
    given = case.given_of("指标", "报送", "说明", "保障")
    one = next(one for one in indicators.INDICATORS if one.number == given["指标"])
    told = (
        {one.name: TOLD | {"value": given["报送"], "note": given.get("说明", "")}} if "报送" in given else {}
    )
    secured = dict(zip(("secured", "unsafe", "unknown"), given.get("保障", (0, 0, 0)), strict=True))
    found = indicators.indicator_figure(
        one, "指标", {"reported": told, "secured": {one.computed: secured} if one.computed else {}}
    )
    target = POLICY.at(case.as_of, COUNTY).find(f"k01_target.{one.name}").value
    assert (found["id"], found["unit"]) == (one.name, one.unit)
    shown = {"数值": known(found["value"]), "来源": found["source"], "依据": found["how"]}
    case.check({**shown, "目标": known(target)})


def _month(given: dict[str, Any]) -> dict[str, Any]:
    made = counts()
    made["registry"][COMPARED] = dict(zip(("known", "unknown"), given["登记"], strict=True))
    if "报送" in given:
        made["reported"] = {COMPARED: TOLD | {"value": given["报送"]}}
    answers = given.get("应答", {})
    asked = {name: dict(zip(("answered", "silent"), one, strict=True)) for name, one in answers.items()}
    made["comparisons"] = {"cases": len(asked), "departments": asked}
    made["clues"]["by_department"] = given.get("推送", {})
    return made


def _compared(case: YamlCase, given: dict[str, Any]) -> dict[str, Any]:
    made = _month(given)
    found = monthly.figures(made)
    parts = monthly.sections(made, found)
    text = said(parts)
    tables = [one for part in parts for one in part["tables"] if one["title"].startswith("表2")]
    return {
        "差异": [one["gap"] for one in monthly.differences(made)],
        "登记数": found[COMPARED]["value"],
        "部门数": known(found[f"{COMPARED}.reported"]["value"]),
        "应答": found["answers"]["value"],
        "未应答": found["silent"]["value"],
        "应答率": [row[3] for one in tables for row in one["rows"]],
        "正文有": [one for one in case.expect.get("正文有", []) if one in text],
        "正文无": [one for one in case.expect.get("正文无", []) if one not in text],
    }


def _number(value: Any) -> Any:
    return None if value == UNKNOWN else value


def _period(case: YamlCase, text: str) -> dict[str, Any]:
    kinds = {"-": periods.MONTHLY, "Q": periods.QUARTERLY}
    kind = next((kind for sign, kind in kinds.items() if sign in text), periods.YEARLY)
    try:
        last = periods.window(kind, text).end.isoformat()
    except ShouwangError as error:
        return {"拒绝": error.code}
    ended = [period for _, period in periods.ended_before(case.as_of)]
    shown = {"末日": last, "昨日结束": ended, "写作": periods.said(kind, text)}
    return shown | {"含": periods.within(kind, text)}


@pytest.mark.parametrize("case", of_file("monthly"))
def test_the_month_rates_and_periods(case: YamlCase) -> None:
    given = case.given_of("登记", "报送", "应答", "推送", "分子", "分母", "数", "时期")
    if "时期" in given:
        case.check(_period(case, given["时期"]))
    elif "分母" in given:
        found = figures.rate("r", "率", _number(given["分子"]), _number(given["分母"]), "算法")
        case.check({"率": known(found["value"])})
    elif "数" in given:
        middle = figures.median(given["数"])
        case.check({"中位数": known(middle), "写作": figures.said(middle, "天")})
    else:
        case.check(_compared(case, given))


NAMES = {"指标": "indicator", "区划": "region", "数值": "value", "单位": "unit", "日期": "on"}
USUAL = {"indicator": "sanitary_toilets", "region": COUNTY, "value": "99.5", "unit": "%"}
USUAL |= {"on": "2021-12-31", "note": ""}


@pytest.mark.parametrize("case", of_file("reported"))
def test_reported(case: YamlCase) -> None:
    given = case.given_of("报送", "先收", "序号", "另一部门")
    told = [USUAL | {NAMES[name]: str(value) for name, value in one.items()} for one in given["报送"]]
    before = {}
    if "先收" in given:
        value, sequence = given["先收"]
        before = {"figures": {f"sanitary_toilets/{COUNTY}": USUAL | {"value": value, "sequence": sequence}}}
    state = reported.taken_in(before, told, COUNTY, given.get("序号", 1)) | {"title": "县卫健局"}
    states = [state]
    if "另一部门" in given:
        value, on = given["另一部门"]
        other = {"sanitary_toilets/x": USUAL | {"value": value, "on": str(on)}}
        states.append({"title": "县乡村振兴局", "figures": other})
    chosen = reported.newest(states, COUNTY).get("sanitary_toilets")
    problems = [f"{one['place']} {one['problem']}" for one in state["problems"]]
    taken = [one["value"] for one in state["figures"].values()]
    case.check({"问题": problems, "收下": taken, "采用": chosen["value"] if chosen else UNKNOWN})
