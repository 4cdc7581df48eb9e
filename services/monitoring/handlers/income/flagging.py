"""Figures to be checked, and what the town found (D-05). Nothing here changes a figure."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import Conflict, NotFound
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.income import flags as rules
from services.monitoring.domain.income import review
from services.monitoring.domain.income.book import book_id
from services.monitoring.handlers.income.collecting import with_marks
from services.monitoring.views.income import flag_view

Json = dict[str, Any]
ALL: Final = ["open", "none"]
PURPOSE: Final = "核实收支数字"


def income_flags(ctx: Context, request: Json) -> list[Json]:
    """Return the flags of a region, by default those that nobody has answered; `limit` counts books."""
    page = {"after": request["after"], "limit": request["limit"]}
    where = (
        {"state.checking": "open"} if request["status"] == rules.OPEN else {"state.checking": {"$in": ALL}}
    )
    found = ctx.store.income_books.find(where, region=request["region"], **page)
    homes = sorted({agg.state["household"] for agg in found})
    if homes:
        ctx.reads.record_many(ctx.actor.to_dict(), homes, PURPOSE, ctx.today)
    return [
        flag_view(agg.state["household"], one)
        for agg in found
        for _, one in sorted(agg.state["flags"].items())
        if request["status"] in ("all", one["status"])
    ]


def resolve_income_flag(ctx: Context, request: Json) -> Json:
    """Keep what the town found; whoever collected the figures does not confirm them."""
    agg, flag = _flag(ctx, request)
    ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], PURPOSE, ctx.today)
    if not agg.carried_out(ctx.request_id):
        quarter, who = Quarter.parse(request["quarter"]), ctx.actor.on_behalf_of or ctx.actor.id
        given = (request["outcome"], request["evidence"], who, ctx.today)
        if request["outcome"] == rules.CORRECTED:
            _check_corrected(agg, flag, quarter)
        found = rules.resolved(flag, *given, review.collectors(agg.state, quarter))
        agg.state = with_marks({**agg.state, "flags": {**agg.state["flags"], found["id"]: found}})
        detail = {"quarter": str(quarter), "check": request["check"], "outcome": request["outcome"]}
        ctx.save(ctx.store.income_books, agg, "income.flag_resolved", detail)
        flag = found
    return flag_view(agg.state["household"], flag)


def _flag(ctx: Context, request: Json) -> tuple[Aggregate, Json]:
    id = rules.flag_id(request["quarter"], request["check"])
    agg = ctx.store.income_books.get_or_none(book_id(request["household"], int(request["quarter"][:4])))
    if agg is None or id not in agg.state["flags"]:
        raise NotFound(
            "该户该季没有这项待核实", code="income.no_such_flag", remedy="请用 income_flags 查看待核实清单。"
        )
    return agg, agg.state["flags"][id]


def _check_corrected(agg: Aggregate, flag: Json, quarter: Quarter) -> None:
    if review.basis({agg.state["year"]: agg.state}, quarter) == flag["basis"]:
        raise Conflict(
            "该季数字自存疑以来没有更正", code="income.not_corrected", remedy="请先更正数字，再登记“已更正”。"
        )
