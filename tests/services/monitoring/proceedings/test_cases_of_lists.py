"""The cases of the national system, of lists made anew, of codes and members, run against the rules."""

from datetime import date
from typing import Any

import pytest
from shouwang.errors import BadRequest, Conflict, NotFound
from shouwang.testing.cases import YamlCase
from shouwang.vocabulary import Category, Risk, State

from services.monitoring.domain.proceedings import (
    anew,
    cells,
    codes,
    members,
    national,
    reconciling,
)
from tests.services.monitoring import reading
from tests.services.monitoring.proceedings.telling import CATEGORIES, REGION, of, view

DECIDES = (anew, cells, codes, members, reconciling, national)


def _owed(case: YamlCase, given: dict[str, Any]) -> dict[str, Any]:
    entry = national.owed("inclusion", given["审定日期"], view(case).national_entry_days)
    if "录入日期" in given:
        entry = national.confirmed(entry, "N1", given["录入日期"], "town-1", case.as_of)
    return {
        "应录入日期": date.fromisoformat(entry["due_on"]),
        "已过天数": national.age(entry, case.as_of),
        "逾期": reading.word(national.is_overdue(entry, case.as_of)),
    }


HOMES = {"甲": "甲户"}
COLUMNS = ("户编号", "证件号码", "监测对象类型", "纳入日期", "是否消除风险", "风险消除时间")


def _compared(given: dict[str, Any]) -> dict[str, Any]:
    texts = [[str(cell) for cell in row] for row in given["国家系统"]]
    rows = [{"row": n, "cells": dict(zip(COLUMNS, row, strict=False))} for n, row in enumerate(texts, 2)]
    lines, problems = reconciling.read_rows(rows)
    ours = [_ours(*row) for row in given["本系统"]]
    same, matters = reconciling.compare(ours, lines, HOMES)
    assert [one["matter"] for one in matters] == list(range(1, len(matters) + 1))
    told = "可以"
    try:
        for number in given.get("办结", []):
            matters = reconciling.resolved(matters, number, {"how": "not_ours"})
    except (Conflict, NotFound) as error:
        told = type(error).__name__
    return {
        "办结结果": told,
        "未办结": [one["matter"] for one in matters if one["resolution"] is None],
        "状态": [one["status"] for one in matters],
        "一致": same,
        "问题": [[one["kind"], one["household"] or "无"] for one in matters],
        "错行": [[one["row"], one["column"]] for one in problems],
    }


def _ours(household: str, number: str, kind: str, since: date) -> dict[str, Any]:
    known = {"household": household, "number": number, "category": Category.from_label(kind).value}
    return {**known, "since": str(since), "removed": False, "removed_on": None}


@pytest.mark.parametrize("case", of("national", rule="I-05"))
def test_national(case):
    given = case.given_of("审定日期", "录入日期", "本系统", "国家系统", "办结", "表头")
    if "表头" in given:
        case.check({"缺列": cells.lacking(given["表头"], reconciling.NEEDED)})
        return
    case.check(_compared(given) if "国家系统" in given else _owed(case, given))


@pytest.mark.parametrize("case", of("anew", rule="I-06"))
def test_anew(case):
    given = case.given_of(*anew.NEEDED, *anew.OPTIONAL)
    try:
        read = anew.read(given, REGION)
    except BadRequest as error:
        case.check({"错列": error.details["column"]})
        return
    names = {one.value: one.label for one in (*Risk, *State)}
    case.check(
        {
            "错列": "无",
            "户": read["household"].removeprefix(f"{REGION}-"),
            "原类型": CATEGORIES[read["was"]],
            "原纳入": str(read["since"] or "无"),
            "风险": [names[one] for one in read["risks"]],
            "签字": read["paper"]["signed_by"].removeprefix(f"{REGION}-"),
            "签字日期": str(read["paper"]["on"]),
        }
    )


@pytest.mark.parametrize("case", of("codes", rule="M-14"))
def test_codes(case):
    given = case.given_of("情况", "风险", "低于基准线")
    low = reading.YES_NO[given.get("低于基准线", reading.UNKNOWN)]
    states = codes.states([State.from_label(one).value for one in given["情况"]], low)
    risks = codes.risks([Risk.from_label(one).value for one in given["风险"]])
    case.check({"状况序号": "".join(states), "风险序号": "".join(risks)})


@pytest.mark.parametrize("case", of("members", rule="D-01"))
def test_members(case):
    given = case.given_of("变动", "签字人")
    changes: list[dict[str, Any]] = []
    for one in given["变动"]:
        change = {"on": "2021-08-01", "kinds": list(one["情形"]), "left": list(one["离开"])}
        changes = members.noted(changes, change)
    newest = changes[-1]
    warned = members.warning(newest, given.get("签字人"))
    case.check(
        {
            "涉及人口": reading.word(members.concerns_members(newest["kinds"], newest["left"])),
            "终止理由": members.why_gone(changes),
            "记录次数": len(changes),
            "提示签字": reading.word("原签字仍然有效" in warned),
        }
    )
