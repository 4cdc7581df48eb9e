"""Cases taken step by step, read, and moved by what notify reports.

Rules I-01, I-02, I-03, I-04, I-05, I-06 and R-01, R-02, R-03, R-06; the steps stand in procedures/*.yaml.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.procedure import desk
from shouwang.service import Context, IncomingEvent

from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.proceedings import bringing, outcomes
from services.monitoring.handlers.proceedings.deciding import DESK
from services.monitoring.handlers.proceedings.knowing import complete_comparison, facts_of
from services.monitoring.handlers.proceedings.opening import APPLICATION, IDENTIFICATION, REMOVAL
from services.monitoring.views.proceedings import case_view

__all__ = ["APPLICATION", "IDENTIFICATION", "REMOVAL", "complete_comparison", "facts_of"]

Json = dict[str, Any]
WITH_RECORD: Final = "household_check"


def take_step(ctx: Context, request: Json) -> Json:
    """Take one step of a case; its end changes household and clue."""
    if ctx.actor.level == "household":
        own_household_only(ctx, ctx.store.cases.get(request["case"]).state["household"])
    if request["record"] is not None and request["step"] != WITH_RECORD:
        raise BadRequest(
            "核实内容（record）只随入户核实提交",
            code="case.record_not_here",
            remedy="请去掉 record，或在入户核实一步提交。",
        )
    bringing.check(ctx, request)
    with_review = bringing.with_review(ctx, request)
    view = desk.take_step(
        ctx,
        ctx.store.cases,
        request["case"],
        with_review,
        lambda agg: facts_of(ctx, agg, request["record"]),
        desk=bringing.desk_for(request),
    )
    if view["status"] != "open":
        outcomes.settle(ctx, request["case"])
    return view


def case(ctx: Context, request: Json) -> Json:
    """Return a case."""
    agg = ctx.store.cases.get(request["case"])
    own_household_only(ctx, agg.state["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], "查看案件", ctx.today)
    return case_view(agg)


def cases(ctx: Context, request: Json) -> list[Json]:
    """Return the cases of a region, by status and procedure."""
    where = {"case.status": request["status"], "case.procedure": request["procedure"]}
    asked = {name: value for name, value in where.items() if value}
    page = {"after": request["after"], "limit": request["limit"]}
    return [case_view(agg) for agg in ctx.store.cases.find(asked or None, region=request["region"], **page)]


def what_next(ctx: Context, request: Json) -> list[Json]:
    """Return what may happen next, by whom, and why not."""
    agg = ctx.store.cases.get(request["case"])
    own_household_only(ctx, agg.state["household"])
    return desk.what_next(ctx, ctx.store.cases, agg.id, lambda found: facts_of(ctx, found))


def notice_reported(ctx: Context, event: IncomingEvent) -> None:
    """Take over what notify says about the notice of a case (N-01)."""
    if desk.concerns(ctx, event, DESK):
        desk.apply_notice_event(ctx, ctx.store.cases, event.data["subject"]["id"], event, desk=DESK)
