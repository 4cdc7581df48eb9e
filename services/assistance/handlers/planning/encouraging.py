"""Who lacks will is encouraged (扶志扶智, A-01): judged by who knows the household, never presumed."""

from __future__ import annotations

from typing import Any, Final

from shouwang.decision import Input
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import needs_encouragement
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.finding import own_contact_only, running
from services.assistance.handlers.holding import assigned_events, put
from services.assistance.handlers.planning.making import task_id
from services.assistance.views.plans import plan_view

Json = dict[str, Any]
LOCAL: Final = "village_team"
"""Who carries out what no department does: its tasks are handed in here, not in a department's system."""
ENCOURAGEMENT: Final = {
    "department": LOCAL,
    "measure": "A49-02",
    "title": "扶志扶智",
    "amount_fen": None,
    "evidence": ["走访宣讲记录"],
    "risks": [],
}


def note_will(ctx: Context, request: Json) -> Json:
    """Note whether a household lacks will; when it does, the village team gets the task to encourage it."""
    agg = running(ctx.store.plans.get(request["plan"]))
    own_contact_only(ctx, agg.state["household"])
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    judged = Input(request["lacks_will"], ctx.actor.id, ctx.today, "内生动力")
    decision = needs_encouragement(judged)
    noted = {"value": request["lacks_will"], "reason": request["reason"], "on": ctx.today.isoformat()}
    agg.state["lacks_will"] = noted
    agg.state["decisions"] = [*agg.state["decisions"], {"about": "will", "decision": decision.to_dict()}]
    added = _encourage(ctx, agg) if decision.is_yes else []
    put(agg, *added)
    events = assigned_events(ctx, agg, added)
    ctx.save(ctx.store.plans, agg, "plan.will_noted", {"tasks": len(added)}, events=events)
    return plan_view(agg)


def name_contact(ctx: Context, request: Json) -> Json:
    """Note who follows the household of a plan (D-03 names the person; this is for the worklist)."""
    agg = running(ctx.store.plans.get(request["plan"]))
    if not agg.carried_out(ctx.request_id):
        agg.state["contact"] = request["contact"]
        ctx.save(ctx.store.plans, agg, "plan.contact_named", {"contact": request["contact"]})
    return plan_view(agg)


def follow_contact(ctx: Context, event: IncomingEvent) -> None:
    """Keep who follows a household, for the plans it has, ended ones too, and those it will have.

    What is heard late does not take the place of a newer name: the old one sees nothing more of it.
    """
    household, person = event.data["household"], event.data["person"]
    kept = ctx.store.contacts.get_or_none(household)
    if kept is None:
        kept = ctx.store.contacts.new(household, region=event.data["region"], state={})
    if event.sequence < kept.state.get("sequence", 0):
        return
    if not kept.carried_out(ctx.request_id):
        kept.state = {"person": person, "sequence": event.sequence}
        ctx.save(ctx.store.contacts, kept, "contact.named", {"contact": person})
    for agg in ctx.store.plans_ever_of(household):
        if agg.state["contact"] != person and _is_for(ctx, agg, household):
            agg.state["contact"] = person
            ctx.save(ctx.store.plans, agg, "plan.contact_named", {"contact": person})


def _is_for(ctx: Context, agg: Aggregate, household: str) -> bool:
    """Whether who follows a number follows this plan: one that went on, until its new home has somebody."""
    home = agg.state["household"]
    return bool(home == household) or ctx.store.contact_of(home) is None


def _encourage(ctx: Context, agg: Aggregate) -> list[Json]:
    if any(one["department"] == LOCAL and tasks.is_open(one) for one in agg.state["tasks"]):
        return []
    own = sum(one["department"] == LOCAL for one in agg.state["tasks"])
    days = ctx.figures(agg.region).measure_delivery_days
    return [tasks.assign(task_id(agg.id, ENCOURAGEMENT, own), ENCOURAGEMENT, "", ctx.today, days)]
