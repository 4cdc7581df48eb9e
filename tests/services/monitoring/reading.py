"""Turns the words of a case in YAML into the facts that the rules take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.decision import Decision, Input, Verdict
from shouwang.money import yuan
from shouwang.periods import twelve_months_before
from shouwang.vocabulary import Risk

from services.monitoring.domain.income.figures import LABELS, Income
from services.monitoring.domain.proceedings import removal
from services.monitoring.domain.proceedings.risk import GUARANTEES, Danger, risk_label, uninsured
from services.monitoring.domain.registry.labour import LABELS as LABOUR

UNKNOWN = "不详"
YES_NO = {"是": True, "否": False, UNKNOWN: None, True: True, False: False}
CHECKS = {"housing": "住房安全问题", "school": "失学辍学", "water": "饮水安全问题"}
KINDS = {"脱贫户": "ex_poor", "一般农户": "ordinary", UNKNOWN: None}
JUDGED = {
    "measures_delivered": "措施落实",
    "fed_and_clothed": "不愁吃穿",
    "income_stable": "收入稳定",
    "spending_controlled": "刚性支出解决",
}
WORDS = {Verdict.YES: "是", Verdict.NO: "否", Verdict.UNKNOWN: "不能判定"}
GIVEN = (
    *("家庭人口", "人均纯收入", "户类型", "风险", "基本生活严重困难", "劳动技能", "参加医保", "特困", "低保"),
    *("重点审查", *LABELS.values(), *CHECKS.values(), *JUDGED.values()),
)


def said(value: Any, label: str = "", unit: str = "") -> Input:
    """An input that the checkers gave on a day."""
    return Input(value, "入户核实组", date(2021, 9, 8), label, unit)


def amount(value: Any) -> int | None:
    return None if value == UNKNOWN else yuan(str(value))


def income(given: Mapping[str, Any], on: date) -> Income:
    """人均纯收入 stands for wages of one person; without figures of its own, the rest is zero."""
    short = {"工资性收入": given["人均纯收入"]} if "人均纯收入" in given else {}
    figures = {
        name: said(amount(short.get(label, given.get(label, 0))), label, "fen")
        for name, label in LABELS.items()
    }
    size = said(given.get("家庭人口", 1), "家庭人口", "persons")
    return Income(figures, size, twelve_months_before(on))


def danger(given: Mapping[str, Any]) -> Danger:
    found = [said(True, risk_label(Risk.from_label(label))) for label in given.get("风险", [])]
    checks = {name: said(YES_NO[given.get(key, "否")], GUARANTEES[name]) for name, key in CHECKS.items()}
    a26 = uninsured([YES_NO[one] for one in given.get("参加医保", ["是"])])
    return Danger(tuple(found), checks | {"insurance": said(a26, GUARANTEES["insurance"])})


def kind(given: Mapping[str, Any]) -> Input:
    return said(KINDS[given.get("户类型", "脱贫户")])


def difficulty(given: Mapping[str, Any]) -> Input:
    return said(YES_NO[given.get("基本生活严重困难", "否")], "基本生活")


def labour(given: Mapping[str, Any]) -> tuple[Input, ...]:
    codes = {label: code for code, label in LABOUR.items()} | {UNKNOWN: None}
    return tuple(said(codes[label], "劳动技能") for label in given.get("劳动技能", ["普通劳动力"]))


def progress(given: Mapping[str, Any]) -> removal.Progress:
    judged = {name: said(YES_NO[given.get(key, "是")], key) for name, key in JUDGED.items()}
    return removal.Progress(**judged)


def special(given: Mapping[str, Any]) -> removal.Special:
    risks = len(danger(given).standing)
    return removal.Special(
        said(YES_NO[given["特困"]], "特困供养"),
        said(YES_NO[given["低保"]], "低保"),
        said(risks, "风险类型", "items"),
        said(YES_NO[given["重点审查"]], "重点审查"),
    )


def word(found: Decision | Verdict | bool | None) -> str:
    """是, 否 or 不能判定."""
    if found is None or isinstance(found, bool):
        return {True: "是", False: "否", None: "不能判定"}[found]
    return WORDS[found.verdict if isinstance(found, Decision) else found]
