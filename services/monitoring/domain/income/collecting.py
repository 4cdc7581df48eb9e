"""A collection: one household, one period, its figures with the physical facts; what is refused, and why.

A row: {household, period, on, figures: {kind: fen}, months: {ref: "2.5"}, area: {crop: "1.50"}, sold: {stock:
head}, subsidies: [...], apart, giver, reason}. Only the figures that were asked are in it: what is left out
stays unknown (M-02). Source: 大委乡振组〔2023〕21号 三(一)、四(五); 国乡振发〔2023〕8号 六.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.periods import Quarter

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income.book import FACTS_OF, State
from services.monitoring.domain.income.figures import LABELS
from services.monitoring.domain.income.periods_of import period, quarter_of

Row = Mapping[str, Any]

CROPS: Final = {
    "rice": "水稻",
    "maize": "玉米",
    "rapeseed": "油菜",
    "vegetables": "蔬菜",
    "tea": "茶叶",
    "fruit": "水果",
    "oil_tea": "油茶",
    "herbs": "中药材",
    "other": "其他作物",
}
STOCK: Final = {"pig": "猪", "cattle": "牛", "goat": "羊", "poultry": "家禽", "other": "其他畜禽"}
FACTS: Final = ("months", "area", "sold", "subsidies")


@dataclass(frozen=True)
class Collector:
    """Who collects: actor id, title of the role, and what the collection is held against."""

    id: str
    role: str
    today: date
    days: int | None
    """Days after the end of a quarter within which no reason is asked; None: nobody has set them (K-05)."""


def check(row: Row, members: Collection[str], by: Collector) -> None:
    """Refuse a row that cannot be (BadRequest with a code of its own): D-02, D-05."""
    when = period(row["period"])
    if not row["figures"]:
        raise BadRequest("没有任何收支数字", code="income.empty", remedy="请至少填一项；没有的填 0。")
    if when.last >= by.today or row["on"] > by.today:
        raise BadRequest(
            f"{when} 尚未结束，或采集日期晚于今天 {by.today}",
            code="income.future",
            remedy="时段结束后再采集，不预填。",
        )
    if row["on"] <= when.last:
        raise BadRequest(
            f"采集日期 {row['on']} 不在 {when} 之后", code="income.day", remedy="请填实际采集日期。"
        )
    _check_amounts(row)
    _check_months(row, members)
    _check_late(row, quarter_of(when), by)


def _check_amounts(row: Row) -> None:
    wrong = [LABELS[kind] for kind, fen in row["figures"].items() if fen < 0]
    if wrong:
        raise BadRequest(
            f"{'、'.join(wrong)}为负数",
            code="income.negative",
            remedy="收入与支出分别填写：亏损由生产经营性支出大于收入得出。",
        )


def _check_months(row: Row, members: Collection[str]) -> None:
    most = 3 if "Q" in row["period"] else 1
    for ref, months in (row["months"] or {}).items():
        if ref not in members:
            raise BadRequest(
                "务工月数填给了不在本户的成员",
                code="income.not_a_member",
                remedy="请用 household 查看在户成员的编号。",
            )
        if Decimal(months) > most:
            raise BadRequest(
                f"成员 {ref[-2:]} 务工 {months} 个月，多于时段的 {most} 个月",
                code="income.months",
                remedy="务工月数不能多于时段。",
            )


def _check_late(row: Row, quarter: Quarter, by: Collector) -> None:
    if by.days is None or row["reason"]:
        return
    if by.today > quarter.last + timedelta(days=by.days):
        raise BadRequest(
            f"{quarter} 的采集期（季后 {by.days} 天）已过",
            code="income.late",
            remedy="补采请写明理由（reason）。",
        )


def entries(row: Row, by: Collector) -> Iterator[dict[str, Any]]:
    """Yield the entries of a row, each with the facts that belong to its kind."""
    for kind, fen in row["figures"].items():
        facts = {name: row[name] for name in FACTS_OF.get(kind, ()) if row[name] is not None}
        yield {
            "kind": kind,
            "period": row["period"],
            "fen": fen,
            "giver": row["giver"] or by.role,
            "by": by.id,
            "role": by.role,
            "on": row["on"].isoformat(),
            "recorded_on": by.today.isoformat(),
            "facts": facts,
            "apart": bool(row["apart"]) and kind in books.PAID.values(),
            "reason": row["reason"],
        }


def collected(book: State, rows: list[Row], size: int, by: Collector) -> tuple[State, dict[str, int]]:
    """Return the book with these rows of its year, and how many figures were taken, unchanged, corrected."""
    counted = dict.fromkeys((books.NEW, books.SAME, books.CORRECTED), 0)
    quarters = {quarter_of(period(row["period"])) for row in rows}
    for one in (one for row in rows for one in entries(row, by)):
        book, what = books.take(book, one)
        counted[what] += 1
    books.check(book, sorted(quarters))
    new = {str(quarter): size for quarter in quarters if str(quarter) not in book["sizes"]}
    return {**book, "sizes": {**book["sizes"], **new}}, counted
