"""The income book of a household and year: what was collected, by whom, when, and what departments paid.

State: {household, year, entries: [entry], payments: {id: payment}, sizes: {quarter: persons},
flags: {id: flag}}. An entry gives one kind of income for one period: {id, kind, period, fen, giver, by, role,
on, recorded_on, facts, apart, reason, replaced_by}; a correction is a new entry, the old one stays and names
it (R-05).
A payment: {fen, on, month, kind, measure, department}, and `withdrawn` {on, reason} once it turned out not to
be paid: it stays and counts nowhere (docs/decisions/0282). Kinds are those of `figures.REFERENCE` (M-05).

Source: 大委乡振组〔2023〕21号 三(一) (每季采集、每季更新); 国乡振发〔2023〕8号 六 (真实可靠).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.periods import Month, Quarter

from services.monitoring.domain.income.figures import LABELS, REFERENCE
from services.monitoring.domain.income.periods_of import Period, periods_in

State = dict[str, Any]
Entry = Mapping[str, Any]

PAID: Final = {"transfer": "transfers", "claim": "claims"}
"""What a department pays, and the figure to which it belongs: an insurance payout is A35, never A31."""
FACTS_OF: Final = {"wages": ("months",), "business": ("area", "sold"), "transfers": ("subsidies",)}
NEW, SAME, CORRECTED = "taken", "unchanged", "corrected"


def book_id(household: str, year: int) -> str:
    """Return "<household>-B2021"."""
    return f"{household}-B{year}"


def opened(household: str, year: int) -> State:
    """Return an empty book."""
    return {"household": household, "year": year, "entries": [], "payments": {}, "sizes": {}, "flags": {}}


def standing(book: State, kind: str) -> dict[str, Entry]:
    """Return the entries of a kind that hold, by period."""
    return {
        one["period"]: one for one in book["entries"] if one["kind"] == kind and one["replaced_by"] is None
    }


def take(book: State, given: Entry) -> tuple[State, str]:
    """Return the book with one more entry, and what became of it: taken, unchanged or corrected.

    given: {kind, period, fen, giver, by, role, on, recorded_on, facts, apart, reason}. The same again changes
    nothing; another figure for the same period needs a reason and keeps the old one (BadRequest
    `income.collected`).
    When every entry of a collection is taken, `check` says whether they agree.
    """
    before = standing(book, given["kind"]).get(given["period"])
    if before is not None and _same(before, given):
        return book, SAME
    if before is not None and not given["reason"]:
        raise _collected(before)
    new = {**given, "id": _next_id(book, given), "replaced_by": None}
    entries = [_replaced(one, before, new["id"]) for one in book["entries"]]
    return {**book, "entries": [*entries, new]}, NEW if before is None else CORRECTED


def _same(before: Entry, given: Entry) -> bool:
    return all(before[name] == given[name] for name in ("fen", "facts", "apart"))


def _next_id(book: State, given: Entry) -> str:
    place = (given["period"], given["kind"])
    number = sum((one["period"], one["kind"]) == place for one in book["entries"]) + 1
    return f"{given['period']}/{given['kind']}/{number}"


def _replaced(one: Entry, before: Entry | None, by: str) -> Entry:
    return {**one, "replaced_by": by} if one is before else one


def _collected(before: Entry) -> BadRequest:
    return BadRequest(
        f"{before['period']} 的{LABELS[before['kind']]}已于 {before['on']} 采集，与本次不同",
        code="income.collected",
        remedy="确需更正的，请写明更正理由（reason）；原数保留备查。",
    )


def check(book: State, quarters: Iterable[Quarter]) -> None:
    """Refuse figures that contradict each other: BadRequest `income.basis`, `income.months_differ`."""
    for quarter in quarters:
        for kind in REFERENCE:
            found = dict(of_quarter(book, kind, quarter))
            _check_basis(found, kind, quarter)
            _check_sums(found, kind, quarter)


def _check_basis(found: Mapping[Period, Entry], kind: str, quarter: Quarter) -> None:
    """Refuse figures with and without the payments of departments side by side in one quarter."""
    if len({one["apart"] for one in found.values()}) > 1:
        raise BadRequest(
            f"{quarter} 的{LABELS[kind]}有的含部门发放、有的不含，不能相加",
            code="income.basis",
            remedy="同一季度请用同一口径（apart）。",
        )


def _check_sums(found: Mapping[Period, Entry], kind: str, quarter: Quarter) -> None:
    """Refuse months that contradict their quarter: nothing below zero is left, and nothing of all three."""
    if quarter not in found:
        return
    months = [one["fen"] for when, one in found.items() if when != quarter]
    rest = found[quarter]["fen"] - sum(months)
    if rest < 0 or (len(months) == len(quarter.months) and rest != 0):
        raise BadRequest(
            f"{quarter} 的{LABELS[kind]}：各月之和与季度数不符",
            code="income.months_differ",
            remedy="请核对后把月度数与季度数在同一次采集中一并更正。",
        )


def of_quarter(book: State, kind: str, quarter: Quarter) -> Iterator[tuple[Period, Entry]]:
    """Yield the entries of a kind that hold within a quarter: that of the quarter, those of its months."""
    found = standing(book, kind)
    for text, one in periods_in(quarter):
        if text in found:
            yield one, found[text]


def as_of(book: State, day: date) -> State:
    """Return the book as it was on a day: what was recorded later is left out, and replaces nothing yet."""
    entries = [one for one in book["entries"] if one["recorded_on"] <= day.isoformat()]
    known = {one["id"] for one in entries}
    then = [one if one["replaced_by"] in known else {**one, "replaced_by": None} for one in entries]
    payments = {
        id: _known_on(one, day) for id, one in book["payments"].items() if one["on"] <= day.isoformat()
    }
    return {**book, "entries": then, "payments": payments}


def _known_on(payment: Entry, day: date) -> Entry:
    """Return a payment as it was known: one that was withdrawn later counted until then."""
    mark = payment.get("withdrawn")
    return _paid(payment) if mark is not None and mark["on"] > day.isoformat() else payment


def with_payment(book: State, id: str, payment: Entry) -> State:
    """Return the book with what a department paid, once by its id; what was withdrawn stays withdrawn.

    payment: {fen, on, month, kind, measure, department}. Another content under the same id is BadRequest
    `income.payment_differs`.
    """
    before = _before(book, id, payment)
    return book if before is not None else {**book, "payments": {**book["payments"], id: payment}}


def with_withdrawal(book: State, id: str, payment: Entry, mark: Entry) -> State:
    """Return the book in which a payment counts no more; also one of which nobody has told yet.

    mark: {on, reason}. The first withdrawal stands. BadRequest as `with_payment`.
    """
    before = _before(book, id, payment)
    if before is not None and "withdrawn" in before:
        return book
    return {**book, "payments": {**book["payments"], id: {**payment, "withdrawn": mark}}}


def _before(book: State, id: str, payment: Entry) -> Entry | None:
    """Return what stands under an id already; BadRequest when it is another payment."""
    before: Entry | None = book["payments"].get(id)
    if before is not None and _paid(before) != payment:
        raise BadRequest(
            f"发放记录 {id} 再次送达而内容不同",
            code="income.payment_differs",
            remedy="请发放部门以新的编号更正。",
        )
    return before


def _paid(payment: Entry) -> Entry:
    return {name: value for name, value in payment.items() if name != "withdrawn"}


def paid(book: State, kind: str, months: tuple[Month, ...]) -> list[Entry]:
    """Return what departments paid towards a figure in these months, oldest first; not what was withdrawn."""
    wanted = {str(month) for month in months}
    there = [one for one in book["payments"].values() if "withdrawn" not in one]
    found = [one for one in there if PAID[one["kind"]] == kind and one["month"] in wanted]
    return sorted(found, key=lambda one: (one["on"], one["department"]))


def missing(book: State | None, quarter: Quarter) -> list[str]:
    """Return the kinds of which the quarter is not whole yet."""
    return [kind for kind in REFERENCE if book is None or not _whole(book, kind, quarter)]


def _whole(book: State, kind: str, quarter: Quarter) -> bool:
    found = dict(of_quarter(book, kind, quarter))
    return quarter in found or len(found) == len(quarter.months)


def facts_of(book: State, quarter: Quarter, name: str) -> dict[str, Any] | None:
    """Return the physical facts of a quarter by name (area, sold, months); None when nobody gave them.

    Months and head sold add up over months; an area is the largest that was given.
    """
    kind = next(kind for kind, names in FACTS_OF.items() if name in names)
    given = [one["facts"].get(name) for _, one in of_quarter(book, kind, quarter)]
    known = [one for one in given if one is not None]
    return None if not known else _together(known, add=name != "area")


def _together(given: list[dict[str, Any]], *, add: bool) -> dict[str, Any]:
    names = {name for one in given for name in one}
    values = {name: [Decimal(str(one[name])) for one in given if name in one] for name in names}
    return {name: (sum(each, Decimal(0)) if add else max(each)) for name, each in sorted(values.items())}


def newest(entries: list[Entry]) -> date | None:
    """Return the newest day on which one of these was given."""
    return max((date.fromisoformat(one["on"]) for one in entries), default=None)
