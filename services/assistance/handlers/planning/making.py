"""Making the plan of a household: ask the departments, compose, assign (A-01, A-09)."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.planning.compose import Household, compose
from services.assistance.domain.planning.once import given_by, insurance_year, is_for_good
from services.assistance.domain.planning.once import held as things_held
from services.assistance.domain.tasks import task as tasks
from services.assistance.domain.tasks.progress import status_of
from services.assistance.handlers.evaluation import asking as figures
from services.assistance.handlers.holding import ENDED, assigned_events
from services.assistance.handlers.planning import asking, ending

Json = dict[str, Any]
NAMESPACE: Final = uuid.UUID("8a3e4d52-55f0-4c0b-8a59-1d0c2f6c7e11")
DAYS: Final = "measure_delivery_days"
SEEN: Final = "payment_seen_days"
EACH_YEAR: Final = "each_year"
NO_PLAN: Final = ""
"""A person asks: what a plan gave once is not held for good."""
OF_HOUSEHOLD: Final = ("household", "case", "risks", "category", "able_to_work")


def make_plan(ctx: Context, event: IncomingEvent) -> None:
    """Make the plan of a household, once per case; a department that does not answer is shown as such."""
    if ending.overtaken(ctx, event):
        return
    included = _where_they_live(ctx, event.data) | {"included_by": event.sequence}
    plan_id = plan_id_of(included["case"])
    standing = ctx.store.plans.get_or_none(plan_id)
    if standing is not None:
        _take_up(ctx, standing, event)
        return
    answers = asking.answers_for(ctx, included)
    agg = ctx.store.plans.new(plan_id, region=included["region"], state={})
    agg.state = _state(ctx, plan_id, included, answers)
    ctx.save(ctx.store.plans, agg, "plan.made", {"case": included["case"]}, events=_events(ctx, agg))


def _where_they_live(ctx: Context, included: Json) -> Json:
    """Return an inclusion under the number of the household that took its people in meanwhile (0284)."""
    home = ctx.store.lives_in(included["household"])
    before = [included["household"]] if home != included["household"] else []
    region = home.partition("-")[0] if before else included["region"]
    return {**included, "household": home, "region": region, "before": before}


def _rests_on(ctx: Context, standing: Aggregate, event: IncomingEvent) -> None:
    """Note the newest inclusion of a plan's case: a correction of an older one does not end it (0285)."""
    if event.sequence > standing.state["included_by"]:
        standing.state["included_by"] = event.sequence
        ctx.save(ctx.store.plans, standing, "plan.included_again", {"case": standing.state["case"]})


def _take_up(ctx: Context, standing: Aggregate, event: IncomingEvent) -> None:
    """Complete the plan of a household that was helped first (green channel) and is included now.

    A plan that ended runs on when its case is included after that: the end was found wrong (0264).
    """
    from services.assistance.handlers.planning.completing import supplement  # noqa: PLC0415

    again = standing.state["status"] == ENDED
    first = standing.state["category"] is None and event.data["category"] is not None
    if _since_its_end(ctx, standing, event) if again else first:
        supplement(ctx, standing, event.data)
    _rests_on(ctx, standing, event)


def _since_its_end(ctx: Context, standing: Aggregate, event: IncomingEvent) -> bool:
    """Whether an inclusion was sent when the plan had ended: not one that the plan was made of."""
    heard = standing.carried_out(ctx.request_id)
    return not heard and event.on.isoformat() >= standing.state["ended_on"]


def plan_id_of(case: str) -> str:
    """Return the id of the plan of a case: one case, one plan."""
    return uuid.uuid5(NAMESPACE, f"plan/{case}").hex


def assign(
    ctx: Context,
    agg_id: str,
    region: str,
    taken: Sequence[Json],
    answers: Sequence[Json],
    ids: Collection[str] = (),
) -> list[Json]:
    """Return the tasks of proposals that were taken; the persons are sealed to each department.

    ids: tasks that the plan has; a measure that is given once more is a task of its own.
    """
    days = ctx.figures(region).find(DAYS).value
    sealed = {answer["department"]: answer["persons"] for answer in answers}
    return [
        tasks.assign(free_id(agg_id, one, ids), one, sealed[one["department"]], ctx.today, days)
        for one in taken
    ]


def composed_for(ctx: Context, region: str, household: Household, proposals: Sequence[Json]) -> Json:
    """Compose a plan (see `compose`); nothing becomes a task while nobody can say by when it is due."""
    view = ctx.figures(region)
    made = compose(household, proposals, view)
    if view.find(DAYS).value is None:
        made |= {"measures": [], "unknown": [*made["unknown"], *made["measures"]]}
    return made


