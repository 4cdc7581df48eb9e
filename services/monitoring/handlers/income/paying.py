"""What departments pay is known without asking: each payment once, beside what was collected (K-02).

A payment is noted with the household that lives: one that was merged into another has its payments there.
What turns out not to be paid is withdrawn where it stands, whichever of the two is heard first (0282, 0284).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from shouwang.periods import Month, Quarter
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.income import book as books
from services.monitoring.handlers.income.collecting import book, with_marks
from services.monitoring.handlers.income.marking import mark
from services.monitoring.handlers.registry.living_on import numbers_of

Json = dict[str, Any]


def income_paid(ctx: Context, event: IncomingEvent) -> None:
    """Note a payment by its id; a reimbursement or anything else that is no income is left alone (0122)."""
    paid = event.data
    if paid["kind"] not in books.PAID:
        return
    agg = _book_of(ctx, paid)
    _keep(ctx, agg, paid, "income.paid", books.with_payment(agg.state, paid["payment"], _payment(paid)))


def income_withdrawn(ctx: Context, event: IncomingEvent) -> None:
    """Let a payment count no more that did not reach the household; it may not have been heard of yet."""
    paid = event.data
    if paid["kind"] not in books.PAID:
        return
    agg = _book_of(ctx, paid)
    why = {"on": paid["withdrawn_on"].isoformat(), "reason": paid["reason"]}
    state = books.with_withdrawal(agg.state, paid["payment"], _payment(paid), why)
    _keep(ctx, agg, paid, "income.payment_withdrawn", state)


def _keep(ctx: Context, agg: Aggregate, paid: Json, action: str, state: Json) -> None:
    """Save a book that changed; its quarter is looked at again also when the event comes a second time."""
    if state["payments"] != agg.state["payments"]:
        agg.state = with_marks(state)
        of_one = replace(ctx, request_id=f"{ctx.request_id}/{paid['payment']}")
        detail = {"payment": paid["payment"], "department": paid["department"]}
        of_one.save(ctx.store.income_books, agg, action, detail)
    mark(ctx, agg.region, [Quarter.of(paid["on"])])


def _book_of(ctx: Context, paid: Json) -> Aggregate:
    """Return the book that has the payment already, else that of the household where its people live."""
    year, numbers = paid["on"].year, numbers_of(ctx, paid["household"])
    there = ctx.store.many_books(books.book_id(one, year) for one in numbers)
    found = [agg for agg in there.values() if paid["payment"] in agg.state["payments"]]
    return found[0] if found else book(ctx, ctx.store.households.get(numbers[-1]), year)


def _payment(paid: Json) -> Json:
    on: date = paid["on"]
    kept = {name: paid[name] for name in ("fen", "kind", "measure", "department")}
    return {**kept, "on": on.isoformat(), "month": str(Month.of(on))}
