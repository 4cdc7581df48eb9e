"""How callers see a household: names masked, numbers never shown."""

from __future__ import annotations

from typing import Any

from shouwang.masking import mask_name
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings.risk import uninsured
from services.monitoring.domain.registry.changes import KINDS

Json = dict[str, Any]

_MEMBER = (
    *("ref", "sex", "relation", "ethnicity", "political", "education", "student", "labour", "work_area"),
    *("work_months", "medical_insurance", "serious_illness_insurance", "pension_insurance"),
    *("minimum_living", "destitute", "relocated"),
)
_HOUSEHOLD = (
    *("village", "group", "kind", "size", "status", "category", "monitoring", "housing_unsafe"),
    *("school_dropout", "water_unsafe", "risks", "disasters", "figures", "unknown", "large_resettlement"),
    *("resettlement_site", "measures", "known_from", "ended", "collected_on"),
)


def household_view(agg: Aggregate) -> Json:
    """Return a household: its members by ref with masked names, figures with giver and day, the worklist."""
    state = agg.state
    members = [_member(member) for member in state["members"]]
    former = [_former(member) for member in state["former"]]
    own = {name: state[name] for name in _HOUSEHOLD}
    uninsured_one = uninsured(member["medical_insurance"] for member in state["members"])
    return {"household": agg.id, **own, "uninsured": uninsured_one, "members": members, "former": former}


def _former(member: Json) -> Json:
    """Somebody who left: who, why, on which day, where to; the dead stay on record (附件2 注3)."""
    left = member["left"]
    told = {"kind": left["kind"], "title": KINDS[left["kind"]], "on": left["on"], "to": left["to"]}
    return {"ref": member["ref"], "name": _masked(member), "relation": member["relation"], **told}


def change_view(change: Json) -> Json:
    """Return a dated change: what, when, who recorded it when; names of fields, never their values."""
    names = ("no", "kind", "on", "recorded_on", "by", "reason", "paper")
    refs = [one.get("ref") or one.get("member", {}).get("ref") for one in change["effects"]]
    named = {name for one in change["effects"] for name in one.get("values", {})}
    fields = sorted(named | ({"relation"} if "head" in [one["op"] for one in change["effects"]] else set()))
    told = {"title": KINDS[change["kind"]], "refs": sorted(filter(None, refs)), "fields": fields}
    return {name: change[name] for name in names} | told


def _member(member: Json) -> Json:
    judgement = member.get("judgement")
    judged_on = judgement["on"] if judgement else None
    return {name: member[name] for name in _MEMBER} | {"name": _masked(member), "judged_on": judged_on}


def _masked(member: Json) -> str | None:
    return mask_name(member["name"]) if member["name"] else None
