"""What a visit finds, as the record that goes with a household check (附件2)."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

LABOUR = {
    "普通劳动力": "ordinary",
    "技能劳动力": "skilled",
    "丧失劳动力": "lost",
    "无劳动力": "none",
    "弱劳动力或半劳动力": "weak",
}


def record_of(found: Json) -> Json:
    """Return the record of an identification check: income of the window, risks, checks, members."""
    return {
        "collected_on": found["on"],
        "figures": found["figures_fen"],
        "risks": found["risks"],
        "insured": {member["ref"]: member["medical_insurance"] for member in found["members"]},
        "labour": {member["ref"]: LABOUR[member["labour"]] for member in found["members"]},
        "housing_unsafe": found["housing_unsafe"],
        "school_dropout": found["school_dropout"],
        "water_unsafe": found["water_unsafe"],
        "difficulty": not found["spending_solved"],
    }


def removal_record_of(found: Json, measures_delivered: bool) -> Json:
    """Return the record of a removal: besides, what the village and the checkers judged (附件4, 附件5)."""
    judged = {
        "measures_delivered": measures_delivered,
        "fed_and_clothed": True,
        "income_stable": found["income_stable"],
        "spending_controlled": found["spending_solved"],
    }
    return {**record_of(found), **judged}


def is_at_risk(found: Json) -> bool:
    """Whether a cadre who looks sees a risk or something unsafe."""
    unsafe = ("housing_unsafe", "school_dropout", "water_unsafe", "uninsured")
    return bool(found["risks"]) or any(found[name] for name in unsafe)


def head_of(found: Json) -> str:
    """Return the ref of the head of the household, who signs."""
    heads = [member["ref"] for member in found["members"] if member["relation"] == "本人或户主"]
    return str(heads[0] if heads else found["members"][0]["ref"])
