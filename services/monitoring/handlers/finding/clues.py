"""Clues: taken in from every channel, answered, checked, closed, told to who found them (S-01, S-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from shouwang.access import covers
from shouwang.access.roles import (
    COUNTY_OFFICER,
    TOWN_HEAD,
    TOWN_OFFICER,
    TOWN_PARTY_SECRETARY,
    VILLAGE_CADRE,
    VILLAGE_COMMITTEE,
    VILLAGE_TEAM,
)
from shouwang.errors import BadRequest, Conflict
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate, Event

from services.monitoring.domain.finding import clues as rules
from services.monitoring.domain.finding.channels import DEPARTMENT
from services.monitoring.handlers.finding import terms, using
from services.monitoring.handlers.finding.handing_over import hand_over
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.places import own_household_only, region_of_id
from services.monitoring.handlers.registry.reading import number_of
from services.monitoring.metrics import count_clue
from services.monitoring.views.finding import clue_view

Json = dict[str, Any]
LETTER: Final = "C"
RETRIES: Final = 3
READERS: Final = (
    *(VILLAGE_CADRE, VILLAGE_TEAM, VILLAGE_COMMITTEE),
    *(TOWN_OFFICER, TOWN_PARTY_SECRETARY, TOWN_HEAD, COUNTY_OFFICER),
)
"""Who may read a clue (as `clue` and `clues` let them)."""
NOBODY: Final[Json] = {"department": None, "key": None}


def report_clue(ctx: Context, request: Json) -> Json:
    """Take in a report of the household, of another, of a cadre, or of the hotline (S-01)."""
    if (request["household"] is None) == (request["sealed"] is None):
        raise BadRequest(
            "请给出 household 或 sealed 之一",
            code="clue.whom",
            remedy="已登记的户给 household，不知是哪一户的给密封的身份证号。",
        )
    if request["found_on"] > ctx.today:
        raise BadRequest(
            f"发现日期 {request['found_on']} 晚于今天 {ctx.today}",
            code="clue.future",
            remedy="请填实际发生的日期，不得晚于今天。",
        )
    using.check(ctx.actor, request)
    number = number_of(ctx, request["sealed"]) if request["sealed"] else None
    home = request["household"] or ctx.store.homes_of([number]).get(number)
    if request["household"]:
        ctx.store.households.get(home)
    if request["channel"] != "reported_by_another":
        own_household_only(ctx, home)
    agg = take_in(ctx, home, number, _reported(ctx, request), request["region"])
    receipt = {"region": request["region"], "received": True}
    return clue_view(agg, ctx.today) if _may_read(ctx, agg) else receipt


def _may_read(ctx: Context, agg: Aggregate) -> bool:
    """Whether the reporter may see the clue that it joined: whoever may not gets a receipt."""
    return ctx.actor.has(*READERS) and covers(ctx.actor, agg.region)


def _reported(ctx: Context, request: Json) -> Json:
    given = (request["channel"], request["found_on"], request["risks"])
    told = {"reporter": reporter(ctx), "note": request["note"], "request": ctx.request_id}
    told["reference"] = request["reference"]
    return rules.source(*given, **{**told, **_department(ctx, request)})


def _department(ctx: Context, request: Json) -> Json:
    """Return which department reports, if one does."""
    by_department = request["channel"] == DEPARTMENT
    return {"department": ctx.actor.org, "key": ctx.request_id} if by_department else NOBODY


def reporter(ctx: Context) -> str:
    """Return who really acts: the caller, or on whose behalf a service calls."""
    return ctx.actor.on_behalf_of or ctx.actor.id


def departments_found(ctx: Context, event: IncomingEvent) -> None:
    """Take in a batch of a department: each household once, what was sent before changes nothing (S-03)."""
    batch = event.data
    known = ctx.store.clues_of(_key(batch, one["key"]) for one in batch["clues"])
    new = [one for one in batch["clues"] if _key(batch, one["key"]) not in known]
    numbers = {one["key"]: number_of(ctx, one["sealed"]) for one in new}
    homes = ctx.store.homes_of(sorted(set(numbers.values())))
    for one in new:
        number = numbers[one["key"]]
        source = _department_source(batch, one, event.on)
        of_one = replace(
            ctx, request_id=f"{ctx.request_id}/{one['key']}"
        )  # a household may stand there twice
        take_in(of_one, homes.get(number), number, source, one["region"] or event.region)
    hand_over(ctx, batch, ctx.store.clues_of(_key(batch, one["key"]) for one in batch["clues"]))


def _key(batch: Json, key: str) -> str:
    return f"{batch['department']}/{key}"


def _department_source(batch: Json, one: Json, on: date) -> Json:
    return rules.source(
        DEPARTMENT,
        on,
        [one["risk"]],
        department=batch["department"],
        key=one["key"],
        batch=batch["batch"],
        rule=one["rule"],
        grounds=one["grounds"],
    )


def take_in(ctx: Context, home: str | None, number: str | None, source: Json, region: str) -> Aggregate:
    """Put a source to the household's open clue, or open one; without a household it waits for a match.

    A source that belongs to a clue already, closed or not, changes nothing.
    """
    repeated: Aggregate | None = ctx.store.clue_of(_keys_of(home, source))
    if repeated is not None:
        return repeated
    count_clue(source["channel"])
    return put(ctx, home, number, source, region)


def put(ctx: Context, home: str | None, number: str | None, source: Json, region: str) -> Aggregate:
    """Put a source where it belongs, however often it has been seen."""
    for _ in range(RETRIES):
        try:
            open_clue = ctx.store.open_clue(home) if home else None
            return join(ctx, open_clue, source) if open_clue else _open(ctx, home, number, source, region)
        except Conflict:  # somebody else took the number or joined first: look again
            continue
    raise Conflict("同一户的线索正被多人同时登记", code="clue.busy", remedy="请稍后重试。")


def join(ctx: Context, agg: Aggregate, source: Json) -> Aggregate:
    """Put one more source to a clue; one that it has changes nothing."""
    if rules.already_has(agg.state, source):
        return agg
    agg.state = _with_keys(rules.joined(agg.state, source))
    return saved(ctx, agg, "clue.joined", {"channel": source["channel"]})


def _open(ctx: Context, home: str | None, number: str | None, source: Json, region: str) -> Aggregate:
    place = region_of_id(home) if home else region
    state = _with_keys(terms.opened(ctx, home, source, place))
    state |= {"letter": LETTER, "escalated_on": None, "person": None if home else {"id_number": number}}
    clue_id = ctx.store.next_id(ctx.store.clues, home, LETTER) if home else _unmatched_id(ctx, place)
    agg = ctx.store.clues.new(clue_id, region=place, state=state)
    events = [ctx.event("clue.opened", _opened(agg)), *told(ctx, agg)]
    return saved(ctx, agg, "clue.opened", {"channel": source["channel"]}, events)


def _unmatched_id(ctx: Context, place: str) -> str:
    return f"{place}-U{ctx.db.next_number(f'unmatched/{place}')}"


def _with_keys(state: Json) -> Json:
    return {**state, "keys": [key for one in state["sources"] for key in _keys_of(state["household"], one)]}


def _keys_of(home: str | None, source: Json) -> list[str]:
    """Return by what a source is known again: a department's own key, or the request that reported it."""
    if source.get("department"):
        return [_key(source, source["key"])]
    return [f"request/{source['request']}/{home}"] if home else []