def free_id(plan_id: str, measure: Mapping[str, Any], ids: Collection[str]) -> str:
    """Return the first id for a measure's task that the plan has not given to another."""
    found = (task_id(plan_id, measure, again) for again in itertools.count())
    return next(one for one in found if one not in ids)


def task_id(plan_id: str, measure: Mapping[str, Any], again: int = 0) -> str:
    """Return the id of the task of a measure; `again` counts those that came after the first."""
    suffix = f"/{again}" if again else ""
    return uuid.uuid5(NAMESPACE, f"{plan_id}/{measure['department']}/{measure['measure']}{suffix}").hex


def held(
    ctx: Context,
    household: str,
    proposals: Sequence[Json],
    region: str,
    plan: str,
    without: str | None = None,
) -> tuple[str, ...]:
    """Return what all plans of the household give or owe, so that none of these proposals gives it twice.

    The one question of every way to a task: a new plan, its completion, a replacement. plan: the one that
    asks, or NO_PLAN; without: a task whose place is free, because it is about to be replaced. While the
    policy does not say what is granted by the year, nothing is.
    """
    view = ctx.figures(region)
    each_year = view.find(EACH_YEAR).value or ()
    found = [
        given_by(
            one,
            ended=agg.state["status"] == ENDED,
            for_good=agg.id == plan and is_for_good(one["department"], one["measure"], each_year),
        )
        for agg in ctx.store.plans_of(household)
        for one in agg.state["tasks"]
        if one["id"] != without
    ]
    days = view.find(SEEN).value
    given = (one for one in found if one is not None)
    return things_held(given, proposals, ctx.today, days, insurance_year(view))


def told_answers(ctx: Context, answers: Sequence[Json], before: Mapping[str, Any] | None = None) -> Json:
    """Return what is kept of each department's answer: its state, the day, what was wrong, what it answered.

    before: the answers that the plan has; what a department answered earlier stays answered. Of what it does
    not know yet it has not answered.
    """
    return {one["department"]: _told(ctx, one, (before or {}).get(one["department"])) for one in answers}


def _told(ctx: Context, answer: Json, before: Json | None) -> Json:
    said = {one["measure"] for one in answer["proposals"] if one["eligible"] != "unknown"}
    measures = sorted(said | set(before["measures"] if before else ()))
    told = {name: answer[name] for name in ("state", "problems")}
    return told | {"on": ctx.today.isoformat(), "measures": measures}


def not_answered(answers: Mapping[str, Any]) -> list[str]:
    """Return the departments whose answer is still owed, whatever came instead."""
    return sorted(code for code, one in answers.items() if one["state"] != asking.ANSWERED)


def _state(ctx: Context, plan_id: str, included: Json, answers: list[Json]) -> Json:
    proposals = [proposal for answer in answers for proposal in answer["proposals"]]
    given = held(ctx, included["household"], proposals, included["region"], plan_id)
    household = Household(tuple(included["risks"]), included["able_to_work"], given)
    composed = composed_for(ctx, included["region"], household, proposals)
    assigned = assign(ctx, plan_id, included["region"], composed["measures"], answers)
    answered = told_answers(ctx, answers)
    numbers = [included["household"], *included["before"]]
    return {
        **{name: included[name] for name in OF_HOUSEHOLD},
        **{name: composed[name] for name in ("kind", "uncovered", "unknown", "decisions")},
        "before": included["before"],
        "included_by": included["included_by"],
        "status": status_of(assigned),
        "made_on": ctx.today.isoformat(),
        "ended_on": None,
        "tasks": assigned,
        "task_ids": [one["id"] for one in assigned],
        "orphaned_by": [],
        "answers": answered,
        "silent": not_answered(answered),
        "proposals": proposals,
        "evaluations": [],
        "contact": next(filter(None, map(ctx.store.contact_of, numbers)), None),
        "lacks_will": None,
        "baseline": figures.income_now(ctx, included["household"]),
    }


def _events(ctx: Context, agg: Aggregate) -> list[Any]:
    state = agg.state
    made = {name: state[name] for name in ("household", "case", "kind", "silent")}
    made |= {"plan": agg.id, "region": agg.region, "tasks": len(state["tasks"])}
    return [ctx.event("plan.made", made), *assigned_events(ctx, agg, state["tasks"])]
