"""Members who go from one household of the county to another: split, merge, move, registered twice (D-01).

Two documents change, so a move is an aggregate of its own whose steps may be repeated: the members are
received, then they leave, then the move is done. Nobody is lost when the process dies between two steps:
the move's own event, and the next day, take it up again.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import require_region
from shouwang.errors import BadRequest
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.registry import changes, moves
from services.monitoring.handlers.registry import changing, filling, villages
from services.monitoring.handlers.registry.registering import OWN_FIELDS, REGISTERED

Json = dict[str, Any]
OPEN, DONE, STOPPED = moves.OPEN, "done", "stopped"
LETTER: Final = "M"
MOST: Final = 1000
ASKED: Final = (
    *("kind", "to", "refs", "paper", "reason", "head", "relations"),
    *("staying_head", "staying_relations"),
)
"""What a move keeps of the request."""


def move_members(ctx: Context, request: Json) -> Json:
    """Open a move and carry it out; the same request again finds the same move."""
    source = ctx.store.households.get(request["household"])
    found = _opened_before(ctx, source.id)
    if found is None:
        found = _open(ctx, source, request)
    return carry_out(ctx, found.id)


def _opened_before(ctx: Context, household: str) -> Aggregate | None:
    listed = ctx.store.moves.find({"state.household": household}, limit=MOST)
    return next((agg for agg in listed if agg.carried_out(ctx.request_id)), None)


def _open(ctx: Context, source: Aggregate, request: Json) -> Aggregate:
    filling.check_relations(
        {**request["relations"], **request["staying_relations"]},
        villages.frame(ctx, source.region, ctx.today),
    )
    refs = request["refs"] or [one["ref"] for one in source.state["members"]]
    to = request["to"] if request["kind"] != "split" else _next_number(ctx, source.region)
    _check(ctx, source, request, refs, to)
    return open_move(ctx, source, {**request, "refs": refs, "to": to})


def _check(ctx: Context, source: Aggregate, request: Json, refs: list[str], to: str) -> None:
    """Refuse what cannot be true before anything changes."""
    if request["on"] > ctx.today:
        raise BadRequest("日期晚于今天。", code="member.future", remedy="日期应为事情发生之日。")
    changes.leaves(
        source.state, moves.wanted({**request, "on": request["on"].isoformat(), "to": to}), tuple(refs)
    )
    moves.check(request["kind"], source.state, refs, request["head"])
    if request["kind"] != "split":
        target = ctx.store.households.get(to)
        require_region(ctx.actor, target.region)
        moves.check_target(source.id, target.id, target.state)


def open_move(ctx: Context, source: Aggregate, given: Json) -> Aggregate:
    """Store a move that is to be carried out, with the event that carries it out again."""
    move_id = ctx.store.next_id(ctx.store.moves, source.id, LETTER)
    state = {name: given[name] for name in ASKED} | {"household": source.id, "letter": LETTER}
    state |= {"on": given["on"].isoformat(), "status": OPEN, "why": None}
    agg: Aggregate = ctx.store.moves.new(move_id, region=source.region, state=state)
    told = {"move": move_id, "household": source.id, "to": given["to"], "kind": given["kind"]}
    event = ctx.event("members.moving", told)
    ctx.save(
        ctx.store.moves, agg, "move.opened", {"kind": given["kind"]}, events=[event], result={"move": move_id}
    )
    return agg


def _next_number(ctx: Context, village: str) -> str:
    """Return the id of a household with the next free number of a village."""
    numbers = [int(row["number"]) for row in ctx.store.households.rows(["number"], region=village)]
    waiting = ctx.store.held.find({"state.status": "held"}, region=village, limit=5000)
    numbers += [int(agg.id.partition("-")[2]) for agg in waiting if agg.id.partition("-")[2].isdecimal()]
    return f"{village}-{max(numbers, default=0) + 1:04d}"


def carry_out(ctx: Context, move_id: str) -> Json:
    """Take the steps that are still to take, in an order in which nobody is ever nowhere."""
    move = ctx.store.moves.get(move_id)
    ctx = villages.part_of(ctx, move_id)
    if move.state["status"] == OPEN:
        source = ctx.store.households.get(move.state["household"])
        why = moves.stands_in_the_way(source.state, move.id, move.state)
        if why is None:
            _receive(ctx, move, source)
            _let_go(ctx, move, source)
        _end(ctx, move, why)
    return view(move)


def _receive(ctx: Context, move: Aggregate, source: Aggregate) -> None:
    if move.state["kind"] == "duplicate":
        return
    if move.state["kind"] == "split":
        _found(ctx, move, source, ctx.store.households.get_or_none(move.state["to"]))
        return
    target = ctx.store.households.get(move.state["to"])
    effects = moves.received(target.state, target.id, source.state, move.id, move.state)
    if effects:
        changing.carry_out(ctx, target, move.state["kind"], moves.day(move.state), effects, move.state)


def _found(ctx: Context, move: Aggregate, source: Aggregate, taken: Aggregate | None) -> None:
    """Store the household that splits off, once; when its number was taken meanwhile, under the next one."""
    if taken is not None and taken.state["came_from"] == move.id:
        return
    if taken is not None:
        move.state["to"] = _next_number(ctx, source.region)
        ctx.save(ctx.store.moves, move, "move.renumbered", {"to": move.state["to"]})
    state = moves.split_off(source.state, move.state["to"], move.id, move.state)
    state |= {**dict.fromkeys(OWN_FIELDS), "status": REGISTERED, "settled": [], "came_from": move.id}
    agg = ctx.store.households.new(move.state["to"], region=source.region, state=state)
    event = changing.changed_event(ctx, agg, ["split"], move.state["on"], [])
    ctx.save(ctx.store.households, agg, "household.registered", {"move": move.id}, events=[event])
    villages.recount(ctx, agg.region)


def _let_go(ctx: Context, move: Aggregate, source: Aggregate) -> None:
    refs = moves.still_here(source.state, move.state)
    if refs:
        effects = changes.leaves(source.state, moves.wanted(move.state, move.id), refs)
        changing.carry_out(ctx, source, move.state["kind"], moves.day(move.state), effects, move.state)


def _end(ctx: Context, move: Aggregate, why: str | None) -> None:
    move.state |= {"status": STOPPED if why else DONE, "why": why}
    ctx.save(ctx.store.moves, move, "move.stopped" if why else "move.done")


def moving(ctx: Context, event: IncomingEvent) -> None:
    """The same once more when the move's own event arrives: nothing is lost between two documents."""
    carry_out(ctx, event.data["move"])


def finish_open(ctx: Context) -> None:
    """Once a day, take up every move that is still open."""
    for agg in ctx.store.moves.find({"state.status": OPEN}, limit=MOST):
        carry_out(ctx, agg.id)


def listed(ctx: Context, request: Json) -> list[Json]:
    """Return the moves of a region, by status."""
    where = {"state.status": request["status"]} if request["status"] else None
    page = {"after": request["after"], "limit": request["limit"]}
    return [view(agg) for agg in ctx.store.moves.find(where, region=request["region"], **page)]


def view(agg: Aggregate) -> Json:
    """Return a move as callers see it."""
    names = ("household", "to", "kind", "refs", "on", "status", "why")
    return {"move": agg.id, **{name: agg.state[name] for name in names}}
