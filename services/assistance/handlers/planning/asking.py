"""Asking the departments: all at once, none longer than the policy allows, and what each of them said.

Each is asked about the measures that concern the household, by code (`asked`). An answer is {department,
state: answered|silent|failed|nonsense|gone, persons: sealed, asked, proposals, problems}. Only "answered"
counts; the others are shown as what they are and asked again when they are heard of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from shouwang.errors import ShouwangError, Unavailable
from shouwang.service import Ask, Context

from services.assistance import metrics
from services.assistance.domain.planning.proposals import answer_problems, kept, unanswered
from services.assistance.domain.planning.rights import concerns
from services.assistance.domain.planning.rules import SAFETY_NET, group
from services.assistance.domain.registry.presence import GONE
from services.assistance.views.registry import department_view

Json = dict[str, Any]
ASKED_FOR: Final = "制定帮扶计划"
QUESTION: Final = ("household", "case", "region", "risks", "category", "able_to_work")
WAIT: Final = 5
"""Seconds that an answer is waited for where the policy does not say: no plan fails for that."""
BY_CODE: Final = (1, 1)
"""The contract from which on a department is asked by code and not only by risk."""
ANSWERED, SILENT, FAILED, NONSENSE = "answered", "silent", "failed", "nonsense"
REFUSED: Final = "department.announcement_refused"
"""Problem of a department of which nothing sound was heard: what it offers is not known."""
AWAY: Final = "department.gone"


def answers_for(ctx: Context, household: Mapping[str, Any]) -> list[Json]:
    """Ask every department that has something for a household; who cannot be asked stands as what it is.

    One that is gone, or whose announcement was refused, is not "no measure": its answer is owed.
    """
    known = ctx.store.all_departments()
    sound = [agg for agg in known if agg.state["announced"] is not None]
    found = [asked_about(ctx, department_view(ctx, agg), household) for agg in sound]
    concerned = [one for one in found if one["asked"]]
    there = [one for one in concerned if one["presence"] != GONE]
    away = [unasked(one["code"], GONE, AWAY) for one in concerned if one["presence"] == GONE]
    never = [unasked(agg.id, SILENT, REFUSED) for agg in known if agg.state["announced"] is None]
    return [*ask(ctx, there, household), *away, *never]


def unasked(department: str, state: str, *problems: str) -> Json:
    """Return what stands for the answer of a department to which no question went."""
    plain = {"department": department, "persons": "", "asked": [], "proposals": []}
    return {**plain, "state": state, "problems": list(problems)}


def asked_about(
    ctx: Context, department: Json, household: Mapping[str, Any], known: Collection[str] = ()
) -> Json:
    """Return a department with `asked`: its measures that concern a household, without those `known`."""
    view, code = ctx.figures(household["region"]), department["code"]
    of_household = (household["risks"], household["able_to_work"], view)
    open_ones = [one for one in department["measures"] if one["code"] not in known]
    asked = [one["code"] for one in open_ones if concerns(code, one, *of_household)]
    return {**department, "asked": asked}


def ask(ctx: Context, departments: Sequence[Json], household: Mapping[str, Any]) -> list[Json]:
    """Ask what each can do for a household; the persons cross sealed to its key, unreadable here.

    departments: views with `asked`. Without monitoring's persons nobody can be asked: its error is ours, and
    the event comes again.
    """
    within = ctx.figures(household["region"]).find("department_answer_seconds").value or WAIT
    sealed = _sealed(ctx, departments, household["household"], within)
    question = {name: household[name] for name in QUESTION} | {"on": ctx.today.isoformat()}
    asks = [
        Ask(one["code"], "propose_measures", question | {"persons": persons} | _by_code(one))
        for one, persons in zip(departments, sealed, strict=True)
    ]
    said = ctx.bus.call_all(asks, within=within)
    return [_answer(ctx, *each) for each in zip(departments, sealed, said, strict=True)]


def _by_code(department: Json) -> Json:
    """Return which measures are asked about, for departments whose contract knows the field (1.1)."""
    spoken = tuple(int(part) for part in department["contract"].split("."))
    return {"measures": department["asked"]} if spoken >= BY_CODE else {}


def _sealed(ctx: Context, departments: Sequence[Json], household: str, within: float) -> list[str]:
    asked = {"household": household, "purpose": ASKED_FOR}
    asks = [
        Ask(
            "monitoring",
            "persons_for",
            asked | {"department_key": one["public_key"], "income": _reckons(one)},
        )
        for one in departments
    ]
    found = ctx.bus.call_all(asks, within=within)
    for one in found:
        if isinstance(one, ShouwangError):
            raise one
    return [one["sealed"] for one in found]


def _reckons(department: Json) -> bool:
    """Whether it is asked about the safety net: only then is income told to it."""
    return any(group(code) in SAFETY_NET for code in department["asked"])


def _answer(ctx: Context, department: Json, persons: str, said: Any) -> Json:
    state, problems = _judged(department, said)
    metrics.count_answer(department["code"], state)
    if state != ANSWERED:
        ctx.log.warning("department did not answer", department=department["code"], state=state)
    sound = [one for one in said if one["measure"] in department["asked"]] if state == ANSWERED else []
    return {
        "department": department["code"],
        "persons": persons,
        "state": state,
        "problems": problems,
        "asked": department["asked"],
        "proposals": [kept(one, department["code"]) for one in sound],
    }


def _judged(department: Json, said: Any) -> tuple[str, list[str]]:
    if isinstance(said, Unavailable):
        return SILENT, [said.code]
    if isinstance(said, ShouwangError):
        return FAILED, [said.code]
    problems = answer_problems(said, {one["code"] for one in department["measures"]})
    return (NONSENSE, problems) if problems else (ANSWERED, unanswered(department["asked"], said))
