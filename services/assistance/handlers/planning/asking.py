"""Asking the departments: all at once, none longer than the policy allows, and what each of them said.

An answer is {department, state: answered|silent|failed|nonsense, persons: sealed, proposals, problems}. Only
"answered" counts; the others are shown as what they are and asked again when they are heard of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service import Ask, Context

from services.assistance import metrics
from services.assistance.domain.planning.compose import concerns
from services.assistance.domain.planning.proposals import answer_problems, kept
from services.assistance.domain.registry.presence import GONE
from services.assistance.views.registry import department_view

Json = dict[str, Any]
ASKED_FOR: Final = "制定帮扶计划"
QUESTION: Final = ("household", "case", "region", "risks", "category", "able_to_work")
ANSWERED, SILENT, FAILED, NONSENSE = "answered", "silent", "failed", "nonsense"


def departments_for(ctx: Context, household: Mapping[str, Any]) -> list[Json]:
    """Return the departments that have something for this household; not those that left."""
    sound = [agg for agg in ctx.store.all_departments() if agg.state["announced"] is not None]
    return [view for view in (department_view(ctx, agg) for agg in sound) if is_asked(view, household)]


def is_asked(department: Json, household: Mapping[str, Any]) -> bool:
    """Whether a department is there and has something for this household."""
    if department["presence"] == GONE:
        return False
    risks, able = household["risks"], household["able_to_work"]
    return any(concerns(one, risks, able) for one in department["measures"])


def ask(ctx: Context, departments: Sequence[Json], household: Mapping[str, Any]) -> list[Json]:
    """Ask what each can do for a household; the persons cross sealed to its key, unreadable here.

    Without monitoring's persons nobody can be asked: its error is ours, and the event comes again.
    """
    within = ctx.figures(household["region"]).department_answer_seconds
    sealed = _sealed(ctx, departments, household["household"], within)
    question = {name: household[name] for name in QUESTION} | {"on": ctx.today.isoformat()}
    asks = [
        Ask(one["code"], "propose_measures", question | {"persons": persons})
        for one, persons in zip(departments, sealed, strict=True)
    ]
    said = ctx.bus.call_all(asks, within=within)
    return [_answer(ctx, *each) for each in zip(departments, sealed, said, strict=True)]


def _sealed(ctx: Context, departments: Sequence[Json], household: str, within: float) -> list[str]:
    asked = {"household": household, "purpose": ASKED_FOR}
    asks = [
        Ask("monitoring", "persons_for", asked | {"department_key": one["public_key"]}) for one in departments
    ]
    found = ctx.bus.call_all(asks, within=within)
    for one in found:
        if isinstance(one, ShouwangError):
            raise one
    return [one["sealed"] for one in found]


def _answer(ctx: Context, department: Json, persons: str, said: Any) -> Json:
    state, problems = _judged(department, said)
    metrics.count_answer(department["code"], state)
    if state != ANSWERED:
        ctx.log.warning("department did not answer", department=department["code"], state=state)
    sound = said if state == ANSWERED else []
    return {
        "department": department["code"],
        "persons": persons,
        "state": state,
        "problems": problems,
        "proposals": [kept(one, department["code"]) for one in sound],
    }


def _judged(department: Json, said: Any) -> tuple[str, list[str]]:
    if isinstance(said, Unavailable):
        return SILENT, [said.code]
    if isinstance(said, ShouwangError):
        return FAILED, [said.code]
    problems = answer_problems(said, {one["code"] for one in department["measures"]})
    return (NONSENSE, problems) if problems else (ANSWERED, [])
