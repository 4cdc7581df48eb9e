"""The same rules over columns: Ibis expressions over the rows of `portrait.row`, for a whole county at once.

SQL's AND, OR and NOT over NULL are Kleene's, so unknown stays unknown. Every version of a rule that can be
asked for has its expression here; a property test holds them equal to the rule over one household. Only the
worker process imports this: no table engine in a service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import ibis
import pyarrow as pa
from shouwang.decision import RULES
from shouwang.errors import ConfigurationError, UnknownValue
from shouwang.policy import View
from shouwang.vocabulary import Category

from services.monitoring.domain.income.figures import EARNED
from services.monitoring.domain.portrait.classes import HIGH_QUALITY, KEY_MONITORED, PROTECTED, STABLE
from services.monitoring.domain.portrait.judged import (
    CATEGORY,
    CLASS,
    DUTY,
    MONITORED,
    NOBODY,
    OPEN,
    Versions,
    usable_from,
)
from services.monitoring.domain.portrait.row import CHECKS, GROUPS
from services.monitoring.domain.proceedings.category import EX_POOR, KINDS
from services.monitoring.domain.registry.labour import ABLE
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS

Table = Any
Column = Any
Expression = Callable[[Table, View], Column]

_TEXT: Final = ("household", "village", "status", "category", "kind", "window_start", "window_end", "givers")
SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in _TEXT),
        *((name, pa.int64()) for name in ("version", "size", *MONEY_FIELDS)),
        *((name, pa.bool_()) for name in (*CHECKS, "difficulty", *GROUPS)),
        *((name, pa.list_(pa.string())) for name in ("risks", "labour")),
    ]
)


def judged_columns(rows: Table, view: View, versions: Versions | None = None) -> Table:
    """Return {household, village, status, a34, a38, risk, category, duty, class} of every row.

    risk and duty: yes, no, unknown; category and class: their codes, `none`, `unknown`.
    """
    known = _with_verdicts(_with_income(rows, usable_from(view)))
    judged = known.mutate(
        **{name: _asked(rule, versions or {}, view)(known, view) for rule, name in _NAMES.items()}
    )
    return judged.select(
        *("household", "village", "status", "a34", "a38"), risk=_word(judged.danger), **_told(judged)
    )


_NAMES: Final = {CATEGORY: "in_category", DUTY: "in_duty", CLASS: "in_class"}


def _told(judged: Table) -> dict[str, Column]:
    return {"category": judged.in_category, "duty": judged.in_duty, "class": judged.in_class}


def _with_income(rows: Table, earliest: date | None) -> Table:
    usable = rows.window_end >= earliest.isoformat() if earliest else ibis.literal(False)
    money = rows.mutate(**{name: ibis.ifelse(usable, rows[name], None) for name in MONEY_FIELDS})
    net = sum((money[name] for name in EARNED[1:]), money[EARNED[0]]) - money.business_costs
    found = money.mutate(a33=net, a37=net + money.claims - money.own_payments)
    return found.mutate(a34=_a_head(found.a33, found.size), a38=_a_head(found.a37, found.size))


def _a_head(total: Column, size: Column) -> Column:
    """Whole fen a head, a half away from zero; as `round_half_up`, in whole numbers only."""
    persons = size.nullif(0)
    doubled = 2 * total.abs() + persons
    whole = ((doubled - doubled % (2 * persons)) / (2 * persons)).cast("int64")
    return ibis.ifelse(total < 0, -whole, whole)


def _with_verdicts(rows: Table) -> Table:
    problem = rows[CHECKS[0]]
    for name in CHECKS[1:]:
        problem = problem | rows[name]
    able = rows.labour.length() > 0
    return rows.mutate(
        danger=(rows.risks.length() > 0) | problem,
        able=ibis.ifelse(able, _any_able(rows.labour), ibis.literal(False)),
        monitored=rows.status == MONITORED,
    )


def _any_able(labour: Column) -> Column:
    """Yes when one can work, unknown while one who might is unknown, else no."""
    able = labour.filter(lambda one: one.isin(sorted(ABLE))).length() > 0
    open_ = labour.filter(lambda one: one.isnull()).length() > 0
    return ibis.ifelse(able, True, ibis.ifelse(open_, ibis.null("boolean"), False))


def _limit(view: View, name: str) -> Column:
    found = view.find(name)
    return ibis.literal(found.value if found.known else None, type="int64")


def _word(verdict: Column) -> Column:
    return ibis.cases((verdict.isnull(), OPEN), (verdict, "yes"), else_="no")


def _category(rows: Table, view: View) -> Column:
    limit = _limit(view, "monitoring_line")
    within = rows.a34 <= limit
    kind_known = ibis.ifelse(
        rows.kind.isin(sorted(KINDS)).fill_null(False) | ~rows.danger.fill_null(True),
        True,
        ibis.null("boolean"),
    )
    hard = (rows.a38 <= limit) | rows.difficulty
    over = ~within.fill_null(True)
    verdict = ibis.ifelse(over, hard & rows.danger, within & rows.danger & kind_known)
    poor = ibis.ifelse(rows.kind == EX_POOR, Category.UNSTABLE_EX_POOR.value, Category.MARGINAL.value)
    value = ibis.ifelse(over, Category.SUDDEN_HARDSHIP.value, poor)
    return ibis.cases((verdict.isnull(), OPEN), (verdict, value), else_=NOBODY)


def _duty(rows: Table, view: View) -> Column:
    return _word((rows.a34 < _limit(view, "monitoring_line")) & rows.danger)


def _class(rows: Table, view: View) -> Column:
    limit, high = _limit(view, "monitoring_line"), _limit(view, "class_high_line")
    protected = ~rows.able & (rows.destitute | rows.minimum_living)
    weak = rows.monitored | rows.danger | (rows.a34 <= limit) | (rows.a38 <= limit) | ~rows.able
    well_off = rows.a34 >= high
    return ibis.cases(
        (~rows.kind.isin(sorted(KINDS)).fill_null(False), OPEN),
        (rows.kind != EX_POOR, NOBODY),
        (protected.isnull(), OPEN),
        (protected, PROTECTED),
        (weak.isnull(), OPEN),
        (weak, KEY_MONITORED),
        (well_off.isnull(), OPEN),
        (well_off, HIGH_QUALITY),
        else_=STABLE,
    )


EXPRESSIONS: Final[Mapping[tuple[str, int], Expression]] = {
    (CATEGORY, 1): _category,
    (DUTY, 1): _duty,
    (DUTY, 2): _duty,
    (CLASS, 1): _class,
}


def _asked(rule: str, versions: Versions, view: View) -> Expression:
    """Return the expression of the version asked for, else of the day's; before the first: unknown."""
    try:
        version = versions.get(rule) or RULES.version(rule, on=view.on).version
    except UnknownValue:
        return lambda rows, view: ibis.literal(OPEN)
    if (rule, version) not in EXPRESSIONS:
        raise ConfigurationError(
            f"规则 {rule} 第 {version} 版没有成表的写法",
            code="what_if.no_expression",
            remedy=f"可用：{'、'.join(f'{name} 第 {number} 版' for name, number in EXPRESSIONS)}。",
        )
    return EXPRESSIONS[rule, version]
