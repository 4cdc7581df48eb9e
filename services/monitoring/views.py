"""Read models of monitoring: what callers see. Names are masked, numbers are never shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.masking import mask_name
from shouwang.store import Aggregate

from services.monitoring.domain import clues as clue_rules

Json = dict[str, Any]

_MEMBER = (
    *("ref", "sex", "relation", "ethnicity", "political", "education", "student", "labour", "work_area"),
    *("work_months", "medical_insurance", "serious_illness_insurance", "pension_insurance"),
    *("minimum_living", "destitute", "relocated"),
)
_HOUSEHOLD = (
    *("village", "group", "kind", "size", "status", "category", "monitoring", "housing_unsafe"),
    *("school_dropout", "water_unsafe", "risks", "disasters", "figures", "unknown"),
)


def household_view(agg: Aggregate) -> Json:
    """Return a household: its members by ref with masked names, figures with giver and day, the worklist."""
    state = agg.state
    members = [_member(member) for member in state["members"]]
    return {"household": agg.id, **{name: state[name] for name in _HOUSEHOLD}, "members": members}


def _member(member: Json) -> Json:
    masked = mask_name(member["name"]) if member["name"] else None
    return {name: member[name] for name in _MEMBER} | {"name": masked}


def clue_view(agg: Aggregate, on: date) -> Json:
    """Return a clue; grounds, notes and persons stay inside."""
    state = agg.state
    kept = ("household", "status", "risks", "found_on", "due_on", "close_by", "responded_on", "closed_on")
    shown = ("channel", "on", "risks", "department")
    return {
        "clue": agg.id,
        "region": agg.region,
        **{name: state[name] for name in (*kept, "outcome", "reason", "case")},
        "status_label": clue_rules.STATUSES[state["status"]],
        "overdue": clue_rules.is_overdue(state, on),
        "sources": [{name: one.get(name) for name in shown} for one in state["sources"]],
    }


def case_view(agg: Aggregate) -> Json:
    """Return a case: where it stands and what was done, with the reasons of send-backs and refusals."""
    state, case = agg.state, agg.state["case"]
    kept = ("household", "clue", "opened_on", "window", "category", "risks", "way", "compared_on", "warnings")
    return {
        "case": agg.id,
        "region": agg.region,
        **{name: case[name] for name in ("procedure", "version", "step", "status", "notice")},
        **{name: state[name] for name in kept},
        "entries": [_entry(entry) for entry in case["entries"]],
    }


def _entry(entry: Json) -> Json:
    kept = {name: entry[name] for name in ("step", "action", "on", "people", "reason")}
    by = entry["by"]["id"] if entry["by"] else None
    return {**kept, "by": by, "papers": [paper["name"] for paper in entry["papers"]]}
