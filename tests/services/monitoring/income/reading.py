"""Turns the words of a case of income into what the rules take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shouwang.decision import Decision, Input, Verdict, outcome, rule
from shouwang.decision.rules import Rules
from shouwang.errors import ShouwangError
from shouwang.money import yuan
from shouwang.periods import Quarter

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income import collecting, flags, village
from services.monitoring.domain.income.figures import NET, REFERENCE
from services.monitoring.domain.income.growth import Compared, Growth
from services.monitoring.domain.income.watch import Course
from tests.services.monitoring.reading import UNKNOWN, YES_NO

HOME = "430426100001-0001"
REF = f"{HOME}-01"
ON = date(2021, 7, 1)
DAYS = 45


def fen(value: Any) -> int | None:
    return None if value == UNKNOWN else yuan(str(value))


def money(value: Any, label: str = "数") -> Input:
    return Input(fen(value), "村干部", ON, label, "fen")


def collector(today: date, id: str = "v-1") -> collecting.Collector:
    return collecting.Collector(id, "村干部", today, DAYS)


def row(period: str, kind: str = "wages", amount: Any = 0, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("months", "area", "sold", "subsidies", "giver", "reason"))
    given = {"period": period, "on": ON, "figures": {kind: fen(amount)}, "apart": False}
    return {**blank, **given, **more}


def book(entries: Mapping[str, Any], kind: str = "wages", **more: Any) -> dict[int, Any]:
    """Books with one kind of income: {period: yuan}."""
    made: dict[int, Any] = {}
    for period, amount in entries.items():
        year = int(str(period)[:4])
        before = made.get(year) or books.opened(HOME, year)
        rows = [row(str(period), kind, amount, **more)]
        made[year], _ = collecting.collected(before, rows, 1, collector(ON))
    return made


def book_on(entries: Mapping[str, Any], kind: str, day: date, **more: Any) -> dict[int, Any]:
    """Books as collected and recorded on a day."""
    made: dict[int, Any] = {}
    for text, amount in entries.items():
        year = int(str(text)[:4])
        before = made.get(year) or books.opened(HOME, year)
        rows = [row(str(text), kind, amount, on=day, reason="补采", **more)]
        made[year], _ = collecting.collected(before, rows, 1, collector(day))
    return made


def code(call: Any, *args: Any) -> str:
    """The code of a refusal, or 收下."""
    try:
        call(*args)
    except ShouwangError as error:
        return error.code
    return "收下"


def answered(given: Mapping[str, Any], key: str, otherwise: str) -> Input:
    return Input(YES_NO[given.get(key, otherwise)], "村信息采集人", ON)


def course(given: Mapping[str, Any]) -> Course:
    earned = {"now": "本季", "year_ago": "上年同季", "year": "近四季", "year_before": "此前四季"}
    spent = {"own": "本季支出", "own_year_ago": "上年同季支出"}
    amounts = {name: money(given.get(key, 1000), key) for name, key in earned.items()}
    return Course(**amounts, **{name: money(given.get(key, 0), key) for name, key in spent.items()})


def groups(given: Mapping[str, Any]) -> dict[str, Input]:
    low, moved = answered(given, "低收入", "否"), answered(given, "搬迁", "否")
    return {"ex_poor": answered(given, "脱贫户", "是"), "low_income": low, "relocated": moved}


def amounts(given: list[Any]) -> dict[str, Input]:
    """Figures of net income, in the order of the form; the rest is zero."""
    filled = [*given, *[0] * (len(NET) - len(given))]
    return {kind: money(value, kind) for kind, value in zip(NET, filled, strict=True)}


def spread(given: Mapping[str, Any]) -> village.Spread | None:
    if "中位数" in given:
        middle, mad = yuan(str(given["中位数"])), yuan(str(given["离差"]))
        return village.Spread(Decimal(middle), Decimal(mad), given["户数"])
    own = [] if given.get("只看他户") else [given["本户"]]
    return village.spread([yuan(str(one)) for one in [*own, *given["他户"]]])


def growth(before: Any, now: Any, scope: int = 1, known: int = 1) -> Growth:
    counts = [
        Input(one, "村级汇总", None, label, "households")
        for one, label in ((known, "可比"), (scope, "应采集"))
    ]
    return Growth(money(now, "本年"), money(before, "上年"), *counts)


def compared(given: Any) -> Compared:
    """A household that earns wages: [before, now] of one person, or {上年, 本年, 人口, 经营支出}."""
    if isinstance(given, list):
        given = {"上年": given[0], "本年": given[1]}
    (size_before, size), (cost_before, cost) = given.get("人口", [1, 1]), given.get("经营支出", [0, 0])

    def of(wages: Any, costs: Any) -> dict[str, Input]:
        filled = {"wages": wages, "business_costs": costs}
        return {kind: money(filled.get(kind, 0)) for kind in REFERENCE}

    return Compared(of(given["本年"], cost), of(given["上年"], cost_before), size, size_before)


EARNED = {"工资性收入": "wages", "合规自付支出": "own_payments"}
DAY_AFTER = date(2021, 7, 1)


def whole_rows(given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with every kind: what is not given is zero; 只填 leaves the others out."""
    return [_whole_row(one) for one in given]


def _whole_row(one: Mapping[str, Any]) -> dict[str, Any]:
    figures = {kind: 0 for kind in REFERENCE if one.get("只填") in (None, kind)}
    figures |= {kind: fen(one[key]) for key, kind in EARNED.items() if key in one}
    months = {REF: one["务工月数"]} if "务工月数" in one else None
    return row(str(one["时段"]), figures=figures, months=months, area=one.get("面积"), sold=one.get("出栏"))


def whole_books(given: list[Mapping[str, Any]], size: int = 1) -> dict[int, Any]:
    made: dict[int, Any] = {}
    for one in whole_rows(given):
        year = int(one["period"][:4])
        before = made.get(year) or books.opened(HOME, year)
        made[year], _ = collecting.collected(before, [one], size, collector(ON))
    return made


def payment(on: Any, amount: Any, kind: str = "transfer") -> dict[str, Any]:
    day = str(on)
    paid = {"fen": fen(amount), "on": day, "month": day[:7], "kind": kind}
    return {**paid, "measure": "m", "department": "civil_affairs"}


SANDBOX = Rules()


@rule("X-00", version=1, valid_from=date(2021, 1, 1), title="试", rules=SANDBOX)
def verdict(answer: bool | None) -> Decision:
    return outcome(answer, [], "试")


ANSWERS = {"不相称": True, "又变仍不相称": True, "相称": False, "不能判定": None}
PEOPLE = {"核实": ("t-1", "查看流水"), "自核": ("v-1", "查看流水"), "空核": ("t-1", " ")}


def flag(steps: list[str]) -> Mapping[str, Any]:
    """A flag after these steps."""
    found: dict[str, flags.Flag] = {}
    for step in steps:
        if step in ANSWERS:
            basis = {"wages": 2 if step.startswith("又变") else 1}
            found = flags.examined(found, "2021Q2", {"work": verdict(ANSWERS[step])}, basis, ON)
        else:
            by, evidence = PEOPLE[step]
            one = flags.resolved(found["2021Q2-work"], flags.CONFIRMED, evidence, by, ON, {"v-1"})
            found = {one["id"]: one}
    return found.get("2021Q2-work", {"status": "无", "earlier": None})


QUARTER = Quarter(2021, 2)
WORDS = {
    True: "是",
    False: "否",
    None: "不能判定",
    Verdict.YES: "是",
    Verdict.NO: "否",
    Verdict.UNKNOWN: "不能判定",
}
