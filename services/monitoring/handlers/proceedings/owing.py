"""What the green channel let come later: listed, handed in, escalated (S-07)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.procedure import desk
from shouwang.procedure.parts import Debt
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings.papers import PAPERS
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.proceedings.deciding import DESK

Json = dict[str, Any]
PAGE: Final = 1000
EARLIEST: Final = "0001-01-01"


def debts(ctx: Context, request: Json) -> list[Json]:
    """Return what the cases of a region still owe, those overdue first."""
    page = {"after": request["after"], "limit": request["limit"]}
    where = {"state.debt_due_on": {"$gt": EARLIEST}}
    found = ctx.store.cases.find(where, region=request["region"], **page)
    owed = [_shown(ctx, agg, debt) for agg in found for debt in _debts(ctx, agg)]
    return sorted(owed, key=lambda one: (one["due_on"], one["case"]))


def _debts(ctx: Context, agg: Aggregate) -> list[Debt]:
    found: list[Debt] = ctx.engine.debts(desk.case_of(agg), ctx.today)
    return found


def _shown(ctx: Context, agg: Aggregate, debt: Debt) -> Json:
    procedure = ctx.engine.procedure_of(desk.case_of(agg))
    title = PAPERS[debt.name].label if debt.kind == "paper" else procedure.step(debt.name).title
    told = {"case": agg.id, "household": agg.state["household"], "region": agg.region}
    days = {"due_on": debt.due_on.isoformat(), "overdue": debt.overdue(ctx.today)}
    return {**told, "kind": debt.kind, "owed": debt.name, "title": title, **days}


def settle_debt(ctx: Context, request: Json) -> Json:
    """Hand in a paper that is owed; late is taken, and stays marked late."""
    return desk.settle_debt(ctx, ctx.store.cases, request["case"], request["paper"], desk=DESK)


def escalate(ctx: Context) -> None:
    """Tell town and county of what is past its day, once for each day that fell due."""
    overdue: Json = {"state.debt_due_on": {"$gt": EARLIEST, "$lt": ctx.today.isoformat()}}
    for agg in ctx.store.cases.find(overdue | {"state.debt_escalated": None}, limit=PAGE):
        _escalate(ctx, agg)


def _escalate(ctx: Context, agg: Aggregate) -> None:
    due_on = agg.state["debt_due_on"]
    agg.state["debt_escalated"] = due_on
    text = f"案件 {agg.id} 经绿色通道先行帮扶，手续应于 {due_on} 前补齐，至今未补。"
    roles = (TOWN_OFFICER, COUNTY_OFFICER)
    told = [
        message(ctx.service, agg, role, "绿色通道手续逾期", text, mark=f"debt/{due_on}") for role in roles
    ]
    events = [ctx.event("message.requested", one) for one in told]
    ctx.save(ctx.store.cases, agg, "case.debt_overdue", events=events)
