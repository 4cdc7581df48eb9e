"""Completing plans: a department that was silent is asked again when it is heard of; one that is new, too.

What comes of it is added as a recorded change. What stands is not touched: a risk that has its measure gets
no second one. As soon as the department is silent again the rest waits for its next sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.compose import Household, compose
from services.assistance.domain.planning.rules import kind, thing
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, assigned_events, put
from services.assistance.handlers.planning import asking, making
from services.assistance.views.registry import department_view

Json = dict[str, Any]


def ask_again(ctx: Context, department: str, *, new: bool = False) -> None:
    """Ask a department for the plans in which its answer is owed.

    new: what it announces is new: it is also asked where nobody covers a risk that it answers.
    """
    view = department_view(ctx, ctx.store.departments.get(department))
    for agg in [*_owed(ctx, department), *(_lacking(ctx, view) if new else ())]:
        answer = _asked(ctx, view, agg)
        if answer["state"] == asking.ANSWERED:
            complete(ctx, agg, [answer])
            continue
        _note_still_silent(ctx, agg, answer)
        if answer["state"] == asking.SILENT:
            return


def supplement(ctx: Context, agg: Aggregate, included: Json) -> None:
    """Take over what is known now of a household that was helped first: category, risks, who can work.

    Departments that answer a risk that is new are asked; what stands is not touched.
    """
    risks = [*agg.state["risks"], *(one for one in included["risks"] if one not in agg.state["risks"])]
    able = included["able_to_work"]
    agg.state |= {"risks": risks, "category": included["category"], "able_to_work": able}
    answers = asking.ask(ctx, asking.departments_for(ctx, _household(agg)), _household(agg))
    complete(ctx, agg, answers)


def complete(ctx: Context, agg: Aggregate, answers: list[Json]) -> None:
    """Add what departments propose to a plan that stands, and tell of it."""
    agg.state["answers"] = {**agg.state["answers"], **making.told_answers(ctx, answers)}
    agg.state["silent"] = making.not_answered(agg.state["answers"])
    added = _add(ctx, agg, answers)
    detail = {"departments": [one["department"] for one in answers], "tasks": [one["id"] for one in added]}
    told = {name: agg.state[name] for name in ("household", "case", "silent")}
    told |= {"plan": agg.id, "region": agg.region, "tasks": len(added)}
    events = [ctx.event("plan.completed", told), *assigned_events(ctx, agg, added)]
    ctx.save(ctx.store.plans, agg, "plan.completed", detail, events=events)


def _asked(ctx: Context, department: Json, agg: Aggregate) -> Json:
    """Ask about one plan; a household that monitoring does not give out fails alone."""
    try:
        (answer,) = asking.ask(ctx, [department], _household(agg))
    except Unavailable:
        raise
    except ShouwangError as error:
        ctx.log.error("household not given out", plan=agg.id, code=error.code)
        failed = {"state": asking.FAILED, "problems": [error.code], "proposals": [], "persons": ""}
        return failed | {"department": department["code"]}
    return answer


def _owed(ctx: Context, department: str) -> list[Aggregate]:
    return [agg for agg in ctx.store.plans_waiting_for(department) if agg.state["status"] != ENDED]


def _lacking(ctx: Context, department: Json) -> Iterator[Aggregate]:
    """Yield the plans that a department could help and was never asked about."""
    risks = {risk for one in department["measures"] for risk in one["risks"]}
    seen: set[str] = set()
    for risk in sorted(risks):
        for agg in ctx.store.plans_lacking(risk):
            asked = department["code"] in agg.state["answers"]
            if agg.id not in seen and not asked and agg.state["status"] != ENDED:
                seen.add(agg.id)
                yield agg


def _note_still_silent(ctx: Context, agg: Aggregate, answer: Json) -> None:
    """Keep what a department said this time, once a day and only when it changed."""
    now = making.told_answers(ctx, [answer])
    before = agg.state["answers"].get(answer["department"])
    if before is None or before["state"] != answer["state"]:
        agg.state["answers"] = {**agg.state["answers"], **now}
        agg.state["silent"] = making.not_answered(agg.state["answers"])
        ctx.save(ctx.store.plans, agg, "plan.asked_again", {"department": answer["department"]})


def _add(ctx: Context, agg: Aggregate, answers: list[Json]) -> list[Json]:
    """Compose what is still open with the new proposals; return the tasks that were added."""
    state, told = agg.state, {one["department"] for one in answers}
    new = [proposal for answer in answers for proposal in answer["proposals"]]
    composed = compose(_household_of(ctx, agg), new)
    added = making.assign(ctx, agg.id, agg.region, composed["measures"], answers)
    added = [one for one in added if one["id"] not in state["task_ids"]]
    state["kind"] = kind(tuple(state["risks"])).value
    for name, own in (("proposals", new), ("unknown", composed["unknown"])):
        state[name] = [*(one for one in state[name] if one["department"] not in told), *own]
    state["decisions"] = [*state["decisions"], *composed["decisions"]]
    put(agg, *added)
    return added


def _household_of(ctx: Context, agg: Aggregate) -> Household:
    living = [one for one in agg.state["tasks"] if one["status"] not in tasks.ENDED]
    stopped = [one for one in agg.state["tasks"] if one["status"] == tasks.STOPPED]
    covered = {risk for one in [*living, *stopped] for risk in one["risks"]}  # who stopped it has decided
    own = {thing(one["department"], one["measure"]) for one in living}
    elsewhere = making.held(ctx, agg.state["household"], agg.id, ctx.today)
    return Household(
        tuple(agg.state["risks"]),
        agg.state["able_to_work"],
        tuple(sorted({*own, *elsewhere})),
        tuple(sorted(covered)),
    )


def _household(agg: Aggregate) -> Json:
    return {name: agg.state[name] for name in making.OF_HOUSEHOLD} | {"region": agg.region}
