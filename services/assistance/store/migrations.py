"""Older documents in the shape of today: each function takes one version's state to the next."""

from __future__ import annotations

from typing import Any

from services.assistance.domain.society.things import coded

Json = dict[str, Any]


def department_with_leaving(state: Json) -> Json:
    """1 → 2: departments may leave, and a refused announcement is kept beside the last sound one."""
    return {"left_on": None, "left_reason": None, "refused": None, **state}


def department_to_be_asked(state: Json) -> Json:
    """2 → 3: every open plan is asked about anew: guarantees were withheld before (docs/decisions/0203)."""
    return {"to_ask": True, **state}


def thing_by_code(state: Json) -> Json:
    """1 → 2: needs and offers name their thing by code; what was written is no longer published (0247)."""
    return coded(state)


def department_asked_by_month(state: Json) -> Json:
    """3 → 4: every open plan is asked about all anew: a "no" never was before (docs/decisions/0250)."""
    return {**state, "to_ask": True, "ask_all": True, "asked_to": None, "in_vain_on": None}


def plan_with_reasons(state: Json) -> Json:
    """1 → 2: plans keep answers, proposals and decisions; tasks keep changes, objections and levels told."""
    added = {"ended_on": None, "answers": {}, "proposals": [], "decisions": [], "evaluations": []}
    added |= {"contact": None, "lacks_will": None, "baseline": None, "orphaned_by": []}
    return {**added, **state, "tasks": [_task(one) for one in state["tasks"]]}


def plan_with_answered_measures(state: Json) -> Json:
    """2 → 3: answers keep which measures they were about; of the older ones it is not known: asked anew."""
    answers = {code: {"measures": [], **one} for code, one in state["answers"].items()}
    return {**state, "answers": answers}


def plan_with_former_numbers(state: Json) -> Json:
    """3 → 4: plans keep the numbers under which their people lived before, and which inclusion they rest on.

    Of the older ones it is not known which: any correction is newer (docs/decisions/0284, 0285).
    """
    return {"before": [], "included_by": 0, **state}


def _task(task: Json) -> Json:
    added: Json = {"person": None, "disputed": [], "escalations": [], "orphaned_on": None, "ended_on": None}
    added |= {"replaces": None, "replaced_by": None, "changes": [], "objections": []}
    if task["escalated_on"]:
        added["escalations"] = [
            {"level": "department", "on": task["escalated_on"], "key": f"overdue/{task['id']}"}
        ]
    return {**added, **task}
