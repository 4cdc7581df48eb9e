"""What the registry can be asked of a household beyond its state: what is missing, unclear, special, and
since when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.decision import Decision
from shouwang.errors import BadRequest, NotFound
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
FOCUS: Final = "查看重点关注户"
TOWN_DIGITS: Final = 9


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
    """Return the households of a town or village with something missing or to be clarified (M-02, M-13).

    Names of fields and codes, nothing of what is known of a person.
    """
    limits = limits_of(ctx.policy.at(ctx.today, request["region"]))

    def told(page: list[Aggregate]) -> list[Json]:
        large = sites.large(ctx, page)
        lines = [_line(agg, ctx.today, limits, large) for agg in page if agg.state["ended"] is None]
        return [line for line in lines if line["unknown"] or line["later"] or line["to_clarify"]]

    return _filled(ctx, request, told)


def _filled(ctx: Context, request: Json, told: Callable[[list[Aggregate]], list[Json]]) -> list[Json]:
    """Return a full page of lines: whoever has none takes no place on it, so that a short page is the last.

    BadRequest `registry.one_town` for a county: all of it would be read for one page.
    """
    region, limit, after = request["region"], request["limit"], request["after"]
    if len(region) < TOWN_DIGITS:
        raise BadRequest(
            "一次只列一个村或一个乡镇。", code="registry.one_town", remedy="请给出乡镇或村的区划代码。"
        )
    found: list[Json] = []
    while len(found) < limit:
        page = ctx.store.households_in(region, after, limit)
        found += told(page)
        if len(page) < limit:
            break
        after = page[-1].id
    return found[:limit]


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
    """Return the households of a town or village that belong to a focus group, or may (M-09); on record."""
    view = ctx.policy.at(ctx.today, request["region"])

    def told(page: list[Aggregate]) -> list[Json]:
        lines = [_groups(agg, ctx.today, view) for agg in page if agg.state["ended"] is None]
        return [line for line in lines if line["groups"] or (line["unknown"] and request["unknown"])]

    found = _filled(ctx, request, told)
    if found:
        listed = [one["household"] for one in found]
        ctx.reads.record_many(ctx.actor.to_dict(), listed, FOCUS, ctx.today)
    return found


def _groups(agg: Aggregate, on: date, view: Any) -> Json:
    decided = focus.focus_groups(agg.state, on, view)
    return {"household": agg.id, **_sorted_out(decided)}


def _sorted_out(decided: Mapping[str, Decision]) -> Json:
    groups = [name for name, one in decided.items() if one.is_yes]
    return {"groups": groups, "unknown": [name for name, one in decided.items() if one.is_unknown]}


def _focus(ctx: Context, agg: Aggregate) -> Json:
    decided = focus.focus_groups(agg.state, ctx.today, ctx.policy.at(ctx.today, agg.region))
    return {
        "household": agg.id,
        **_sorted_out(decided),
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
