"""Warnings: listed, shown, and taken through the procedure regional_risk step by step (S-08, S-10)."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

from shouwang.decision import Verdict, any_of
from shouwang.procedure import Paper, Signature
from shouwang.procedure.case import Case
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.regional import warnings as rules
from services.monitoring.handlers.regional.drawing import villages_of
from services.monitoring.handlers.regional.opening import closed
from services.monitoring.views.regional import warning_view

Json = dict[str, Any]
COUNTY_DIGITS = 6


def take_warning_step(ctx: Context, request: Json) -> Json:
    """Take one step; the end of the procedure closes the warning."""
    agg = ctx.store.warnings.get(request["warning"])
    if not agg.carried_out(ctx.request_id):
        if agg.state["status"] == rules.CLOSED:
            raise rules.refused("closed", "预警已经销号，或已并入更大范围的预警")
        case = _taken(ctx, agg, request)
        agg.state = {**agg.state, "case": case.to_dict(), "escalations": {}}
        events = _ended(ctx, agg, case)
        told = {"step": request["step"], "action": request["action"]}
        ctx.save(ctx.store.warnings, agg, "warning.step_taken", told, events=events)
    return _shown(ctx, agg)


def _taken(ctx: Context, agg: Aggregate, request: Json) -> Case:
    brought = {
        "papers": [Paper(one["name"], one["reference"], one["on"]) for one in request["papers"]],
        "people": [Signature(one["person_ref"], one["role"]) for one in request["people"]],
        "reason": request["reason"],
    }
    given = {
        "step": request["step"],
        "actor": ctx.actor,
        "on": ctx.today,
        "facts": _facts(ctx, agg),
        **brought,
    }
    taken: Case = ctx.engine.take(Case.from_dict(agg.state["case"]), request["action"], **given).case
    return taken


def _ended(ctx: Context, agg: Aggregate, case: Case) -> list[Any]:
    if case.is_open:
        return []
    agg.state = rules.closed(agg.state, case.status, ctx.today)
    return [closed(ctx, agg)]


def _facts(ctx: Context, agg: Aggregate) -> Json:
    """Return what the guards ask: how far the lists are, and what the studies of this warning come to."""
    studies = ctx.store.studies_of(agg.id)
    villages = villages_of(ctx, agg.state["areas"])
    drawn = ctx.store.lists_of(agg.id)
    return {
        "drawn": {"villages": sum(village in drawn for village in villages), "of": len(villages)},
        "study": _study(studies) if studies else None,
    }


def _study(studies: list[Aggregate]) -> Json:
    """Return whether one of the studies had every department, and the measures of all: none is forgotten."""
    measures = [{"status": one["status"]} for agg in studies for one in agg.state["measures"]]
    return {
        "complete": any_of(*(Verdict(agg.state["complete"]) for agg in studies)).value,
        "measures": measures,
    }


def due_on(ctx: Context, agg: Aggregate, on: date) -> str | None:
    """Return the day by which the warning's next step is due; None when nothing is."""
    due = ctx.engine.due(Case.from_dict(agg.state["case"]), on)
    return min((one.due_on.isoformat() for one in due if one.due_on), default=None)


def warning_next(ctx: Context, request: Json) -> list[Json]:
    """Return what may happen next to a warning, by whom, and why not."""
    agg = ctx.store.warnings.get(request["warning"])
    if agg.state["status"] == rules.CLOSED:
        return []
    case = Case.from_dict(agg.state["case"])
    return [one.to_dict() for one in ctx.engine.possibilities(case, ctx.actor, _facts(ctx, agg), ctx.today)]


def warning(ctx: Context, request: Json) -> Json:
    """Return one warning with how many households it concerns and how many of them are clues."""
    return _shown(ctx, ctx.store.warnings.get(request["warning"]))


def warnings(ctx: Context, request: Json) -> list[Json]:
    """Return the warnings that concern a region, of wider places too, all or by status."""
    where = {"state.status": request["status"]} if request["status"] else {}
    county = request["region"][:COUNTY_DIGITS]
    every = ctx.store.every(ctx.store.warnings, where, region=county, after=request["after"])
    concerning = (agg for agg in every if rules.concerns(agg.state, request["region"]))
    return [_shown(ctx, agg) for agg in islice(concerning, request["limit"])]


def _shown(ctx: Context, agg: Aggregate) -> Json:
    due = due_on(ctx, agg, ctx.today) if agg.state["status"] == rules.OPEN else None
    studies = [one.id for one in ctx.store.studies_of(agg.id)]
    return warning_view(agg, ctx.store.lists_of(agg.id).values(), due, studies)
