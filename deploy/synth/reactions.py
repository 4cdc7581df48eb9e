"""What people answer to a step of the county's own making: no date yet, only the step that they answer to.

Kinds: refuses_to_sign, withdraws, objection. `after_days` counts from the step. An objection names the fact
that the inquiry finds, and whether it is upheld.
"""

from __future__ import annotations

from typing import Any

from deploy.synth.households import Household

ENVY = "邻居说该户在外有人挣钱，不该纳入"
ENVY_ANSWERED = "经核查，外出的是已分家的亲属，与该户不共享开支，异议不成立"
KNOWN: dict[str, tuple[str, str]] = {
    "payroll": ("村民说该户有人吃财政饭", "经核查，该户有财政供养在职人员，工资未申报"),
    "vehicles": ("村民说该户新买了小汽车", "经核查，该户有新购小型汽车，未申报"),
}


def reactions(household: Household) -> list[dict[str, Any]]:
    """Return what this household and its neighbours will answer."""
    story = household.story
    if story is None:
        return []
    if story.missed == "no_authorisation":
        return [_line(household, "application", "refuses_to_sign", 0, reason="不愿意让人查家里的存款")]
    if story.kind == "quick_new_job":
        return [_line(household, "household_check", "withdraws", 1, reason="已经找到新的工作，不再申请")]
    return [_objection(household, story.objection, story.hidden)] if story.objection else []


def _objection(household: Household, kind: str, hidden: str) -> dict[str, Any]:
    upheld = kind == "upheld"
    ground, fact = KNOWN[hidden] if upheld else (ENVY, ENVY_ANSWERED)
    more = {"by": "villager", "ground": ground, "upheld": upheld, "fact": fact, "hidden": hidden or None}
    return _line(household, "village_notice", "objection", 2 + household.index % 4, **more)


def _line(household: Household, step: str, kind: str, after_days: int, **more: object) -> dict[str, Any]:
    place = {"household": household.key, "village": household.village.code, "number": household.number}
    return {
        **place,
        "procedure": "identification",
        "step": step,
        "kind": kind,
        "after_days": after_days,
        **more,
    }
