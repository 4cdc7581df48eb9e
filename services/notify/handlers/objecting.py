"""Objections: raised, investigated, answered, and told upwards when nobody answers (N-01, I-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access.roles import COUNTY_OFFICER, HOUSEHOLD, TOWN_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate

from services.notify.domain import objection as rules
from services.notify.domain import publication
from services.notify.handlers.publishing import id_of, told_of
from services.notify.views import notice_view

Json = dict[str, Any]


def raise_objection(ctx: Context, request: Json) -> Json:
    """Register an objection; it holds the gate until it is closed (N-01).

    Whatever it says: who objects to an illness must name it (docs/decisions/0276).
    """
    agg = ctx.store.notices.get(request["notice"])
    if agg.carried_out(ctx.request_id):
        return notice_view(agg, ctx.actor)
    objection_id = id_of(f"objection/{ctx.request_id}")
    by = ctx.actor.on_behalf_of or ctx.actor.id if request["by"] == "myself" else "anonymous"
    days = ctx.figures(agg.region).objection_days
    agg.state = rules.raise_objection(agg.state, objection_id, request["ground"], by, ctx.today, days)
    told = told_of(agg.state, agg.id, ctx.today) | {"objection": objection_id}
    return _saved(ctx, agg, "objection.raised", told)


def investigate_objection(ctx: Context, request: Json) -> Json:
    """Keep who looked into an objection, when, what they found, and whether it is right (I-03)."""
    agg = ctx.store.notices.get(request["notice"])
    if agg.carried_out(ctx.request_id):
        return notice_view(agg, ctx.actor)
    people = [{"person_ref": one["person_ref"], "role": one["role"]} for one in request["people"]]
    found = {"by": people, "on": request["on"].isoformat()}
    found |= {"found": request["found"], "upheld": request["upheld"]}
    needed = ctx.figures(agg.region).objection_investigators
    agg.state = rules.investigated(agg.state, request["objection"], found, needed, ctx.today)
    detail = {"objection": request["objection"], "upheld": request["upheld"]}
    ctx.save(ctx.store.notices, agg, "objection.investigated", detail)
    return notice_view(agg, ctx.actor)


def close_objection(ctx: Context, request: Json) -> Json:
    """Close an objection as the investigation found, and answer who raised it (N-01, N-03)."""
    agg = ctx.store.notices.get(request["notice"])
    if agg.carried_out(ctx.request_id):
        return notice_view(agg, ctx.actor)
    publication.check({"answer": request["answer"]})
    given = (request["objection"], request["upheld"], request["answer"])
    agg.state = rules.close_objection(agg.state, *given, ctx.today)
    told = told_of(agg.state, agg.id, ctx.today)
    told |= {"objection": request["objection"], "upheld": request["upheld"]}
    return _saved(ctx, agg, "objection.closed", told, _answers(ctx, agg, request))


def _answers(ctx: Context, agg: Aggregate, request: Json) -> list[Json]:
    """The answer to who raised it by name; who stayed anonymous reads it beside the notice."""
    found = rules.objection(agg.state, request["objection"])
    if found["by"] == "anonymous":
        return []
    result = "属实" if request["upheld"] else "不属实"
    text = f"您对“{agg.state['title']}”提出的异议已调查，结论：{result}。{request['answer']}"
    return [_message(agg, found["id"], HOUSEHOLD, "异议答复", text)]


def escalate(ctx: Context, on: date) -> None:
    """Tell town and county once of each objection that nobody has closed by its day."""
    for agg in ctx.store.running():
        for one in agg.state["objections"]:
            if rules.is_overdue(one, on) and not one["escalated_on"]:
                _escalate(ctx, agg, one, on)


def _escalate(ctx: Context, agg: Aggregate, objection: Json, on: date) -> None:
    agg.state = rules.escalated(agg.state, objection["id"], on)
    text = f"“{agg.state['title']}”的异议应于 {objection['due_on']} 前办结，至今未办结。"
    roles = (TOWN_OFFICER, COUNTY_OFFICER)
    told = [_message(agg, objection["id"], role, "公示异议逾期未办结", text) for role in roles]
    events = [ctx.event("message.requested", one) for one in told]
    ctx.save(ctx.store.notices, agg, "objection.overdue", {"objection": objection["id"]}, events=events)


def _message(agg: Aggregate, objection: str, role: str, title: str, text: str) -> Json:
    subject = {"service": "notify", "kind": "notice", "id": agg.id}
    return {
        **{"key": f"objection/{objection}/{role}/{title}", "role": role, "region": agg.region},
        **{"title": title, "text": text, "due": None, "subject": subject},
    }


def _saved(ctx: Context, agg: Aggregate, action: str, told: Json, messages: list[Json] | None = None) -> Json:
    events = [ctx.event(action, told), *(ctx.event("message.requested", one) for one in messages or ())]
    ctx.save(ctx.store.notices, agg, action, {"objection": told["objection"]}, events=events)
    return notice_view(agg, ctx.actor)
