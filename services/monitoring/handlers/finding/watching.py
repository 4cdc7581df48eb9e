"""Lists of clues, and every day: who has not answered or closed is told, level by level (S-03, S-06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as rules
from services.monitoring.domain.finding import following
from services.monitoring.handlers.finding import terms
from services.monitoring.handlers.finding.clues import put, saved, told
from services.monitoring.handlers.messages import message
from services.monitoring.metrics import show_followed
from services.monitoring.views.finding import clue_view

Json = dict[str, Any]
PAGE = 5000
UNANSWERED: Final = (rules.OPEN, rules.UNMATCHED)
NOT_CLOSED: Final = (*UNANSWERED, rules.RESPONDED, rules.IN_CASE)
TESTS: Final = {
    "overdue": rules.is_overdue,
    "late": rules.is_late,
    "unanswered": lambda state, on: bool(rules.owed_answers(state)),
}
COUNTY_TOLD: Final = {
    False: ("线索超期未办结", "超过办结期限仍未办结", "late"),
    True: ("线索未找到对应农户", "未找到对应农户，须查明是谁", "unmatched"),
}
STATUSES: Final = {"overdue": UNANSWERED, "late": NOT_CLOSED, "unanswered": (rules.CLOSED,)}


def clues(ctx: Context, request: Json) -> list[Json]:
    """Return the clues of a region, all or by status; overdue, late and unanswered are lists of duties."""
    return [clue_view(agg, ctx.today) for agg in _listed(ctx, request)]


def _listed(ctx: Context, request: Json) -> list[Aggregate]:
    """Return one page of matches; of a list of duties the pages are walked until it is full."""
    status, page = request["status"], {"after": request["after"], "limit": request["limit"]}
    if status not in TESTS:
        where = {"state.status": status} if status else None
        return list(ctx.store.clues.find(where, region=request["region"], **page))
    return _duties(ctx, request, status)


def _duties(ctx: Context, request: Json, status: str) -> list[Aggregate]:
    where = {"state.status": {"$in": list(STATUSES[status])}}
    given = {"region": request["region"], "after": request["after"], "page": PAGE}
    every = ctx.store.every(ctx.store.clues, where, **given)
    return list(islice((agg for agg in every if TESTS[status](agg.state, ctx.today)), request["limit"]))


def follow(ctx: Context, on: date) -> None:
    """Tell the town of what nobody answered, the county of what nobody closed, again and again."""
    waiting = dict.fromkeys(following.LEVELS, 0)
    for agg in _behind(ctx, on):
        for level in following.concerned(agg.state, on):
            waiting[level] += 1
        again_days = ctx.figures(agg.region).find("clue_escalation_days").value
        levels = following.to_tell(agg.state, on, again_days)
        if levels and not agg.carried_out(ctx.request_id):
            _tell(ctx, agg, levels, on)
    show_followed(waiting)


def _behind(ctx: Context, on: date) -> Iterator[Aggregate]:
    """Yield each clue that is overdue or late, once."""
    day = on.isoformat()
    unanswered = {"state.status": {"$in": list(UNANSWERED)}, "state.due_on": {"$lt": day}}
    late = {"state.status": {"$in": [rules.RESPONDED, rules.IN_CASE]}, "state.close_by": {"$lt": day}}
    yield from ctx.store.every(ctx.store.clues, unanswered)
    yield from ctx.store.every(ctx.store.clues, late)


def _tell(ctx: Context, agg: Aggregate, levels: list[str], on: date) -> None:
    first = agg.state["escalated_on"] is None
    agg.state = following.told(agg.state, levels, on)
    data = [
        _to_town(ctx, agg, on, first) if level == following.TOWN else _to_county(ctx, agg, on)
        for level in levels
    ]
    events = [ctx.event("message.requested", one) for one in data]
    saved(ctx, agg, "clue.escalated", {"levels": levels}, events)


def _to_town(ctx: Context, agg: Aggregate, on: date, first: bool) -> Json:
    text = f"户 {agg.state['household']} 的线索 {agg.id} 应于 {agg.state['due_on']} 响应，至今未响应。"
    mark = "overdue" if first else f"overdue/{on}"
    return message(ctx.service, agg, TOWN_OFFICER, "线索逾期未响应", text, mark=mark)


def _to_county(ctx: Context, agg: Aggregate, on: date) -> Json:
    """One message a place, kind and day, however many clues it is about: the key is that of the day."""
    town = agg.region[:9]
    title, what, status = COUNTY_TOLD[agg.state["status"] == rules.UNMATCHED]
    text = f"{town} 有线索{what}，请督办；名单用 clues（status={status}）查看。"
    data = message(ctx.service, agg, COUNTY_OFFICER, title, text)
    return {**data, "key": f"clues/{status}/{town}/{on}", "region": town}


def set_terms(ctx: Context) -> None:
    """Give the clues whose terms were open those that have been set since, and tell the village."""
    unanswered = {"state.status": {"$in": list(UNANSWERED)}, "state.due_on": None}
    not_closed = {"state.status": {"$in": list(NOT_CLOSED)}, "state.close_by": None}
    for where in (unanswered, not_closed):
        for agg in ctx.store.every(ctx.store.clues, where):
            state = terms.dated(ctx, agg)
            if state != agg.state and not agg.carried_out(ctx.request_id):
                due = state["due_on"] != agg.state["due_on"]
                agg.state = state
                saved(ctx, agg, "clue.dated", {}, told(ctx, agg, "dated") if due else [])


def match_again(ctx: Context) -> None:
    """Give the clues of persons who were not in the registry to the household that has turned up since."""
    for agg in ctx.store.every(ctx.store.clues, {"state.status": rules.UNMATCHED}):
        number = agg.state["person"]["id_number"]
        if home := ctx.store.homes_of([number]).get(number):
            for place, source in enumerate(agg.state["sources"]):
                of_one = replace(ctx, request_id=f"{ctx.request_id}/{agg.id}/{place}")
                put(of_one, home, None, source, agg.region)
            agg.state = {**rules.matched(agg.state, ctx.today), "person": None}
            ctx.save(ctx.store.clues, agg, "clue.matched", {"household": home})
