"""How callers see a household: names masked, numbers never shown."""

from __future__ import annotations

from typing import Any

from shouwang.masking import mask_name
from shouwang.store import Aggregate

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
