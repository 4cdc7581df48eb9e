"""Every day: clues that nobody answered go up one level, those without a household are tried again (S-06)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shouwang.access.roles import TOWN_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as rules
from services.monitoring.handlers.finding.clues import put
from services.monitoring.handlers.messages import message
from services.monitoring.metrics import show_overdue
from services.monitoring.views.finding import clue_view

Json = dict[str, Any]
PAGE = 5000


def clues(ctx: Context, request: Json) -> list[Json]:
    """Return the clues of a region, all or by status; "overdue" and "late" are lists of duties."""
    return [clue_view(agg, ctx.today) for agg in _listed(ctx, request) if _wanted(ctx, request, agg)]


def _listed(ctx: Context, request: Json) -> list[Aggregate]:
    where: Json = {}
    if request["status"] == "overdue":
        where = {"state.status": {"$in": [rules.OPEN, rules.UNMATCHED]}}
    elif request["status"] == "late":
        where = {"state.status": {"$in": [rules.OPEN, rules.UNMATCHED, rules.RESPONDED, rules.IN_CASE]}}
    elif request["status"]:
        where = {"state.status": request["status"]}
    page = {"after": request["after"], "limit": request["limit"]}
    found: list[Aggregate] = ctx.store.clues.find(where or None, region=request["region"], **page)
    return found


def _wanted(ctx: Context, request: Json, agg: Aggregate) -> bool:
    tests = {"overdue": rules.is_overdue, "late": rules.is_late}
    test = tests.get(request["status"] or "")
    return test is None or test(agg.state, ctx.today)


def escalate_overdue(ctx: Context) -> None:
    """Tell the town once about each clue that nobody in the village has answered in time."""
    before = {"state.status": rules.OPEN, "state.due_on": {"$lt": ctx.today.isoformat()}}
    overdue = ctx.store.clues.find(before, limit=PAGE)
    show_overdue(len(overdue))
    for agg in overdue:
        if agg.state["escalated_on"] is None:
            agg.state["escalated_on"] = ctx.today.isoformat()
            text = (
                f"户 {agg.state['household']} 的线索 {agg.id} 应于 {agg.state['due_on']} 响应，至今未响应。"
            )
            data = message(ctx.service, agg, TOWN_OFFICER, "线索逾期未响应", text, mark="overdue")
            ctx.save(ctx.store.clues, agg, "clue.escalated", events=[ctx.event("message.requested", data)])


def match_again(ctx: Context) -> None:
    """Give the clues of persons who were not in the registry to the household that has turned up since."""
    waiting = ctx.store.clues.find({"state.status": rules.UNMATCHED}, limit=PAGE)
    homes = ctx.store.homes_of(sorted({agg.state["person"]["id_number"] for agg in waiting}))
    for agg in waiting:
        if home := homes.get(agg.state["person"]["id_number"]):
            for number, source in enumerate(agg.state["sources"]):
                of_one = replace(ctx, request_id=f"{ctx.request_id}/{agg.id}/{number}")
                put(of_one, home, None, source, agg.region)
            agg.state = {**rules.matched(agg.state, ctx.today), "person": None}
            ctx.save(ctx.store.clues, agg, "clue.matched", {"household": home})
