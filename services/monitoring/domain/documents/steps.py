"""What the steps of a case say on a form: the date, and who signed in which function (I-02…I-05, R-03).

A form has its agreement printed on it, so a date is filled in only where the step agreed. A refusal is told
as such in small print, and a step that the case has gone back before says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shouwang.documents.spoken import chinese_date

from services.monitoring.domain.documents.material import Json, Material

AGREED: Final = frozenset({"pass", "include", "remove", "submit", "propose"})
_WORDS: Final = {
    "pass": "通过",
    "include": "同意纳入",
    "remove": "同意消除",
    "submit": "提交",
    "propose": "提名",
    "refuse": "不予通过",
}
IDENTIFICATION: Final = (
    "application",
    "household_check",
    "village_appraisal",
    "village_notice",
    "town_review",
    "county_decision",
)
REMOVAL: Final = ("proposal", *IDENTIFICATION[1:])
_ORDER: Final = {"identification": IDENTIFICATION, "removal": REMOVAL}


def taken(material: Material, step: str) -> Mapping[str, Any] | None:
    """Return the entry of a step that still stands; None when it was not taken or is to be taken anew."""
    if material.case is None:
        return None
    case = material.case["case"]
    order = _ORDER[case["procedure"]]
    done_anew = case["status"] == "open" and order.index(step) >= order.index(case["step"])
    if done_anew:
        return None
    found = [one for one in case["entries"] if one["step"] == step and one["action"] in _WORDS]
    return found[-1] if found else None


def agreed_on(material: Material, step: str) -> str | None:
    """Return the day on which a step agreed."""
    entry = taken(material, step)
    return entry["on"] if entry and entry["action"] in AGREED else None


def signed(material: Material, step: str, roles: Sequence[str] = ()) -> str | None:
    """Return what the system has on file of a step: day, outcome, who signed in which function."""
    entry = taken(material, step)
    if entry is None:
        return None
    people = [one for one in entry["people"] if not roles or one["role"] in roles]
    who = "、".join(f"{material.roles.get(one['role'], one['role'])} {one['person_ref']}" for one in people)
    said = f"系统登记：{chinese_date(entry['on'])}{_WORDS[entry['action']]}"
    return f"{said}；签字：{who}" if who else said


def step_values(material: Material) -> Json:
    """Return date and record of the four steps that 附件3 and 附件5 have in common."""
    values: Json = {}
    for name, step in _STEPS.items():
        values |= {f"{name}_on": agreed_on(material, step), f"{name}_by": signed(material, step)}
    return values


_STEPS: Final = {
    "checked": "household_check",
    "appraised": "village_appraisal",
    "reviewed": "town_review",
    "decided": "county_decision",
}
