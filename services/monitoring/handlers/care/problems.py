"""The ledger of prominent problems (D-06)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, DEPARTMENT_OFFICER, TOWN_OFFICER, VILLAGE_CADRE
from shouwang.errors import BadRequest, Forbidden
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import problems as rules
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.places import region_of_id
from services.monitoring.views.care import problem_view

Json = dict[str, Any]
ROLES: Final = {
    "village": VILLAGE_CADRE,
    "town": TOWN_OFFICER,
    "department": DEPARTMENT_OFFICER,
    "county": COUNTY_OFFICER,
}


def open_problem(ctx: Context, request: Json) -> Json:
    """Enter a problem: what, who puts it right, by when."""
    household, region = request["household"], request["region"]
    if household and region_of_id(household) != region:
        raise BadRequest(
            "户编号不在该村", code="care.problem_place", where=household, remedy="region 应为该户所在的村。"
        )
    if household:
        ctx.store.households.get(household)
    id = _id_of_request(ctx, region)
    if (before := ctx.store.problems.get_or_none(id)) is not None:
        return problem_view(before, ctx.today)
    due = request["due_on"] or ctx.today + timedelta(days=ctx.figures(region).problem_days)
    kept = ("household", "kind", "source", "level", "org", "text")
    state = rules.opened({**{name: request[name] for name in kept}, "due_on": due}, ctx.actor.id, ctx.today)
    state |= {"opened_month": _month(ctx), "accepted_month": None}
    agg = ctx.store.problems.new(id, region=region, state=state)
    text = f"问题 {id}（{rules.KINDS[state['kind']]}）由 {state['org']} 负责，请于 {due} 前整改完成。"
    told = message(ctx.service, agg, ROLES[state["level"]], "问题消化台账", text, due)
    events = [ctx.event("problem.opened", _told(agg)), ctx.event("message.requested", told)]
    ctx.save(ctx.store.problems, agg, "problem.opened", {"kind": state["kind"]}, events=events)
    return problem_view(agg, ctx.today)


def _id_of_request(ctx: Context, region: str) -> str:
    """Return the id that belongs to this request: delivered again, it is the same problem."""
    return f"{region}-P{ctx.keys.mac(f'problem/{ctx.request_id}'.encode())[:10]}"


def _month(ctx: Context) -> str:
    return ctx.today.isoformat()[:7]


def _told(agg: Aggregate) -> Json:
    kept = ("household", "kind", "level", "org", "due_on")
    return {"problem": agg.id, "region": agg.region, **{name: agg.state[name] for name in kept}}


def add_measure(ctx: Context, request: Json) -> Json:
    """Note a measure that was taken."""
    agg = _own(ctx, request)
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.with_measure(agg.state, request["text"], ctx.actor.id, ctx.today)
        ctx.save(ctx.store.problems, agg, "problem.measure")
    return problem_view(agg, ctx.today)


def finish_problem(ctx: Context, request: Json) -> Json:
    """Report it put right, with evidence; the level above accepts."""
    agg = _own(ctx, request)
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.finished(agg.state, request["evidence"], ctx.actor.id, ctx.today)
        ctx.save(ctx.store.problems, agg, "problem.done", events=[ctx.event("problem.done", _told(agg))])
    return problem_view(agg, ctx.today)


def accept_problem(ctx: Context, request: Json) -> Json:
    """Strike it off: somebody of the level above, never who put it right."""
    agg = ctx.store.problems.get(request["problem"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.accepted(agg.state, _who(ctx), ctx.today) | {"accepted_month": _month(ctx)}
        ctx.save(
            ctx.store.problems, agg, "problem.accepted", events=[ctx.event("problem.accepted", _told(agg))]
        )
    return problem_view(agg, ctx.today)


def reopen_problem(ctx: Context, request: Json) -> Json:
    """Send it back with a reason and a new day, also after it was accepted."""
    agg = ctx.store.problems.get(request["problem"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.reopened(agg.state, _who(ctx), request["reason"], request["due_on"], ctx.today)
        agg.state["accepted_month"] = None
        ctx.save(
            ctx.store.problems, agg, "problem.reopened", events=[ctx.event("problem.reopened", _told(agg))]
        )
    return problem_view(agg, ctx.today)


def _own(ctx: Context, request: Json) -> Aggregate:
    agg: Aggregate = ctx.store.problems.get(request["problem"])
    if not rules.may_work_on(agg.state, _who(ctx)):
        raise Forbidden(
            "该问题由责任单位办理", code="care.not_responsible", where=agg.id, remedy="请由责任单位登记。"
        )
    return agg


def _who(ctx: Context) -> Json:
    actor = ctx.actor
    return {"id": actor.id, "org": actor.org, "level": actor.level, "roles": list(actor.roles)}


def problem(ctx: Context, request: Json) -> Json:
    """Return one problem; of a household, the read is recorded."""
    agg = ctx.store.problems.get(request["problem"])
    if agg.state["household"]:
        ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], "查看问题台账", ctx.today)
    return problem_view(agg, ctx.today)


def problems(ctx: Context, request: Json) -> list[Json]:
    """Return the ledger of a region."""
    where: Json = {"state.status": request["status"]} if request["status"] else {}
    if request["overdue"]:
        where = {"state.status": rules.OPEN, "state.due_on": {"$lt": ctx.today.isoformat()}}
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.problems.find(where or None, region=request["region"], **page)
    if homes := sorted({agg.state["household"] for agg in found if agg.state["household"]}):
        ctx.reads.record_many(ctx.actor.to_dict(), homes, "查看问题台账", ctx.today)
    return [problem_view(agg, ctx.today) for agg in found]


def problem_summary(ctx: Context, request: Json) -> Json:
    """Return the month of a region."""
    count, region = ctx.store.problems.count, request["region"]
    late = {"state.status": rules.OPEN, "state.due_on": {"$lt": ctx.today.isoformat()}}
    opened = {"state.opened_month": request["month"]}
    return {
        **request,
        "opened": count(opened, region=region),
        "accepted": count({"state.accepted_month": request["month"]}, region=region),
        "open": count({"state.status": rules.OPEN}, region=region),
        "waiting": count({"state.status": rules.DONE}, region=region),
        "overdue": count(late, region=region),
        "by_kind": ctx.store.problems.tally("state.kind", opened, region=region),
    }


def region_of_problem(ctx: Context, request: Json) -> str:
    """Resolve the region of a problem."""
    return region_of_id(request["problem"])
