"""One dated change of one household: checked, recorded with its paper, told to the others (D-01, M-01,
M-04).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from shouwang.access import roles
from shouwang.errors import BadRequest, Conflict, Forbidden
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import changes as rules
from services.monitoring.domain.registry import history, register
from services.monitoring.domain.registry.changes import Wanted
from services.monitoring.domain.registry.dissolved import went_to
from services.monitoring.handlers.registry import filling, villages

Json = dict[str, Any]
REGISTRATION: Final = "registration"
LEAVING: Final = {**rules.LEAVING, **rules.MOVING}


def change_members(ctx: Context, request: Json) -> Json:
    """Record a change of one household; the same request again changes nothing and answers the same."""
    agg = ctx.store.households.get(request["household"])
    if agg.carried_out(ctx.request_id):
        return dict(agg.remembered(ctx.request_id))
    _check_county(ctx, request["kind"])
    wanted = _wanted(ctx, request)
    _check_not_elsewhere(ctx, agg, wanted)
    effects = rules.effects_of(agg.state, agg.id, wanted, ctx.today)
    return carry_out(ctx, agg, wanted.kind, wanted.on, effects, request)


def carry_out(ctx: Context, agg: Aggregate, kind: str, on: date, effects: list[Json], request: Json) -> Json:
    """Put the effects into the household, save it with its event, and return what became of it."""
    change = change_entry(ctx, kind, on.isoformat(), effects, request["paper"], request["reason"])
    before = {one["ref"] for one in agg.state["members"]}
    agg.state = history.with_change(agg.state, change)
    now = {one["ref"] for one in agg.state["members"]}
    _clarified(agg, before, now, request)
    left = sorted(before - now)
    _settle(ctx, agg, request["ref"] if kind == REGISTRATION else None, left, kind)
    answer = {
        "household": agg.id,
        "kind": kind,
        "on": on.isoformat(),
        "joined": sorted(now - before),
        "left": left,
        "size": agg.state["size"],
        "registered": agg.state["ended"] is None,
    }
    event = changed_event(ctx, agg, [kind], change["on"], left)
    detail = {"kind": kind, "on": change["on"], "left": len(left)}
    ctx.save(ctx.store.households, agg, "household.changed", detail, events=[event], result=answer)
    if before != now:
        villages.recount(ctx, agg.region)
    return answer


def _clarified(agg: Aggregate, before: set[str], now: set[str], request: Json) -> None:
    """A member of whom somebody says what became of him is missing no longer."""
    told = (before ^ now) | {request.get("ref")}
    agg.state["to_clarify"] = {ref: code for ref, code in agg.state["to_clarify"].items() if ref not in told}


def _settle(ctx: Context, agg: Aggregate, registered: str | None, left: Iterable[str], kind: str) -> None:
    """Whoever left is no open difference any longer, nor what a registration decided answers (M-01)."""
    if not agg.state.get("register"):
        return
    how = {"decision": kind, "by": ctx.actor.on_behalf_of or ctx.actor.id, "on": ctx.today.isoformat()}
    if registered is None:
        agg.state["register"] = register.settled(agg.state["register"], left, how)
        return
    for member in (one for one in agg.state["members"] if one["ref"] == registered):
        agg.state["register"] = register.settled_by_registration(agg.state["register"], member, how)


def change_entry(
    ctx: Context, kind: str, on: str, effects: list[Json], paper: str | None, reason: str = ""
) -> Json:
    """Return a change as history.py keeps it: who recorded it and when, and the day it took effect."""
    return {
        "kind": kind,
        "on": on,
        "recorded_on": ctx.today.isoformat(),
        "by": ctx.actor.on_behalf_of or ctx.actor.id,
        "request": ctx.request_id,
        "reason": reason,
        "paper": paper,
        "effects": effects,
    }


def changed_event(ctx: Context, agg: Aggregate, kinds: list[str], on: str, left: list[str]) -> Any:
    """Return household.changed: that something changed and of what kind, nothing about a person."""
    told = {"household": agg.id, "region": agg.region, "kinds": kinds, "on": on, "members_left": left}
    told |= {"registered": agg.state["ended"] is None, "moved_to": went_to(agg.state)}
    return ctx.event("household.changed", told)


def _check_county(ctx: Context, kind: str) -> None:
    if kind in rules.COUNTY_ONLY and roles.COUNTY_OFFICER not in ctx.actor.roles:
        raise Forbidden(
            "户籍之外的计入与不计入由县决定",
            code="member.county_only",
            remedy="请报县级，由县乡村振兴部门决定后登记。",
        )


def _wanted(ctx: Context, request: Json) -> Wanted:
    kind, ref = request["kind"], request["ref"]
    given = _opened(ctx, request["sealed"])
    frame = villages.frame(ctx, request["household"].partition("-")[0], ctx.today)
    joining = kind in rules.JOINING
    read = filling.read_fields(given, frame, of_person=joining or ref is not None)
    values = filling.decided(ctx, request, read)
    person = filling.newcomer(ctx, request, read) if joining else {}
    filling.check_relations(request["relations"], frame)
    return Wanted(
        kind, request["on"], ref, person, values, request["head"], request["relations"], request["to"]
    )


def _opened(ctx: Context, sealed: str | None) -> Json:
    if sealed is None:
        return {}
    given = open_sealed(ctx.keys.sealing.private, sealed)
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise BadRequest(
            "密封内容应为 {字段: 文字}",
            code="member.sealed_form",
            remedy="见 docs/services/monitoring/registry.md。",
        )
    return given


def _returning(agg: Aggregate, wanted: Wanted) -> str | None:
    former = next((one for one in agg.state["former"] if one["ref"] == wanted.ref), None)
    return former["id_number"] if wanted.kind == "return" and former else None


def _check_not_elsewhere(ctx: Context, agg: Aggregate, wanted: Wanted) -> None:
    number = wanted.person.get("id_number") or wanted.values.get("id_number") or _returning(agg, wanted)
    homes = ctx.store.homes_of([number]) if number else {}
    if homes.get(number, agg.id) != agg.id:
        raise Conflict(
            f"此人现登记在户 {homes[number]}",
            code="member.elsewhere",
            remedy="请用 move_members 从该户转入；登记重复的用 find_duplicates 找出后决定。",
        )
