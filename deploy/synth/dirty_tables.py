"""How a row of a department table is spoilt, and the extra rows that are there to be spoilt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from deploy.synth.calendar import Calendar
from deploy.synth.deliveries import Delivery
from deploy.synth.department_rows import BANKS, Row, bill_row, insured
from deploy.synth.households import Bill, Household
from deploy.synth.numbers import spoilt_check
from deploy.synth.tables import Form

EXTRA_CLAIM = 90
MONEY = {"settlements": "政策范围内费用", "deposits": "存款余额"}
DAYS = {"settlements": "结算日期", "vehicles": "登记日期"}
LABELS = {"insured": "参保状态"}


def extra(household: Household, table: str, delivery: Delivery, calendar: Calendar, rng: Random) -> Row:
    """Return one more row about the head of a household, right in itself."""
    head, form = household.persons[0], delivery.form
    if table == "settlements":
        bill = Bill(head.ref, delivery.month, 1 + household.index % 26, "普通门诊", 30 + household.index % 40)
        return bill_row(household, bill, EXTRA_CLAIM, delivery, calendar, rng)
    if table == "insured":
        return next(iter(insured(household, delivery, calendar)))
    heads: Row = [head.name, form.person(head.id_number)]
    if table == "deposits":
        return [*heads, BANKS[0], form.money(30_000), form.day(calendar.first(delivery.month))]
    return [*heads, "普通摩托车", form.money(150_000), form.day(date(2019, 5, 6))]


def spoil(row: Row, kind: str, form: Form) -> tuple[Row, str]:
    """Return the row with its fault, and the heading of the bad cell."""
    return SPOILERS[kind](list(row), form)


def _id(make: Callable[[str], str]) -> Callable[[Row, Form], tuple[Row, str]]:
    def spoiler(row: Row, form: Form) -> tuple[Row, str]:
        at = form.id_column
        plain = str(row[at]).strip(" '").upper()
        row[at] = form.person(make(plain))
        return row, form.headings[at]

    return spoiler


def _cell(where: dict[str, str], value: str) -> Callable[[Row, Form], tuple[Row, str]]:
    def spoiler(row: Row, form: Form) -> tuple[Row, str]:
        heading = where[form.table]
        row[form.headings.index(heading)] = value
        return row, heading

    return spoiler


def _over_total(row: Row, form: Form) -> tuple[Row, str]:
    total, in_scope = form.headings.index("费用总额"), form.headings.index("政策范围内费用")
    row[total], row[in_scope] = row[in_scope], row[total]
    return row, "政策范围内费用"


def _claim(row: Row, form: Form) -> tuple[Row, str]:
    return row, "结算单号"


SPOILERS: dict[str, Callable[[Row, Form], tuple[Row, str]]] = {
    "bad_checksum": _id(spoilt_check),
    "bad_length": _id(lambda number: number[:17]),
    "text_in_number": _cell(MONEY, "壹仟元整"),
    "negative_amount": _cell(MONEY, "-300.00"),
    "impossible_date": _cell(DAYS, "2021-02-30"),
    "unknown_label": _cell(LABELS, "待核"),
    "duplicate_claim": _claim,
    "in_scope_over_total": _over_total,
}
