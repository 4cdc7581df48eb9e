"""A task changes, ends, or gives its place to another measure or department; with reason and who (A-09)."""

from __future__ import annotations

from typing import Any

from shouwang.decision import Decision
from shouwang.errors import Forbidden, Refused
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rights import other_way
from services.assistance.domain.planning.rules import Offer, may_be_given, thing
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.finding import find_task, own_department_only, plan_of, running
from services.assistance.handlers.holding import assigned_events, put, task_event
from services.assistance.handlers.planning import asking, making
from services.assistance.views.plans import plan_view
from services.assistance.views.registry import department_view

Json = dict[str, Any]


def change_task(ctx: Context, request: Json) -> Json:
    """Change deadline, amount or person in charge of an open task; a department its person only."""
    agg = running(plan_of(ctx, request["task"]))
    _check_department(ctx, find_task(agg, request["task"]), request)
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    due = request["due_on"].isoformat() if request["due_on"] else None
    changed = {"due_on": due, "amount_fen": request["amount_fen"], "person": request["person"]}
    found = find_task(agg, request["task"])
    put(agg, tasks.change(found, changed, request["reason"], ctx.actor.id, ctx.today))
    ctx.save(ctx.store.plans, agg, "task.changed", {"task": found["id"]})
    return plan_view(agg)


def stop_task(ctx: Context, request: Json) -> Json:
    """End an open task without replacement; a disputed one also when its plan was ended."""
    agg = plan_of(ctx, request["task"])
    if not tasks.is_disputed(find_task(agg, request["task"])):
        running(agg)
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    task = tasks.stop(find_task(agg, request["task"]), request["reason"], ctx.actor.id, ctx.today)
    put(agg, task)
    ended = ctx.event("task.ended", task_event(agg, task))
    ctx.save(ctx.store.plans, agg, "task.stopped", {"task": task["id"]}, events=[ended])
    return plan_view(agg)


def replace_task(ctx: Context, request: Json) -> Json:
    """Put another measure in the place of a task: also from another department, when the first is gone.

    The department is asked anew, so that what it offers is what holds today; it must be due (A-01).
    """
    agg = running(plan_of(ctx, request["task"]))
    if agg.carried_out(ctx.request_id):
        return plan_view(agg)
    old = find_task(agg, request["task"])
    answer = _answer_of(ctx, agg, request)
    proposal, decision = _due(ctx, agg, old, answer, request["measure"])
    about = {"about": f"{answer['department']}/{request['measure']}", "decision": decision.to_dict()}
    agg.state["decisions"] = [*agg.state["decisions"], about]
    (new,) = making.assign(ctx, agg.id, agg.region, [proposal], [answer], agg.state["task_ids"])
    new |= {"replaces": old["id"]}
    ended = tasks.replace(old, new["id"], request["reason"], ctx.actor.id, ctx.today)
    put(agg, ended, new)
    detail = {"task": old["id"], "by": new["id"]}
    events = [ctx.event("task.ended", task_event(agg, ended)), *assigned_events(ctx, agg, [new])]
    ctx.save(ctx.store.plans, agg, "task.replaced", detail, events=events)
    return plan_view(agg)


def _check_department(ctx: Context, task: Json, request: Json) -> None:
    own_department_only(ctx, task["department"])
    more = request["due_on"] is not None or request["amount_fen"] is not None
    if ctx.actor.level == "department" and more:
        raise Forbidden(
            "部门只能指定本部门的承办人",
            code="task.not_for_departments",
            where=task["id"],
            remedy="期限和金额请由乡镇或县级人员变更。",
        )


def _answer_of(ctx: Context, agg: Aggregate, request: Json) -> Json:
    view = department_view(ctx, ctx.store.departments.get(request["department"]))
    household = {name: agg.state[name] for name in making.OF_HOUSEHOLD} | {"region": agg.region}
    (answer,) = asking.ask(ctx, [view | {"asked": [request["measure"]]}], household)
    return answer


def _due(ctx: Context, agg: Aggregate, old: Json, answer: Json, measure: str) -> tuple[Json, Decision]:
    """Return the proposal of a measure and why it is due; Refused with the decision when it is not.

    What was delivered, or may have been, is not replaced by the same thing: that would be a second payment.
    """
    offered = next((one for one in answer["proposals"] if one["measure"] == measure), None)
    if offered is None:
        raise _no_proposal(answer)
    held = making.held(ctx, agg.state["household"], [offered], agg.region, agg.id, without=old["id"])
    own = [thing(old["department"], old["measure"])] if tasks.parts_of(old) else []
    offer = Offer.of(offered)
    in_the_way = other_way(offer, held, ctx.figures(agg.region).one_way)
    decision = may_be_given(offer, tuple(sorted({*held, *own, *in_the_way})))
    if not decision.is_yes:
        raise Refused(
            f"该措施不能安排：{decision.sentence()}",
            code="plan.no_such_proposal",
            details={"reasons": [decision.as_reason()]},
            remedy="请选择计划中可以安排的措施，或由部门重新答复。",
        )
    return dict(offered), decision


def _no_proposal(answer: Json) -> Refused:
    said = {"answered": "没有提出这项措施"}.get(answer["state"], "没有作出有效答复")
    return Refused(
        f"部门 {answer['department']} {said}",
        code="plan.no_such_proposal",
        remedy="请用 departments 查看各部门的措施，待部门恢复后再办。",
    )
