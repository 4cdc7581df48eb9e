"""季度收入采集 on a worklist: the households of a village whose quarter is not whole (D-02, D-04).

A row that comes back goes in by the handler of every collection; what stands in the book is never overwritten
without a reason (R-05).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from shouwang.money import format_yuan
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import sheets as rules
from services.monitoring.domain.income import book as books
from services.monitoring.domain.income.figures import LABELS, REFERENCE
from services.monitoring.handlers.income import collecting
from services.monitoring.handlers.income.reading import due_homes

Json = dict[str, Any]
DECIDED: Final = "与系统现值不同，核对后以入户工作清单为准"
"""The reason that stands in the book when the cadre saw both values and decided for the sheet."""
COLUMNS: Final = {
    "income.late": "理由（更正或补采）",
    "income.collected": "理由（更正或补采）",
    "income.future": "采集日期",
    "income.day": "采集日期",
}
"""Where on the sheet to put right what the handler refuses."""
_NOTHING: Final = dict.fromkeys(("months", "area", "sold", "subsidies", "giver"))


def last_quarter(on: date) -> Quarter:
    """Return the quarter that is collected now: the last that is over."""
    return Quarter.of(on).shift(-1)


def homes_due(ctx: Context, village: str, quarter: Quarter) -> Iterator[tuple[Aggregate, list[str]]]:
    """Yield the households that are still to be collected, each with the kinds that are missing."""
    due = due_homes(ctx, village, quarter)
    homes = ctx.store.many_households(due)
    known = ctx.store.many_books(books.book_id(home, quarter.year) for home in due)
    for home in due:
        book = known.get(books.book_id(home, quarter.year))
        yield homes[home], books.missing(book.state if book else None, quarter)


def missing_in_words(missing: list[str]) -> str:
    """Return what is missing, for the sheet."""
    return "全部" if len(missing) == len(REFERENCE) else "、".join(LABELS[kind] for kind in missing)


def book_of(ctx: Context, about: Json) -> Aggregate:
    """Return the book that a row would change, a new one when there is none."""
    household = ctx.store.households.get(about["household"])
    return collecting.book(ctx, household, Quarter.parse(about["quarter"]).year)


def current(state: Json, quarter: str) -> dict[str, dict[str, int]]:
    """Return what stands in the book of a quarter: kind → period → fen."""
    return {
        kind: {period: one["fen"] for period, one in _standing(state, kind, quarter)} for kind in REFERENCE
    }


def _standing(state: Json, kind: str, quarter: str) -> Iterator[tuple[str, Json]]:
    for period, one in books.of_quarter(state, kind, Quarter.parse(quarter)):
        yield str(period), dict(one)


def in_words(known: dict[str, dict[str, int]]) -> str:
    """Return what stands in the book as a line for the cadre."""
    told = [
        f"{LABELS[kind]}（{period}）：{format_yuan(fen)}"
        for kind, of_kind in known.items()
        for period, fen in of_kind.items()
    ]
    return "；".join(told) or "（未采集）"


def differs(kept: Json, values: Json, known: dict[str, dict[str, int]]) -> bool:
    """Whether a figure of the row was collected meanwhile, and differently."""
    given = {"period": kept["quarter"], "fen": rules.amounts(values)}
    return rules.income_conflicts(given, kept["seen"], known)


def put(ctx: Context, kept: Json, values: Json) -> None:
    """Collect a row as any other collection."""
    reason = values["reason"] or (DECIDED if kept["shown"] is not None else None)
    given = {"period": kept["quarter"], "on": date.fromisoformat(values["on"]), "apart": False}
    row = {**_NOTHING, **given, "figures": rules.amounts(values), "reason": reason}
    collecting.collect_income(ctx, {"household": kept["household"], "periods": [row]})
