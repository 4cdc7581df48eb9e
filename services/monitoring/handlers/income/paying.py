"""What departments pay is known without asking: each payment once, beside what was collected (K-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from shouwang.periods import Month, Quarter
from shouwang.service import Context, IncomingEvent

from services.monitoring.domain.income import book as books
from services.monitoring.handlers.income.collecting import book, with_marks
from services.monitoring.handlers.income.marking import mark

Json = dict[str, Any]


def income_paid(ctx: Context, event: IncomingEvent) -> None:
    """Note a payment by its id; a reimbursement or anything else that is no income is left alone (0122)."""
    paid = event.data
    if paid["kind"] not in books.PAID:
        return
    household = ctx.store.households.get(paid["household"])
    agg = book(ctx, household, paid["on"].year)
    state = with_marks(books.with_payment(agg.state, paid["payment"], _payment(paid)))
    if state["payments"] != agg.state["payments"]:
        agg.state = state
        of_one = replace(ctx, request_id=f"{ctx.request_id}/{paid['payment']}")
        detail = {"payment": paid["payment"], "department": paid["department"]}
        of_one.save(ctx.store.income_books, agg, "income.paid", detail)
    mark(ctx, household.region, [Quarter.of(paid["on"])])


def _payment(paid: Json) -> Json:
    on: date = paid["on"]
    kept = {name: paid[name] for name in ("fen", "kind", "measure", "department")}
    return {**kept, "on": on.isoformat(), "month": str(Month.of(on))}