def _opened(agg: Aggregate) -> Json:
    kept = ("household", "risks", "found_on", "due_on")
    told = {name: agg.state[name] for name in kept}
    return {"clue": agg.id, "region": agg.region, "channel": agg.state["first_channel"], **told}


def told(ctx: Context, agg: Aggregate, mark: str = "") -> list[Event]:
    """Return the message to the village about a clue of one of its households, with its term."""
    if agg.state["household"] is None:
        return []
    due = agg.state["due_on"] and date.fromisoformat(agg.state["due_on"])
    by = f"请于 {due} 前响应并入户核查" if due else f"请尽快响应并入户核查（{rules.PENDING}）"
    text = f"户 {agg.state['household']} 有新线索 {agg.id}，{by}。"
    data = message(ctx.service, agg, VILLAGE_CADRE, "新线索待响应", text, due, mark)
    return [ctx.event("message.requested", data)]


def respond_clue(ctx: Context, request: Json) -> Json:
    """Answer a clue: who goes to the household and when (S-06)."""
    agg = ctx.store.clues.get(request["clue"])
    if not agg.carried_out(ctx.request_id):
        response = {
            "by": reporter(ctx),
            "visit_on": request["visit_on"].isoformat(),
            "note": request["note"],
        }
        agg.state = rules.responded(agg.state, ctx.today, response)
        saved(ctx, agg, "clue.responded", {"in_time": not rules.is_overdue(agg.state, ctx.today)})
    return clue_view(agg, ctx.today)


def close_clue(ctx: Context, request: Json) -> Json:
    """Close a clue with what the check found, and tell the departments that sent it (S-03)."""
    agg = ctx.store.clues.get(request["clue"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.closed(agg.state, request["outcome"], request["reason"], ctx.today)
        saved(ctx, agg, "clue.closed", {"outcome": request["outcome"]}, closed_events(ctx, agg))
    return clue_view(agg, ctx.today)


def close_by_case(ctx: Context, clue_id: str, outcome: str, reason: str) -> None:
    """Close the clue of a case that has ended; closed already is closed."""
    agg = ctx.store.clues.get(clue_id)
    if agg.state["status"] != rules.CLOSED:
        agg.state = rules.closed(agg.state, outcome, reason, ctx.today, by_case=True)
        saved(ctx, agg, "clue.closed", {"outcome": outcome}, closed_events(ctx, agg))


def correct_by_case(ctx: Context, clue_id: str, outcome: str, reason: str) -> None:
    """Give a clue the outcome of the decision that corrected the first one, and tell the departments anew."""
    agg = ctx.store.clues.get(clue_id)
    if agg.state["outcome"] != outcome:
        agg.state = {**agg.state, "outcome": outcome, "reason": f"更正：{reason}"}
        saved(ctx, agg, "clue.corrected", {"outcome": outcome}, closed_events(ctx, agg))


def enter_case(ctx: Context, clue_id: str, case_id: str) -> None:
    """Note that a clue led to an application."""
    agg = ctx.store.clues.get(clue_id)
    if agg.state["case"] != case_id:
        agg.state = rules.in_case(agg.state, case_id)
        saved(ctx, agg, "clue.in_case", {"case": case_id})


def closed_events(ctx: Context, agg: Aggregate) -> list[Event]:
    """Return one event for each department that sent the household, else one for nobody."""
    told = {"clue": agg.id, "household": agg.state["household"], "region": agg.region}
    told["outcome"] = agg.state["outcome"]
    answers: Iterable[Json] = rules.answers(agg.state) or [NOBODY]
    return [ctx.event("clue.closed", {**told, **answer}) for answer in answers]


def clue(ctx: Context, request: Json) -> Json:
    """Return one clue."""
    return clue_view(ctx.store.clues.get(request["clue"]), ctx.today)


def saved(ctx: Context, agg: Aggregate, action: str, detail: Json, events: Iterable[Event] = ()) -> Aggregate:
    """Record what was done to a clue, and store it."""
    stored: Aggregate = ctx.save(ctx.store.clues, agg, action, detail, events=events)
    return stored
