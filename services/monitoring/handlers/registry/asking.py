"""What the registry can be asked of a household beyond its state: what is missing, unclear, special, and
since when.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.errors import NotFound
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.registry import checks, focus, history, scope, timeline
from services.monitoring.domain.registry.completeness import completeness as by_phase
from services.monitoring.domain.registry.form import INCLUDED
from services.monitoring.handlers.registry import sites
from services.monitoring.handlers.registry.limits import limits_of
from services.monitoring.views.registry import change_view

Json = dict[str, Any]
PURPOSE: Final = "核对登记信息"


def household_on(ctx: Context, household: str, day: date) -> Aggregate:
    """Return a household as it was on a day, for other topics: never to be saved.

    Members, fields and figures are those of the day, monitoring is that of the cases that had ended by then.
    NotFound `registry.before_records` for a day before the registry knew it.
    """
    agg: Aggregate = ctx.store.households.get(household)
    state = history.as_of(agg.state, day)
    if state is None:
        raise NotFound(
            f"该户自 {agg.state['known_from']} 起才有记录",
            code="registry.before_records",
            where=household,
            remedy="请查询该日及以后的情况；更早的请查纸质档案。",
        )
    cases = [one.state for one in ctx.store.cases_of(household)]
    agg.state = {**state, **timeline.monitoring_on(cases, agg.state, day)}
    return agg


def completeness(ctx: Context, request: Json) -> Json:
    """Return what of 附件2 is missing, phase by phase (M-13), and what is to be clarified (M-02, M-04)."""
    agg = _asked(ctx, request["household"])
    view = ctx.policy.at(ctx.today, agg.region)
    found = checks.findings(agg.state, ctx.today, limits_of(view), sites.large(ctx, [agg]))
    return {
        "household": agg.id,
        "phases": by_phase(agg.state),
        "to_clarify": [one.to_dict() for one in found],
    }


def worklist(ctx: Context, request: Json) -> list[Json]:
    """Return the households of a region with something missing or to be clarified (M-02, M-13)."""
    found = ctx.store.households_in(request["region"], request["after"], request["limit"])
    limits = limits_of(ctx.policy.at(ctx.today, request["region"]))
    large = sites.large(ctx, found)
    lines = [_line(agg, ctx.today, limits, large) for agg in found if agg.state["ended"] is None]
    return [line for line in lines if line["unknown"] or line["later"] or line["to_clarify"]]


def _line(agg: Aggregate, on: date, limits: Any, large: Json) -> Json:
    later = [
        {"phase": one["phase"], "item": missing["item"], "field": missing["field"]}
        for one in by_phase(agg.state)
        if one["phase"] >= INCLUDED
        for missing in one["missing"]
    ]
    found = [one.to_dict() for one in checks.findings(agg.state, on, limits, large)]
    return {"household": agg.id, "unknown": agg.state["unknown"], "later": later, "to_clarify": found}


def changes(ctx: Context, request: Json) -> list[Json]:
    """Return the dated changes of a household in the order in which they took effect."""
    agg = _asked(ctx, request["household"])
    listed = sorted(agg.state["changes"], key=lambda one: (one["on"], one["no"]))
    return [change_view(one) for one in listed]


def focus_groups(ctx: Context, request: Json) -> Json:
    """Return which focus groups a household belongs to, with the grounds (M-09)."""
    return _focus(ctx, _asked(ctx, request["household"]))


def focus_households(ctx: Context, request: Json) -> list[Json]:
    """Return the households of a region that belong to a focus group, or may: a page at a time (M-09)."""
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.households.find(region=request["region"], **page)
    view = ctx.policy.at(ctx.today, request["region"])
    told = []
    for agg in found:
        decided = focus.focus_groups(agg.state, ctx.today, view) if agg.state["ended"] is None else {}
        groups = [name for name, one in decided.items() if one.is_yes]
        unknown = [name for name, one in decided.items() if one.is_unknown]
        if groups or (unknown and request["unknown"]):
            told.append({"household": agg.id, "groups": groups, "unknown": unknown})
    return told


def _focus(ctx: Context, agg: Aggregate) -> Json:
    decided = focus.focus_groups(agg.state, ctx.today, ctx.policy.at(ctx.today, agg.region))
    return {
        "household": agg.id,
        "groups": [name for name, one in decided.items() if one.is_yes],
        "unknown": [name for name, one in decided.items() if one.is_unknown],
        "sentences": {name: one.sentence() for name, one in decided.items()},
    }


def who_counts(ctx: Context, request: Json) -> Json:
    """Return of each member whether he counts, and why (M-01)."""
    agg = _asked(ctx, request["household"])
    people = []
    for member in agg.state["members"]:
        found = scope.counts(**scope.facts_of(member, agg.state["collected_on"]))
        people.append({"ref": member["ref"], "counts": found.verdict.value, "sentence": found.sentence()})
    return {"household": agg.id, "members": people}


def help_given(ctx: Context, event: IncomingEvent) -> None:
    """Note on a household what help was given: part 6 of 附件2; the same task once (M-13)."""
    agg = ctx.store.households.get_or_none(event.data["household"])
    if agg is None or event.data["task"] in [one["task"] for one in agg.state["measures"]]:
        return
    given = {name: event.data[name] for name in ("task", "department", "measure")}
    agg.state["measures"] = [*agg.state["measures"], {**given, "on": ctx.today.isoformat()}]
    ctx.save(ctx.store.households, agg, "household.helped", {"task": event.data["task"]})


def _asked(ctx: Context, household: str) -> Aggregate:
    agg: Aggregate = ctx.store.households.get(household)
    ctx.reads.record(ctx.actor.to_dict(), agg.id, PURPOSE, ctx.today)
    return agg
