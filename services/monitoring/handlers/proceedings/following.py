"""Follow-up after a removal: begun with it, visited, overdue, ended by time, rebound or correction (R-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from shouwang.access.roles import TOWN_OFFICER
from shouwang.errors import BadRequest, NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.proceedings import follow_up as rules
from services.monitoring.handlers.finding.clues import take_in
from services.monitoring.handlers.messages import message
from services.monitoring.views.proceedings import follow_up_view

Json = dict[str, Any]
CHANNEL: Final = "follow_up"
PAGE: Final = 1000


def begin(ctx: Context, household: Aggregate, case: Aggregate) -> None:
    """Begin the follow-up of a removal, once per decision."""
    follow_up_id = _id(case)
    if ctx.store.follow_ups.get_or_none(follow_up_id) is not None:
        return
    removed_on = date.fromisoformat(household.state["monitoring"]["removed_on"])
    span = terms(ctx, household.region, removed_on)
    state = rules.opened(household.id, case.id, case.state["way"], removed_on, *span)
    agg = ctx.store.follow_ups.new(follow_up_id, region=household.region, state=state)
    ctx.save(ctx.store.follow_ups, agg, "follow_up.begun", {"case": case.state["case"]["id"]})


def terms(ctx: Context, region: str, removed_on: date) -> tuple[int, int]:
    """Return every how many months and for how many a removal of that day is followed up.

    UnknownValue when the county has not set it: nobody is removed whom nobody would visit (R-04).
    """
    view = ctx.policy.at(removed_on, region)
    return view.follow_up_interval_months, view.follow_up_months


def _id(case: Aggregate) -> str:
    return f"{case.state['case']['id']}-F"


def undo(ctx: Context, household: Aggregate) -> None:
    """The removal was corrected: nobody follows it up any more."""
    _end(ctx, household.id, rules.undone, "follow_up.undone")


def note_rebound(ctx: Context, household: Aggregate, case_id: str) -> None:
    """A household that was removed is monitored again; until then its visits go on."""
    _end(ctx, household.id, lambda state: rules.rebounded(state, case_id), "follow_up.rebound")


def _end(ctx: Context, household: str, change: Any, action: str) -> None:
    agg = ctx.store.running_follow_up(household)
    if agg is not None:
        agg.state = change(agg.state)
        ctx.save(ctx.store.follow_ups, agg, action)


def follow_up_visit(ctx: Context, request: Json) -> Json:
    """Record a visit; a risk that was found becomes a clue of channel 回访 (R-04, S-02)."""
    agg = ctx.store.running_follow_up(request["household"])
    if agg is None:
        raise NotFound(
            "该户没有进行中的回访",
            code="follow_up.none",
            where=request["household"],
            remedy="只回访消除风险后仍在回访期内的户；其他户请用干部走访排查。",
        )
    if agg.carried_out(ctx.request_id):
        return follow_up_view(agg, ctx.today)
    _check_people(ctx, agg, request)
    visit = _visit(request)
    agg.state = rules.visited(agg.state, visit)
    if request["risks"]:
        agg.state["clue"] = _clue(ctx, agg, request).id
    ctx.reads.record(ctx.actor.to_dict(), request["household"], "消除后回访", ctx.today)
    detail = {"on": visit["on"], "risks": len(visit["risks"])}
    ctx.save(ctx.store.follow_ups, agg, "follow_up.visited", detail)
    return follow_up_view(agg, ctx.today)


def _check_people(ctx: Context, agg: Aggregate, request: Json) -> None:
    if request["on"] > ctx.today:
        raise BadRequest(
            f"回访日期 {request['on']} 晚于今天 {ctx.today}",
            code="follow_up.future",
            remedy="请填实际回访的日期。",
        )
    needed = ctx.policy.at(request["on"], agg.region).follow_up_people
    if len({one["person_ref"] for one in request["people"]}) < needed:
        raise BadRequest(
            f"回访须有不少于 {needed} 名不同人员",
            code="follow_up.too_few_people",
            remedy="请补足回访人员后再提交。",
        )


def _visit(request: Json) -> Json:
    people = [{"person_ref": one["person_ref"], "role": one["role"]} for one in request["people"]]
    kept = {name: sorted(request[name]) for name in ("looked_at", "risks")}
    return {**kept, "on": request["on"].isoformat(), "people": people, "findings": request["findings"]}


def _clue(ctx: Context, agg: Aggregate, request: Json) -> Aggregate:
    """Put what was found to the household's open clue, or open one."""
    by = ctx.actor.on_behalf_of or ctx.actor.id
    told = {"reporter": by, "note": request["findings"], "request": ctx.request_id}
    nobody = {"department": None, "key": None}
    source = clue_rules.source(CHANNEL, request["on"], request["risks"], **told, **nobody)
    of_clue = replace(ctx, request_id=f"{ctx.request_id}/clue")
    return take_in(of_clue, agg.state["household"], None, source, agg.region)


def follow_ups(ctx: Context, request: Json) -> list[Json]:
    """Return the follow-ups of a region: all, by status, or "due" and "overdue" as lists of duties."""
    asked, today = request["status"], ctx.today.isoformat()
    where: Json = {"state.status": asked} if asked in rules.STATUSES else {}
    if asked in ("due", "overdue"):
        until = {"$lt": today} if asked == "overdue" else {"$lte": today}
        where = {"state.status": rules.RUNNING, "state.next_on": until}
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.follow_ups.find(where or None, region=request["region"], **page)
    return [follow_up_view(agg, ctx.today) for agg in found]


def escalate(ctx: Context) -> None:
    """Tell the town once of each visit that was not made by its day."""
    where: Json = {"state.status": rules.RUNNING, "state.escalated_for": None}
    where |= {"state.next_on": {"$lt": ctx.today.isoformat()}}
    for agg in ctx.store.follow_ups.find(where, limit=PAGE):
        _escalate(ctx, agg)


def _escalate(ctx: Context, agg: Aggregate) -> None:
    due_on = agg.state["next_on"]
    agg.state["escalated_for"] = due_on
    text = f"户 {agg.state['household']} 消除风险后应于 {due_on} 前回访，至今没有回访记录。"
    data = message(ctx.service, agg, TOWN_OFFICER, "消除后回访逾期", text, mark=due_on)
    events = [ctx.event("message.requested", data)]
    ctx.save(ctx.store.follow_ups, agg, "follow_up.escalated", events=events)
