"""Completing plans: who was silent is asked again when heard of; so is who offers more, or did not know.

What comes of it is added as a recorded change. What stands is not touched: a risk that has its chosen measure
gets no second one. As soon as the department is silent again the rest waits for its next sign.
"""

from __future__ import annotations

from typing import Any

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.compose import Household, compose
from services.assistance.domain.planning.once import not_put_back
from services.assistance.domain.planning.rights import of_right
from services.assistance.domain.planning.rules import kind, thing
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, assigned_events, put
from services.assistance.handlers.planning import asking, making
from services.assistance.views.registry import department_view

Json = dict[str, Any]


def ask_again(ctx: Context, department: str) -> None:
    """Ask a department for what it owes: answers to plans that wait for it, then what it offers anew.

    What is new, and once a month what it did not know, is asked about in every open plan that it concerns;
    what a plan has an answer to is not asked again. The department keeps `to_ask` until all were asked.
    """
    agg = ctx.store.departments.get(department)
    view = department_view(ctx, agg)
    owed = _owed(ctx, department)
    if all(_asked_and_kept(ctx, view, plan, owed=True) for plan in owed) and agg.state["to_ask"]:
        _ask_anew(ctx, agg, view)


def _ask_anew(ctx: Context, agg: Aggregate, view: Json) -> None:
    if all(_asked_and_kept(ctx, view, plan) for plan in ctx.store.open_plans_anywhere()):
        agg.state["to_ask"] = False
        ctx.save(ctx.store.departments, agg, "department.asked")


def _asked_and_kept(ctx: Context, department: Json, agg: Aggregate, *, owed: bool = False) -> bool:
    """Ask about one plan what it has no answer to; False when the department is silent.

    owed: its answer is owed, also when it offers nothing more for this household.
    """
    household = _household(agg)
    known = agg.state["answers"].get(department["code"], {}).get("measures", [])
    wanted = asking.asked_about(ctx, department, household, known)
    if not (wanted["asked"] or owed):
        return True
    answer = _asked(ctx, wanted, household, agg.id)
    if answer["state"] == asking.ANSWERED and (owed or not _says_the_same(agg, answer)):
        complete(ctx, agg, [answer])
    elif answer["state"] == asking.ANSWERED:
        return True
    else:
        _note_still_silent(ctx, agg, answer)
    return bool(answer["state"] != asking.SILENT)


def supplement(ctx: Context, agg: Aggregate, included: Json) -> None:
    """Take over what is known now of a household that was helped first: category, risks, who can work.

    All whom it concerns are asked anew: what was not due before may be now. What stands is not touched.
    """
    risks = [*agg.state["risks"], *(one for one in included["risks"] if one not in agg.state["risks"])]
    able = included["able_to_work"]
    agg.state |= {"risks": risks, "category": included["category"], "able_to_work": able}
    answers = asking.ask(ctx, asking.departments_for(ctx, _household(agg)), _household(agg))
    complete(ctx, agg, answers)


def complete(ctx: Context, agg: Aggregate, answers: list[Json]) -> None:
    """Add what departments propose to a plan that stands, and tell of it."""
    before = agg.state["answers"]
    agg.state["answers"] = {**before, **making.told_answers(ctx, answers, before)}
    agg.state["silent"] = making.not_answered(agg.state["answers"])
    added = _add(ctx, agg, answers)
    detail = {"departments": [one["department"] for one in answers], "tasks": [one["id"] for one in added]}
    told = {name: agg.state[name] for name in ("household", "case", "silent")}
    told |= {"plan": agg.id, "region": agg.region, "tasks": len(added)}
    events = [ctx.event("plan.completed", told), *assigned_events(ctx, agg, added)]
    ctx.save(ctx.store.plans, agg, "plan.completed", detail, events=events)


def _says_the_same(agg: Aggregate, answer: Json) -> bool:
    """Whether it knows no more than before: then nothing is to be recorded."""
    before = agg.state["answers"].get(answer["department"], {}).get("problems", [])
    return answer["problems"] == before and all(one in agg.state["unknown"] for one in answer["proposals"])


def _asked(ctx: Context, department: Json, household: Json, plan: str) -> Json:
    """Ask about one plan; a household that monitoring does not give out fails alone."""
    try:
        (answer,) = asking.ask(ctx, [department], household)
    except Unavailable:
        raise
    except ShouwangError as error:
        ctx.log.error("household not given out", plan=plan, code=error.code)
        failed = {"state": asking.FAILED, "problems": [error.code], "proposals": [], "persons": ""}
        return failed | {name: department[key] for name, key in (("department", "code"), ("asked", "asked"))}
    return answer


def _owed(ctx: Context, department: str) -> list[Aggregate]:
    return [agg for agg in ctx.store.plans_waiting_for(department) if agg.state["status"] != ENDED]


def _note_still_silent(ctx: Context, agg: Aggregate, answer: Json) -> None:
    """Keep what a department said this time, once a day and only when it changed."""
    earlier = agg.state["answers"]
    before = earlier.get(answer["department"])
    if before is None or before["state"] != answer["state"]:
        agg.state["answers"] = {**earlier, **making.told_answers(ctx, [answer], earlier)}
        agg.state["silent"] = making.not_answered(agg.state["answers"])
        ctx.save(ctx.store.plans, agg, "plan.asked_again", {"department": answer["department"]})


def _add(ctx: Context, agg: Aggregate, answers: list[Json]) -> list[Json]:
    """Compose what is still open with the new proposals; return the tasks that were added."""
    state = agg.state
    told = {(one["department"], code) for one in answers for code in one["asked"]}
    new = [proposal for answer in answers for proposal in answer["proposals"]]
    composed = compose(_household_of(ctx, agg, new), new, ctx.figures(agg.region))
    ended = not_put_back(state["tasks"])
    taken = [one for one in composed["measures"] if thing(*_of(one)) not in ended]
    added = making.assign(ctx, agg.id, agg.region, taken, answers, state["task_ids"])
    state["kind"] = kind(tuple(state["risks"])).value
    for name, own in (("proposals", new), ("unknown", composed["unknown"])):
        kept = [one for one in state[name] if (one["department"], one["measure"]) not in told]
        state[name] = [*kept, *own]
    state["decisions"] = [*state["decisions"], *composed["decisions"]]
    put(agg, *added)
    return added


def _household_of(ctx: Context, agg: Aggregate, new: list[Json]) -> Household:
    """Return what a plan has; what a person stopped is not given again, and its risk not chosen for anew."""
    view = ctx.figures(agg.region)
    living = [one for one in agg.state["tasks"] if one["status"] not in tasks.ENDED]
    stopped = [one for one in agg.state["tasks"] if one["status"] == tasks.STOPPED]
    rightful = [one for one in living if of_right(*_of(one), view)]
    chosen = [one for one in [*living, *stopped] if not of_right(*_of(one), view)]
    return Household(
        tuple(agg.state["risks"]),
        agg.state["able_to_work"],
        making.held(ctx, agg.state["household"], new, agg.region),
        _risks_of(chosen),
        _risks_of(rightful),
    )


def _of(task: Json) -> tuple[str, str]:
    return task["department"], task["measure"]


def _risks_of(given: list[Json]) -> tuple[str, ...]:
    return tuple(sorted({risk for one in given for risk in one["risks"]}))


def _household(agg: Aggregate) -> Json:
    return {name: agg.state[name] for name in making.OF_HOUSEHOLD} | {"region": agg.region}
