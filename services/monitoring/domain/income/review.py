"""One quarter of one household before every check: what the rules of D-05 and D-07 are given, from the books.

Pure: the books of the household by year, how the village stands, whether removal is proposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shouwang.decision import Decision, Input
from shouwang.money import round_half_up
from shouwang.periods import Month, Quarter, Window
from shouwang.policy import View

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income import plausible, village
from services.monitoring.domain.income.figures import NET, REFERENCE, a_head, net_income
from services.monitoring.domain.income.growth import Compared
from services.monitoring.domain.income.periods_of import year_to
from services.monitoring.domain.income.watch import Course
from services.monitoring.domain.income.windows import Books, inputs, size

PAYABLE: Final = {"paid": "transfers", "claims": "claims"}
YEAR: Final = 4
"""Quarters."""


@dataclass(frozen=True)
class Neighbours:
    """How a village stands in a quarter: the spread of income per head, how frequent which figures are."""

    spread: village.Spread | None
    alike: Mapping[tuple[int, ...], int]


def neighbours(all_books: Iterable[Books], quarter: Quarter) -> Neighbours:
    """Return how the village stands, from the books of its households."""
    found = [(per_head(one, quarter), village.likeness(inputs(one, quarter.window))) for one in all_books]
    known = [amount for amount, _ in found if amount is not None]
    return Neighbours(village.spread(known), Counter(same for _, same in found if same is not None))


def per_head(of: Books, quarter: Quarter) -> int | None:
    """Return net income in fen per head of a quarter; None when it is not known."""
    return a_head(net_income(inputs(of, quarter.window)), Input(size(of, quarter)))


def checks(
    of: Books, quarter: Quarter, around: Neighbours, proposed_on: date | None, policy: View
) -> dict[str, Decision]:
    """Return what every check of D-05 says of the quarter: check → decision."""
    given = inputs(of, quarter.window)
    book = of[quarter.year]
    months = books.facts_of(book, quarter, "months")
    paid = {check: _paid(book, kind, quarter) for check, kind in PAYABLE.items()}
    same = village.likeness(given)
    alike = None if same is None else around.alike.get(same, 0)
    head = _head(per_head(of, quarter), quarter.window)
    facts = [books.facts_of(book, quarter, name) for name in ("area", "sold")]
    jump = (head, _average_before(of, quarter), _removal(quarter, proposed_on))
    return {
        "work": plausible.wages_fit_the_months(given["wages"], _months(months), policy),
        "production": plausible.business_fits_the_facts(given["business"], facts[0], facts[1], policy),
        **{
            check: plausible.not_less_than_paid(given[PAYABLE[check]], paid[check], policy)
            for check in PAYABLE
        },
        "round": plausible.not_all_round({kind: given[kind] for kind in NET}, policy),
        "jump": plausible.no_jump_before_removal(*jump, policy),
        "village": village.outlier(head, around.spread, policy),
        "identical": village.not_the_same_as_others(
            Input(alike, label="本村数字相同的户（含本户）", unit="households"), policy
        ),
    }


def basis(of: Books, quarter: Quarter) -> dict[str, Any]:
    """Return the household's own figures and facts of a quarter, by which a change is seen."""
    book = of[quarter.year]
    standing = [one for kind in REFERENCE for _, one in books.of_quarter(book, kind, quarter)]
    return {one["id"]: {"fen": one["fen"], "facts": one["facts"]} for one in standing}


def collectors(book: Mapping[str, Any], quarter: Quarter) -> set[str]:
    """Return who (actor ids) gave the figures of a quarter."""
    found = (one for kind in REFERENCE for _, one in books.of_quarter(dict(book), kind, quarter))
    return {str(one["by"]) for one in found}


def _months(given: Mapping[str, Decimal] | None) -> Input:
    total = None if given is None else sum(given.values(), Decimal(0))
    return Input(total, label="全家务工月数", unit="months")


def _paid(book: books.State, kind: str, quarter: Quarter) -> Input:
    found = books.paid(book, kind, quarter.months)
    owners = "、".join(dict.fromkeys(str(one["department"]) for one in found))
    total = sum(one["fen"] for one in found)
    return Input(total, owners, books.newest(found), "部门已发放", "fen", quarter.window)


def _head(amount: int | None, window: Window, label: str = "人均纯收入") -> Input:
    return Input(amount, label=label, unit="fen", period=window)


def _average_before(of: Books, quarter: Quarter) -> Input:
    """A quarter's average, per head, of the four quarters before this one."""
    before = quarter.shift(-1)
    total = _year_per_head(of, before)
    average = None if total is None else round_half_up(Decimal(total) / YEAR)
    return _head(average, year_to(before), "前四季人均纯收入季均")


def _year_per_head(of: Books, quarter: Quarter) -> int | None:
    return a_head(net_income(inputs(of, year_to(quarter))), Input(size(of, quarter)))


def _removal(quarter: Quarter, proposed_on: date | None) -> Input:
    months = None if proposed_on is None else Month.of(quarter.last).months_until(Month.of(proposed_on))
    return Input(months, "村级", proposed_on, "季末至提出风险消除", "months")


def course(of: Books, quarter: Quarter) -> Course:
    """Return how income and own payments per head went, for D-07."""
    ago = quarter.shift(-YEAR)
    own = {when: inputs(of, when.window)["own_payments"] for when in (quarter, ago)}
    heads = {when: a_head(one.value, Input(size(of, when))) for when, one in own.items()}
    return Course(
        now=_head(per_head(of, quarter), quarter.window),
        year_ago=_head(per_head(of, ago), ago.window, "上年同季人均纯收入"),
        year=_head(_year_per_head(of, quarter), year_to(quarter), "近四季人均纯收入"),
        year_before=_head(_year_per_head(of, ago), year_to(ago), "此前四季人均纯收入"),
        own=_head(heads[quarter], quarter.window, "人均合规自付支出"),
        own_year_ago=_head(heads[ago], ago.window, "上年同季人均合规自付支出"),
    )


def compared(of: Books, window: Window, last: Quarter) -> Compared:
    """Return a window beside the same window a year before, for D-04; `last`: its last quarter."""
    ago = last.shift(-YEAR)
    before = Window(window.start.replace(year=window.start.year - 1), ago.last)
    return Compared(inputs(of, window), inputs(of, before), size(of, last), size(of, ago))
