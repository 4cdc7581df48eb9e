"""The cases of duties, of watching and of sheets that officials can read, run against the rules."""

from datetime import date
from typing import Any

import pytest
from shouwang.testing.cases import YamlCase, case_params

from services.monitoring.domain.care import (
    duties,
    escalation,
    sheets,
    watching,
)
from services.monitoring.domain.income.figures import LABELS
from tests.services.monitoring.care.telling import CASES, REGION, figures, of_file, tried
from tests.services.monitoring.reading import YES_NO, word

DECIDES = (duties, escalation, sheets, watching)


@pytest.mark.parametrize("case", case_params(CASES, rule="D-07"))
def test_watching(case: YamlCase) -> None:
    given, on = case.given_of("列入于", "查看于", "结束于", "监测对象"), case.as_of
    view = figures(given["列入于"])
    state = watching.begun(f"{REGION}-0001", "income_fell", given["列入于"], view.watch_look_days)
    steps: list[Any] = []
    if "监测对象" in given:
        steps.append(lambda state: watching.check_may_watch(YES_NO[given["监测对象"]]) or state)
    if "结束于" in given:
        steps.append(lambda state: watching.ended(state, "stable", given["结束于"]))
    for day in given.get("查看于", []):
        look = {"on": day.isoformat(), "by": "甲", "change": "same", "note": ""}
        steps.append(lambda state, look=look: watching.looked(state, look, view.watch_look_days))
    state, code = tried(state, *steps)
    terms = (view.overdue_to_town_days, view.overdue_to_county_days)
    case.check(
        {
            "期限": state["due_on"],
            "逾期": word(escalation.is_overdue(state["due_on"], on)),
            "层级": escalation.level_of("village", state["due_on"], on, *terms),
            "拒绝": code,
            "查看次数": state["looked"],
        }
    )


@pytest.mark.parametrize("case", of_file("sheets"))
def test_rows_of_sheets(case: YamlCase) -> None:
    given, on = case.given_of("工作表", "填写", "备注字数"), case.as_of
    kind = {title: kind for kind, title in sheets.KINDS.items()}[given["工作表"]]
    cells = dict(given["填写"]) | ({"备注": "字" * given["备注字数"]} if "备注字数" in given else {})
    values, found = sheets.read_row(kind, cells, on)
    assert all(one.message and one.remedy for one in found)
    wrong = [f"{one.column} {one.code}" for one in found]
    blank = word(sheets.is_blank(kind, cells))
    told = {"空行": blank, "有误列": wrong, "冲突时写作": sheets.shown(kind, values)}
    if kind == sheets.INCOME:
        told["金额"] = {LABELS[name]: fen for name, fen in sheets.amounts(values).items()}
    case.check(told)


@pytest.mark.parametrize("case", of_file("income_conflicts"))
def test_figures_collected_while_a_sheet_was_out(case: YamlCase) -> None:
    filled, seen, known = case.given_of("表中", "导出时", "现在").values()
    codes = {label: code for code, label in LABELS.items()}
    given = {"period": "2021Q2", "fen": {codes[label]: fen for label, fen in filled.items()}}
    stands = [
        {kind: {"2021Q2": of[label]} if label in of else {} for label, kind in codes.items()}
        for of in (seen, known)
    ]
    case.check({"冲突": word(sheets.income_conflicts(given, *stands))})


def _duty(one: dict[str, Any], on: date, terms: tuple[int, int]) -> duties.Duty:
    day = one["期限"].isoformat() if "期限" in one else None
    level = escalation.level_of(one.get("起于", "village"), day, on, *terms)
    told = {"region": REGION, "household": None, "act": "look", "rule": "D-07", "level": level}
    who = {"roles": (one["角色"],), "person": one.get("本人")}
    return duties.Duty(key=f"k/{one['事项']}", kind="k", label=one["事项"], due_on=day, **who, **told)


@pytest.mark.parametrize("case", of_file("duties"))
def test_duties(case: YamlCase) -> None:
    given, on = case.given_of("待办", "角色", "本人", "每页"), case.as_of
    view = figures(on)
    terms = (view.overdue_to_town_days, view.overdue_to_county_days)
    every = [_duty(one, on, terms) for one in given["待办"]]
    found = duties.in_order(duties.for_whom(every, given.get("角色"), given.get("本人")))
    first, after = duties.page(found, None, given.get("每页", 100))
    second, _ = duties.page(found, after, 100)
    shown = [one.shown(on) for one in found]
    case.check(
        {
            "次序": [one.label for one in found],
            "逾期天数": [one["age_days"] for one in shown],
            "逾期数": sum(one["overdue"] for one in shown),
            "层级": [one.level for one in found],
            "第一页": [one.label for one in first],
            "第二页": [one.label for one in second] if after else [],
            "还有": word(after is not None),
        }
    )
