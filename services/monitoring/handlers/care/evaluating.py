"""The quarterly evaluation: what is known, suggested, concluded by a person, and what follows (D-02)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import TOWN_OFFICER, VILLAGE_CADRE
from shouwang.decision import Decision, Input
from shouwang.errors import NotFound, ShouwangError
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate, Event

from services.monitoring.domain.care import evaluation as rules
from services.monitoring.domain.income.figures import LABELS, a_head, net_income
from services.monitoring.handlers.care.clues import new_clue
from services.monitoring.handlers.messages import message
from services.monitoring.views.care import evaluation_view

Json = dict[str, Any]
EVALUATORS: Final = "季度评估组"
FOUND: Final = ("risk_stands", "secured", "income_stable", "measures_work", "new_risks")
NEXT: Final = {
    "risk_gone": (VILLAGE_CADRE, "建议启动风险消除", "季度评估认为风险已消除，请研究是否提名消除。"),
    "change": (TOWN_OFFICER, "请调整帮扶措施", "季度评估认为现有措施效果不足，请会同部门调整。"),
}


def suggest_evaluation(ctx: Context, request: Json) -> Json:
    """Return what the rule suggests on these findings; nothing is stored."""
    household = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), household.id, "季度评估", ctx.today)
    figures = _figures(ctx, household, request["quarter"])
    found = _suggested(ctx, household, request, figures)
    told = {"household": household.id, "quarter": request["quarter"], "income": figures}
    return told | {
        "suggested": found.value,
        "sentence": found.sentence(),
        "effect": _effect(ctx, household.id),
    }


def evaluate(ctx: Context, request: Json) -> Json:
    """Record the evaluation of a quarter; `worse` opens a clue, others go to whom they concern."""
    agg = _evaluation(ctx, request["household"], request["quarter"])
    if agg.carried_out(ctx.request_id):
        return evaluation_view(agg, ctx.today)
    household = ctx.store.households.get(agg.state["household"])
    ctx.reads.record(ctx.actor.to_dict(), household.id, "季度评估", ctx.today)
    figures = _figures(ctx, household, agg.state["quarter"])
    found = _suggested(ctx, household, request, figures)
    given = _given(ctx, request, figures, found) | {"effect": _effect(ctx, household.id)}
    make = rules.corrected if request["correct"] else rules.concluded
    agg.state = make(agg.state, given, found.value, ctx.today)
    if request["conclusion"] == "worse":
        risks = request["new_risks"] or household.state["monitoring"]["risks"] or ["other"]
        agg.state["clue"] = new_clue(ctx, household.id, ctx.today, risks, f"evaluation/{agg.id}")
    detail = {"conclusion": request["conclusion"], "suggested": found.value, "correction": request["correct"]}
    ctx.save(ctx.store.evaluations, agg, "evaluation.made", detail, events=_told(ctx, agg, request))
    return evaluation_view(agg, ctx.today)


def _given(ctx: Context, request: Json, figures: Json, found: Decision) -> Json:
    return {
        "conclusion": request["conclusion"],
        "reason": request["reason"],
        "by": ctx.actor.on_behalf_of or ctx.actor.id,
        "facts": {name: request[name] for name in FOUND},
        "figures": figures,
        "decision": found.to_dict(),
    }


def _told(ctx: Context, agg: Aggregate, request: Json) -> list[Event]:
    kept = ("household", "quarter", "conclusion", "clue")
    data = {name: agg.state[name] for name in kept} | {
        "region": agg.region,
        "measures_work": request["measures_work"],
    }
    events = [ctx.event("household.evaluated", data)]
    if request["conclusion"] in NEXT:
        role, title, text = NEXT[request["conclusion"]]
        about = f"户 {agg.state['household']}（{agg.state['quarter']}）：{text}"
        data = message(ctx.service, agg, role, title, about, mark=str(len(agg.state["earlier"])))
        events.append(ctx.event("message.requested", data))
    return events


def _suggested(ctx: Context, household: Aggregate, request: Json, figures: Json) -> Decision:
    new = None if request["new_risks"] is None else bool(request["new_risks"])
    said = {name: request[name] for name in FOUND[:-1]} | {"new_risk": new}
    inputs = {
        name: Input(value, EVALUATORS, ctx.today, rules.FACTS[name].partition("｜")[0])
        for name, value in said.items()
    }
    income = Input(figures["now"], label="人均纯收入", unit="fen")
    return rules.suggested_conclusion(rules.Facts(**inputs, income=income), ctx.figures(household.region))


def _figures(ctx: Context, household: Aggregate, quarter: str) -> Json:
    """Return A34 as known at the evaluation before and now."""
    before = ctx.store.evaluations.get_or_none(
        rules.evaluation_id(household.id, Quarter.parse(quarter).shift(-1))
    )
    last = before.state["figures"] if before else None
    known = {name: Input(one["fen"]) for name, one in household.state["figures"].items() if name in LABELS}
    now = a_head(net_income(known), Input(household.state["size"]))
    return rules.income_change({"per_head": last["now"]} if last else None, {"per_head": now})


def _effect(ctx: Context, household: str) -> Json:
    """Ask assistance what became of the plan; silent is unknown, never “nothing done”."""
    try:
        plans = ctx.bus.call("assistance", "plan", household=household)
    except ShouwangError as error:
        ctx.log.warning("assistance gave no plan", code=error.code)
        return {"tasks": None, "done": None, "silent": True}
    tasks = [task for plan in plans for task in plan["tasks"]]
    done = sum(task.get("status") in ("delivered", "confirmed") for task in tasks)
    return {"tasks": len(tasks), "done": done, "silent": False}


def _evaluation(ctx: Context, household: str, quarter: str) -> Aggregate:
    agg: Aggregate | None = ctx.store.evaluations.get_or_none(
        rules.evaluation_id(household, Quarter.parse(quarter))
    )
    if agg is None:
        raise NotFound(
            f"该户 {quarter} 没有应作的评估（当季不是监测对象，或季末刚纳入）",
            code="care.no_evaluation",
            where=household,
            remedy="请核对户编号和季度；用 evaluations 查看应评估的户。",
        )
    return agg


def evaluation(ctx: Context, request: Json) -> Json:
    """Return one evaluation."""
    agg = _evaluation(ctx, request["household"], request["quarter"])
    ctx.reads.record(ctx.actor.to_dict(), request["household"], "查看季度评估", ctx.today)
    return evaluation_view(agg, ctx.today)


def evaluations(ctx: Context, request: Json) -> list[Json]:
    """Return the evaluations of a region: by status, or those that are overdue."""
    where: Json = {"state.status": request["status"]} if request["status"] else {}
    if request["overdue"]:
        where = {"state.status": rules.DUE, "state.due_on": {"$lt": ctx.today.isoformat()}}
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.evaluations.find(where or None, region=request["region"], **page)
    return [evaluation_view(agg, ctx.today) for agg in found]
