"""Completing plans: who was silent is asked again when heard of; who offers more at once; all once a month.

What comes of it is added as a recorded change. What stands is not touched: a risk that has its chosen measure
gets no second one. As soon as the department is silent again the rest waits for its next sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning import again
from services.assistance.domain.planning.compose import Household
from services.assistance.domain.planning.once import not_put_back
from services.assistance.domain.planning.rights import not_chosen
from services.assistance.domain.planning.rules import kind, thing
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.holding import ENDED, assigned_events, put
from services.assistance.handlers.planning import asking, due_again, making, reopening
from services.assistance.views.registry import department_view

Json = dict[str, Any]
IN_VAIN: Final = (asking.NONSENSE, asking.FAILED)
REVISED: Final = "部门按月复核后的金额"


def ask_again(ctx: Context, department: str) -> None:
    """Ask a department for what it owes: answers to plans that wait for it, then what it offers anew.

    What is new is asked about in every open plan that it concerns, and once a month everything is, also what
    it answered. Whose answers cannot be used is asked again the next day, or when it announces anew.
    """
    agg = ctx.store.departments.get(department)
    if agg.state["in_vain_on"] == ctx.today.isoformat():
        return
    before = dict(agg.state)
    asked = _Round(ctx, agg)
    if asked.owed() and agg.state["to_ask"]:
        asked.anew()
    if agg.state != before:
        ctx.save(ctx.store.departments, agg, "department.asked")


class _Round:
    """The questions that one sign of a department brings, until it is silent."""

    def __init__(self, ctx: Context, agg: Aggregate) -> None:
        self._ctx, self._agg = ctx, agg
        self._view = department_view(ctx, agg)
        self._asked: set[str] = set()

    def owed(self) -> bool:
        """Ask about the plans that wait for its answer; False when it is silent."""
        return all(self._ask(plan, owed=True) for plan in _owed(self._ctx, self._agg.id))

    def anew(self) -> None:
        """Ask about the other open plans; silent half way, its next sign goes on behind the last one."""
        for plan in self._ctx.store.open_plans_anywhere(self._agg.state["asked_to"]):
            if plan.id not in self._asked and not self._ask(plan):
                return
            self._agg.state["asked_to"] = plan.id
        self._agg.state |= {"to_ask": False, "ask_all": False, "asked_to": None}

    def _ask(self, plan: Aggregate, *, owed: bool = False) -> bool:
        self._asked.add(plan.id)
        all_of = self._agg.state["ask_all"]
        answer = _asked_and_kept(self._ctx, self._view, plan, owed=owed, all_of=all_of)
        if answer["state"] in IN_VAIN and answer["persons"]:
            self._agg.state["in_vain_on"] = self._ctx.today.isoformat()
        return bool(answer["state"] != asking.SILENT)


def _asked_and_kept(ctx: Context, department: Json, agg: Aggregate, *, owed: bool, all_of: bool) -> Json:
    """Ask about one plan what it has no answer to, or about `all_of` it; return the answer.

    owed: its answer is owed, also when it offers nothing more for this household.
    """
    household, code = _household(agg), department["code"]
    answered = agg.state["answers"].get(code, {}).get("measures", [])
    wanted = asking.asked_about(ctx, department, household, () if owed or all_of else answered)
    nothing = asking.unasked(code, asking.ANSWERED)
    if not (wanted["asked"] or owed):
        return nothing
    answer = _asked(ctx, wanted, household, agg.id) if wanted["asked"] else nothing
    if answer["state"] == asking.ANSWERED:
        complete(ctx, agg, [answer], owed=owed)
    else:
        _note_still_silent(ctx, agg, answer)
    return answer


def supplement(ctx: Context, agg: Aggregate, included: Json) -> None:
    """Take over what is known now of a household that was helped first: category, risks, who can work.

    All whom it concerns are asked anew: what was not due before may be now. What stands is not touched. A
    plan that had ended runs on, and what it owes is told again.
    """
    told = reopening.reopened(ctx, agg)
    risks = [*agg.state["risks"], *(one for one in included["risks"] if one not in agg.state["risks"])]
    able = included["able_to_work"]
    agg.state |= {"risks": risks, "category": included["category"], "able_to_work": able}
    complete(ctx, agg, asking.answers_for(ctx, _household(agg)), told=told)


def complete(
    ctx: Context, agg: Aggregate, answers: list[Json], *, owed: bool = True, told: Sequence[Any] = ()
) -> None:
    """Add what departments propose to a plan that stands, and tell of it, and what else is to be `told`.

    Unless an answer was owed, nothing is recorded when it says nothing new and nothing comes of it.
    """
    before = agg.state["answers"]
    the_same = not owed and all(_says_the_same(agg, one) for one in answers)
    agg.state["answers"] = {**before, **making.told_answers(ctx, answers, before)}
    agg.state["silent"] = making.not_answered(agg.state["answers"])
    added = _add(ctx, agg, answers)
    if the_same and not added:
        return
    detail = {"departments": [one["department"] for one in answers], "tasks": [one["id"] for one in added]}
    made = {name: agg.state[name] for name in ("household", "case", "silent")}
    made |= {"plan": agg.id, "region": agg.region, "tasks": len(added)}
    new = [proposal for answer in answers for proposal in answer["proposals"]]
    again_due = due_again.told(ctx, agg, new)
    events = [ctx.event("plan.completed", made), *told, *assigned_events(ctx, agg, added), *again_due]
    ctx.save(ctx.store.plans, agg, "plan.completed", detail, events=events)


def _says_the_same(agg: Aggregate, answer: Json) -> bool:
    """Whether it knows no more than before, and leaves out the same."""
    before = agg.state["answers"].get(answer["department"], {}).get("problems", [])
    known = [one for one in agg.state["proposals"] if one["department"] == answer["department"]]
    return answer["problems"] == before and again.says_the_same(known, answer["proposals"])


def _asked(ctx: Context, department: Json, household: Json, plan: str) -> Json:
    """Ask about one plan; a household that monitoring does not give out fails alone, without persons."""
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
    """Compose what is still open with the new proposals; return the tasks that were added.

    A measure that its department still owes is not composed again: it is only worth more, where it says so.
    """
    state = agg.state
    new = [proposal for answer in answers for proposal in answer["proposals"]]
    to_compose = [one for one in new if not again.still_owed(one, state["tasks"])]
    composed = making.composed_for(ctx, agg.region, _household_of(ctx, agg, new), to_compose)
    ended = not_put_back(state["tasks"])
    taken = [one for one in composed["measures"] if thing(*again.key(one)) not in ended]
    added = making.assign(ctx, agg.id, agg.region, taken, answers, state["task_ids"])
    state["kind"] = kind(tuple(state["risks"])).value
    _replace_told(agg, answers, proposals=new, unknown=composed["unknown"])
    state["decisions"] = [
        *state["decisions"],
        *again.news(state["decisions"], composed["decisions"], added),
    ]
    put(agg, *_raised(ctx, agg, new), *added)
    return added


def _replace_told(agg: Aggregate, answers: list[Json], **said: list[Json]) -> None:
    """Put what departments say now in the place of what they said of the same measures."""
    told = {(one["department"], code) for one in answers for code in one["asked"]}
    for name, own in said.items():
        kept = [one for one in agg.state[name] if again.key(one) not in told]
        agg.state[name] = [*kept, *own]


def _raised(ctx: Context, agg: Aggregate, new: list[Json]) -> list[Json]:
    """Return the open tasks that are worth more than when they were assigned, each with the change noted."""
    worth = [(one, again.worth_more(one, new)) for one in agg.state["tasks"]]
    return [
        tasks.change(one, {"amount_fen": fen}, REVISED, one["department"], ctx.today)
        for one, fen in worth
        if fen is not None
    ]


def _household_of(ctx: Context, agg: Aggregate, new: list[Json]) -> Household:
    """Return what a plan has; what a person stopped is not given again, and its risk not chosen for anew.

    Held is what any plan of the household gives, this one too: what was given in an earlier period is not.
    """
    view = ctx.figures(agg.region)
    held = making.held(ctx, agg.state["household"], new, agg.region, agg.id)
    living = [one for one in agg.state["tasks"] if one["status"] not in tasks.ENDED]
    stopped = [one for one in agg.state["tasks"] if one["status"] == tasks.STOPPED]
    rightful = [one for one in living if not_chosen(*again.key(one), view)]
    given = [one for one in living if tasks.is_open(one) or thing(*again.key(one)) in held]
    chosen = [one for one in [*given, *stopped] if not not_chosen(*again.key(one), view)]
    return Household(
        tuple(agg.state["risks"]), agg.state["able_to_work"], held, _risks_of(chosen), _risks_of(rightful)
    )


def _risks_of(given: list[Json]) -> tuple[str, ...]:
    return tuple(sorted({risk for one in given for risk in one["risks"]}))


def _household(agg: Aggregate) -> Json:
    return {name: agg.state[name] for name in making.OF_HOUSEHOLD} | {"region": agg.region}
