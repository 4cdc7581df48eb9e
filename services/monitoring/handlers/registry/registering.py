"""Puts the households of a roster into the registry: new ones whole, known ones by what changed (M-02,
D-01).
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import checks, history, reimport
from services.monitoring.domain.registry.findings import Limits
from services.monitoring.domain.registry.reimport import Merge
from services.monitoring.domain.registry.roster import RosterHousehold
from services.monitoring.handlers.recording import record
from services.monitoring.handlers.registry import changing
from services.monitoring.handlers.registry.limits import limits_of

Json = dict[str, Any]
REGISTERED: Final = "registered"
OWN_FIELDS: Final = ("status", "category", "monitoring", "left_out", "last_record", "settled")
STILL_LISTED, LEFT = "member.still_listed", "member.listed_though_left"


def register(
    ctx: Context, request: Json, good: list[RosterHousehold], known: dict[str, Aggregate]
) -> list[Json]:
    """Store what is new or changed; return a line of the report for each household, in their order.

    A line: {household, rows, outcome, fields: [{row, fields}], joined, missing, absent, head_changed,
    to_clarify: [{row, code, message}]}.
    """
    limits = limits_of(ctx.policy.at(request["as_of"], request["village"]))
    new = [_new(ctx, request, one) for one in good if one.id not in known]
    ctx.store.households.insert_many(new)
    return [_line(ctx, request, one, known.get(one.id), limits) for one in good]


def _new(ctx: Context, request: Json, one: RosterHousehold) -> Aggregate:
    state = {**one.state, "size": len(one.state["members"]), **dict.fromkeys(OWN_FIELDS)}
    state |= {"status": REGISTERED, "settled": [], "to_clarify": {}, "measures": []}
    state |= {"roster_date": request["as_of"].isoformat(), **history.new_history(_day(request, one))}
    agg: Aggregate = ctx.store.households.new(one.id, region=one.state["village"], state=state)
    record(ctx, agg, "household.registered", {"file": request["digest"][:16]})
    return agg


def _day(request: Json, one: RosterHousehold) -> str:
    """Return the day that a household's record speaks of: when it was collected, else the roster's."""
    return str(one.state["collected_on"] or request["as_of"])


def _line(ctx: Context, request: Json, one: RosterHousehold, agg: Aggregate | None, limits: Limits) -> Json:
    found = checks.findings(one.state, request["as_of"], limits)
    row_of = {m["ref"]: row for m, row in zip(one.state["members"], one.row_numbers, strict=True)}
    told = [
        {"row": row_of.get(f.ref or "", one.row_numbers[0]), "code": f.code, "message": f.message}
        for f in found
    ]
    line = {"household": one.id, "rows": one.row_numbers, "to_clarify": told}
    return line | (_told(reimport.NEW) if agg is None else _renewed(ctx, request, one, agg))


def _told(outcome: str, merge: Merge | None = None) -> Json:
    """Return what a line says of the change; only names of fields, never their values."""
    if merge is None:
        return {
            "outcome": outcome,
            "fields": [],
            "joined": [],
            "missing": [],
            "absent": [],
            "head_changed": False,
        }
    fields = [{"row": row, "fields": names} for row, names in sorted(merge.fields.items())]
    lists = {"joined": merge.joined, "missing": merge.missing, "absent": merge.absent}
    return {"outcome": outcome, "fields": fields, **lists, "head_changed": merge.head_changed}


def _renewed(ctx: Context, request: Json, one: RosterHousehold, agg: Aggregate) -> Json:
    """Put what the file says anew into the household; an older roster than the last one says nothing."""
    if request["as_of"].isoformat() < agg.state["roster_date"]:
        return _told(reimport.OLDER)
    merge = reimport.merged(agg.state, agg.id, one.state, one.row_numbers)
    to_clarify = {**dict.fromkeys(merge.missing, STILL_LISTED), **dict.fromkeys(merge.absent, LEFT)}
    if not merge.effects and to_clarify == agg.state["to_clarify"]:
        return _told(reimport.UNCHANGED, merge)
    _store(ctx, request, one, agg, merge, to_clarify)
    return _told(reimport.CHANGED, merge)


def _store(
    ctx: Context, request: Json, one: RosterHousehold, agg: Aggregate, merge: Merge, to_clarify: Json
) -> None:
    agg.state |= {"to_clarify": to_clarify, "roster_date": request["as_of"].isoformat()}
    events = []
    if merge.effects:
        change = changing.change_entry(ctx, "roster", _day(request, one), merge.effects, request["file"])
        agg.state = history.with_change(agg.state, change)
        kinds = ["roster", *(["joined"] if merge.joined else []), *(["head"] if merge.head_changed else [])]
        events = [changing.changed_event(ctx, agg, kinds, change["on"], [])]
    ctx.save(ctx.store.households, agg, "household.changed", {"file": request["digest"][:16]}, events=events)
