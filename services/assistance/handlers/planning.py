"""Making the plan of a household that was included: ask the departments, compose, assign (A-01, A-09)."""

from __future__ import annotations

import uuid
from typing import Any

from shouwang.errors import Unavailable
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain import plan as rules
from services.assistance.domain import task as tasks
from services.assistance.handlers.messages import assigned_message
from services.assistance.handlers.working import task_event
from services.assistance.views import department_view

NAMESPACE = uuid.UUID("8a3e4d52-55f0-4c0b-8a59-1d0c2f6c7e11")
ASKED_FOR = "制定帮扶计划"
KEPT = ("measure", "title", "risks", "eligible", "amount_fen", "reason", "evidence")
"""What a plan keeps of a proposal; the answers for each person stay with the department."""


def make_plan(ctx: Context, event: IncomingEvent) -> None:
    """Make the plan of a household, once per case; a department that does not answer is shown as silent."""
    included = event.data
    plan_id = uuid.uuid5(NAMESPACE, f"plan/{included['case']}").hex
    if ctx.store.plans.get_or_none(plan_id) is not None:
        return
    answers = [_ask(ctx, department, included) for department in _departments(ctx, included)]
    proposals = [proposal for answer in answers for proposal in answer["proposals"]]
    composed = rules.compose(included["risks"], included["able_to_work"], proposals)
    sealed = {answer["department"]: answer["persons"] for answer in answers}
    silent = [answer["department"] for answer in answers if answer["silent"]]
    agg = ctx.store.plans.new(plan_id, region=included["region"], state={})
    agg.state = _state(ctx, plan_id, included, composed, sealed) | {"silent": silent}
    ctx.save(ctx.store.plans, agg, "plan.made", {"case": included["case"]}, events=_events(ctx, agg))


def _departments(ctx: Context, included: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the departments that have a measure for one of the risks, or a safety net."""
    views = (department_view(ctx, agg) for agg in ctx.store.all_departments())
    return [view for view in views if any(_concerns(one, included) for one in view["measures"])]


def _concerns(measure: dict[str, Any], included: dict[str, Any]) -> bool:
    if included["able_to_work"] is False and rules.group(measure["code"]) in rules.SAFETY_NET:
        return True
    return bool(set(measure["risks"]) & set(included["risks"]))


def _ask(ctx: Context, department: dict[str, Any], included: dict[str, Any]) -> dict[str, Any]:
    """Ask one department what it can do; the persons cross sealed to its key, unreadable here."""
    code = department["code"]
    asked = {"household": included["household"], "purpose": ASKED_FOR}
    persons = ctx.bus.call("monitoring", "persons_for", department_key=department["public_key"], **asked)
    question = {name: included[name] for name in ("household", "case", "region", "risks", "category")}
    question |= {"able_to_work": included["able_to_work"], "on": ctx.today.isoformat()}
    try:
        given = ctx.bus.call(code, "propose_measures", persons=persons["sealed"], **question)
    except Unavailable as error:
        ctx.log.warning("department silent", department=code, code=error.code)
        return {"department": code, "persons": persons["sealed"], "proposals": [], "silent": True}
    proposals = [{name: one[name] for name in KEPT} | {"department": code} for one in given]
    return {"department": code, "persons": persons["sealed"], "proposals": proposals, "silent": False}


def _state(
    ctx: Context, plan_id: str, included: dict[str, Any], composed: dict[str, Any], sealed: dict[str, str]
) -> dict[str, Any]:
    days = ctx.figures(included["region"]).measure_delivery_days
    assigned = [
        tasks.assign(
            uuid.uuid5(NAMESPACE, f"{plan_id}/{one['department']}/{one['measure']}").hex,
            one,
            sealed[one["department"]],
            ctx.today,
            days,
        )
        for one in composed["measures"]
    ]
    kept = {name: included[name] for name in ("household", "case", "risks", "category", "able_to_work")}
    return {
        **kept,
        "kind": composed["kind"],
        "status": "running" if assigned else "nothing_to_deliver",
        "made_on": ctx.today.isoformat(),
        "tasks": assigned,
        "task_ids": [one["id"] for one in assigned],
        "uncovered": composed["uncovered"],
        "unknown": composed["unknown"],
    }


def _events(ctx: Context, agg: Aggregate) -> list[Any]:
    state = agg.state
    made = {name: state[name] for name in ("household", "case", "kind", "silent")}
    made |= {"plan": agg.id, "region": agg.region, "tasks": len(state["tasks"])}
    events = [ctx.event("plan.made", made)]
    for task in state["tasks"]:
        events.append(ctx.event("task.assigned", task_event(agg, task)))
        events.append(ctx.event("message.requested", assigned_message(agg, task)))
    return events
