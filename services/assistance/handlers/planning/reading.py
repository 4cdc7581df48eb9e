"""Reading plans, and why they are as they are."""

from __future__ import annotations

from typing import Any

from shouwang.errors import NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.explaining import explained
from services.assistance.handlers.finding import NO_PLAN, only_contact, own_contact_only
from services.assistance.views.plans import plan_view

Json = dict[str, Any]


def plan(ctx: Context, request: Json) -> list[Json]:
    """Return the plans of a household, newest last; a contact person of the households followed only."""
    own_contact_only(ctx, request["household"])
    found = ctx.store.plans_ever_of(request["household"])
    return sorted((plan_view(agg) for agg in found), key=lambda view: view["made_on"])


def plans(ctx: Context, request: Json) -> list[Json]:
    """Return a page of the plans of a region; to a contact person those of the households followed."""
    page = {name: request[name] for name in ("region", "after", "limit")}
    person = only_contact(ctx)
    where = {"state.contact": person} if person else None
    return [plan_view(agg) for agg in ctx.store.plans.find(where, **page)]


def explain_plan(ctx: Context, request: Json) -> Json:
    """Return every choice and omission of a plan with its reason, computed again (else Tampered)."""
    agg = _asked(ctx, request)
    own_contact_only(ctx, agg.state["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], "解释帮扶计划", ctx.today)
    return {
        "plan": agg.id,
        "household": agg.state["household"],
        "answers": agg.state["answers"],
        "reasons": explained(agg.state["decisions"], agg.state["tasks"], agg.state["unknown"]),
    }


def _asked(ctx: Context, request: Json) -> Aggregate:
    if request["plan"]:
        found: Aggregate = ctx.store.plans.get(request["plan"])
        return found
    plans_of = sorted(ctx.store.plans_ever_of(request["household"]), key=lambda agg: agg.state["made_on"])
    if not plans_of:
        raise NotFound("该户没有帮扶计划", code="plan.none", where=request["household"], remedy=NO_PLAN)
    newest: Aggregate = plans_of[-1]
    return newest
