"""After the county's decision: what the town types into the national system, and that it did (I-05, R-03)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.errors import BadRequest, Conflict, NotFound
from shouwang.sealing import seal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import national as rules
from services.monitoring.domain.proceedings import national_rows as printed
from services.monitoring.domain.registry.roster_form import COLUMNS
from services.monitoring.handlers.messages import message
from services.monitoring.views.proceedings import national_view

Json = dict[str, Any]
PURPOSE: Final = "导出录入全国系统"
PAGE: Final = 1000


def national_export(ctx: Context, request: Json) -> Json:
    """Return what is to be typed in, sealed to the reader's key: {title, headings, rows} (K-02).

    Every household shown is in the read log. Decided from..to; only what is owed still unless `all`.
    """
    cases = _owed(ctx, request)
    homes = ctx.store.many_households([agg.state["household"] for agg in cases])
    words = _words(ctx)
    rows = [row for agg in cases for row in _rows(agg, homes[agg.state["household"]], words)]
    for agg in cases:
        ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], PURPOSE, ctx.today)
    content = {"title": "录入表", "headings": list(printed.HEADINGS), "rows": rows}
    told = {"cases": [agg.id for agg in cases], "rows": len(rows), "more": len(cases) == request["limit"]}
    return {**told, "sealed": seal(request["reader_key"], content)}


def _owed(ctx: Context, request: Json) -> list[Aggregate]:
    wanted = [rules.OWED, rules.CONFIRMED] if request["all"] else [rules.OWED]
    page = {"after": request["after"], "limit": request["limit"]}
    days = {"$gte": request["since"].isoformat(), "$lte": request["until"].isoformat()}
    where = {"state.national.status": {"$in": wanted}, "state.national.since": days}
    found: list[Aggregate] = ctx.store.cases.find(where, region=request["region"], **page)
    return found


def _rows(agg: Aggregate, household: Aggregate, words: printed.Words) -> list[Json]:
    return printed.rows_of(agg.state, household.state, household.id, words)


def _words(ctx: Context) -> Json:
    """Return, for each code table of 附件2, the Chinese label of each name."""
    tables = {column.table for column in COLUMNS if column.table}
    return {name: {one.name: one.label for one in ctx.policy.codes(name, ctx.today)} for name in tables}


def confirm_national_entry(ctx: Context, request: Json) -> Json:
    """Note under which number a decision stands in the national system, since when, and who says so."""
    agg = ctx.store.cases.get(request["case"])
    if agg.carried_out(ctx.request_id):
        return national_view(agg, ctx.today)
    entry = agg.state["national"]
    if entry is None:
        raise NotFound(
            "本案没有应录入国家系统的决定",
            code="national.nothing_owed",
            where=agg.id,
            remedy="县级审定之后才有须录入的决定；请核对案件编号。",
        )
    if entry["status"] == rules.CONFIRMED:
        raise Conflict(
            "本案的录入已经确认",
            code="national.confirmed",
            where=agg.id,
            remedy="无须再确认；录入有误的请用 shouwang national reconcile 核对。",
        )
    if not entry["since"] <= request["on"].isoformat() <= ctx.today.isoformat():
        raise BadRequest(
            f"录入日期应在 {entry['since']} 至 {ctx.today} 之间",
            code="national.day",
            remedy="请填在国家系统中实际录入的日期。",
        )
    by = ctx.actor.on_behalf_of or ctx.actor.id
    agg.state["national"] = rules.confirmed(entry, request["number"], request["on"], by, ctx.today)
    detail = {"kind": entry["kind"], "late": rules.is_overdue(entry, ctx.today)}
    ctx.save(ctx.store.cases, agg, "case.national_entry_confirmed", detail)
    return national_view(agg, ctx.today)


def national_outstanding(ctx: Context, request: Json) -> list[Json]:
    """Return what is decided and not yet entered, with its age in days."""
    page = {"after": request["after"], "limit": request["limit"]}
    where = {"state.national.status": rules.OWED}
    found = ctx.store.cases.find(where, region=request["region"], **page)
    return [national_view(agg, ctx.today) for agg in found]


def escalate(ctx: Context) -> None:
    """Tell town and county once of each entry that is past its day."""
    where: Json = {"state.national.status": rules.OWED, "state.national.escalated_on": None}
    where |= {"state.national.due_on": {"$lt": ctx.today.isoformat()}}
    for agg in ctx.store.cases.find(where, limit=PAGE):
        _escalate(ctx, agg)
    _date(ctx)


def _date(ctx: Context) -> None:
    """Give its day to what was decided while nobody had set the days (docs/decisions/0275)."""
    where: Json = {"state.national.status": rules.OWED, "state.national.due_on": None}
    for agg in ctx.store.cases.find(where, limit=PAGE):
        days = ctx.figures(agg.region).find("national_entry_days").value
        if days is not None:
            agg.state["national"] = rules.dated(agg.state["national"], days)
            ctx.save(ctx.store.cases, agg, "case.national_entry_dated")


def _escalate(ctx: Context, agg: Aggregate) -> None:
    entry = agg.state["national"]
    agg.state["national"] = {**entry, "escalated_on": ctx.today.isoformat()}
    text = f"案件 {agg.id} 应于 {entry['due_on']} 前在国家系统{rules.KINDS[entry['kind']]}，至今未确认。"
    mark = f"national/{entry['since']}"
    told = [
        message(ctx.service, agg, role, "国家系统录入逾期", text, mark=mark)
        for role in (TOWN_OFFICER, COUNTY_OFFICER)
    ]
    events = [ctx.event("message.requested", one) for one in told]
    ctx.save(ctx.store.cases, agg, "case.national_entry_overdue", events=events)
