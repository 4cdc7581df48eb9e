"""The quarterly evaluation: monitoring's figures, a suggestion for each measure, a decision (A-09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import Input
from shouwang.errors import BadRequest, Conflict, NotFound
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.evaluation import former  # noqa: F401  (old versions, for replay)
from services.assistance.domain.evaluation.effect import effect
from services.assistance.domain.evaluation.income import all_secured
from services.assistance.domain.evaluation.quarters import check_quarter, due_on, quarters_owed
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.evaluation import asking
from services.assistance.handlers.finding import find_task, only_contact, own_contact_only
from services.assistance.handlers.holding import ENDED, put
from services.assistance.handlers.messages import evaluation_message

Json = dict[str, Any]
GIVER: Final = "乡村振兴部门"
EFFECTS: Final = {"yes": "有效", "no": "无效", "unknown": "不详"}


def evaluate(ctx: Context, request: Json) -> Json:
    """Evaluate every measure of a plan for a quarter; anew until a person has decided."""
    agg = ctx.store.plans.get(request["plan"])
    own_contact_only(ctx, agg.state["household"])
    if agg.carried_out(ctx.request_id):
        return _view(agg, request["quarter"])
    check_quarter(agg.state, request["quarter"], ctx.today)
    standing = _found(agg, request["quarter"])
    if standing is not None and standing["decided"]:
        return _view(agg, request["quarter"])
    now = asking.income_now(ctx, agg.state["household"])
    _keep(agg, _evaluation(ctx, agg, request, now))
    ctx.save(ctx.store.plans, agg, "plan.evaluated", {"quarter": request["quarter"]})
    return _view(agg, request["quarter"])


def decide_evaluation(ctx: Context, request: Json) -> Json:
    """Keep what a person decides; what is to be replaced is then replaced by `replace_task`."""
    agg = ctx.store.plans.get(request["plan"])
    made = _found(agg, request["quarter"])
    if made is None:
        raise NotFound("该季度还没有评估", code="evaluation.nothing", remedy="请先办理 evaluate。")
    if agg.carried_out(ctx.request_id):
        return _view(agg, request["quarter"])
    _check_decision(made, request["outcomes"])
    decided = {"on": ctx.today.isoformat(), "by": ctx.actor.id, "reason": request["reason"]}
    outcomes = {one["task"]: one["outcome"] for one in request["outcomes"]}
    _keep(agg, {**made, "decided": decided | {"outcomes": outcomes}})
    put(agg, *(_with_effect(agg, one) for one in made["tasks"]))
    ctx.save(ctx.store.plans, agg, "plan.evaluation_decided", {"quarter": request["quarter"]})
    return _view(agg, request["quarter"])


def _check_decision(made: Json, outcomes: list[Json]) -> None:
    """Refuse a second decision on an evaluation, and one about tasks that it does not judge."""
    if made["decided"]:
        raise Conflict(
            f"{made['quarter']} 的评估已由 {made['decided']['by']} 决定",
            code="evaluation.decided",
            remedy="措施需要变更的，直接办理 replace_task 或 stop_task。",
        )
    if {one["task"] for one in outcomes} - {one["task"] for one in made["tasks"]}:
        raise BadRequest("评估中没有这项任务", code="evaluation.no_such_task", remedy="请核对任务编号。")


def evaluations_due(ctx: Context, request: Json) -> list[Json]:
    """Return the plans of a region whose evaluation for an ended quarter is not decided, oldest first.

    A contact person is shown those of the households followed.
    """
    person = only_contact(ctx)
    days = ctx.figures(request["region"]).evaluation_days
    found = [
        _due(agg, quarter, due_on(quarter, days), ctx.today)
        for agg in ctx.store.plans_in(request["region"])
        if person in (None, agg.state["contact"])
        for quarter in quarters_owed(agg.state, ctx.today)
    ]
    return sorted(found, key=lambda one: (one["due_on"], one["plan"]))


def remind(ctx: Context, on: date) -> None:
    """Tell the towns, the day after the evaluation of the last quarter was due, which plans lack it; once.

    Nobody while the policy does not say when it is due.
    """
    days = ctx.figures(ctx.actor.region).find("evaluation_days").value
    quarter = str(Quarter.of(on).shift(-1))
    if days is None or on != due_on(quarter, days) + timedelta(days=1):
        return
    for agg in ctx.store.plans_in(ctx.actor.region):
        if quarter in quarters_owed(agg.state, on) and agg.state["status"] != ENDED:
            of_it = replace(ctx, request_id=f"{ctx.request_id}/{quarter}")
            _remind(of_it, agg, quarter, due_on(quarter, days))


def _remind(ctx: Context, agg: Aggregate, quarter: str, due: date) -> None:
    """Tell the town once, also when the day is gone through again; the request is the reminder's own."""
    if agg.carried_out(ctx.request_id):
        return
    event = ctx.event("message.requested", evaluation_message(agg, quarter, due.isoformat()))
    ctx.save(ctx.store.plans, agg, "plan.evaluation_reminded", {"quarter": quarter}, events=[event])


def _evaluation(ctx: Context, agg: Aggregate, request: Json, now: Json) -> Json:
    before = agg.state["baseline"] or {"on": None, "per_head_fen": None}
    known = now["secured"] | request["risks_gone"]
    figures = (_income(before, "此前人均纯收入"), _income(now, "现人均纯收入"))
    living = [one for one in agg.state["tasks"] if one["status"] not in tasks.ENDED]
    return {
        "quarter": request["quarter"],
        "asked_on": ctx.today.isoformat(),
        "before_fen": before["per_head_fen"],
        "now_fen": now["per_head_fen"],
        "secured": known,
        "tasks": [_suggested(agg, one, *figures, known, ctx.today) for one in living],
        "decided": None,
    }


def _suggested(
    agg: Aggregate, task: Json, before: Input, now: Input, known: Mapping[str, bool | None], on: date
) -> Json:
    answered = [risk for risk in agg.state["risks"] if risk in task["risks"]]
    safe = Input(all_secured(answered, known), GIVER, on, "风险消除")
    done = not tasks.is_open(task)
    decision = effect(task["measure"], done, before, now, safe, answers=bool(answered))
    return {
        "task": task["id"],
        "measure": task["measure"],
        "suggestion": decision.value,
        "effect": decision.verdict.value,
        "sentence": decision.sentence(),
        "decision": decision.to_dict(),
    }


def _income(figure: Json, label: str) -> Input:
    on = date.fromisoformat(figure["on"]) if figure["on"] else None
    return Input(figure["per_head_fen"], GIVER, on, label, "fen")


def _with_effect(agg: Aggregate, suggested: Json) -> Json:
    return {**find_task(agg, suggested["task"]), "effect": EFFECTS[suggested["effect"]]}


def _found(agg: Aggregate, quarter: str) -> Json | None:
    return next((one for one in agg.state["evaluations"] if one["quarter"] == quarter), None)


def _keep(agg: Aggregate, made: Json) -> None:
    others = [one for one in agg.state["evaluations"] if one["quarter"] != made["quarter"]]
    agg.state["evaluations"] = sorted([*others, made], key=lambda one: str(one["quarter"]))


def _view(agg: Aggregate, quarter: str) -> Json:
    return {"plan": agg.id, **(_found(agg, quarter) or {})}


def _due(agg: Aggregate, quarter: str, due: date, on: date) -> Json:
    return {
        "plan": agg.id,
        "household": agg.state["household"],
        "region": agg.region,
        "quarter": quarter,
        "due_on": due,
        "overdue": on > due,
        "evaluated": _found(agg, quarter) is not None,
    }
