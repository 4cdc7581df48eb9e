"""附件2 filled, parts 1–7: what the phase of the household has reached, the rest blank (M-02, M-13, K-02)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from services.monitoring.domain.documents.material import Json, Material
from services.monitoring.domain.income.figures import amount, net_income, reference_income
from services.monitoring.domain.proceedings.guards import income_of

SEXES: Final = {"male": "男", "female": "女"}
_CODED: Final = {
    "A8": ("relation", "relation_to_head"),
    "A9": ("ethnicity", "ethnicity"),
    "A10": ("political", "political_status"),
    "A11": ("education", "education_level"),
    "A12": ("student", "student_status"),
    "A13": ("health", "health_status"),
    "A14": ("labour", "labour_ability"),
    "A15": ("work_area", "work_area"),
}
_PLAIN: Final = {
    "A16": "work_months",
    "A17": "medical_insurance",
    "A18": "serious_illness_insurance",
    "A19": "pension_insurance",
    "A20": "minimum_living",
    "A21": "destitute",
    "A22": "relocated",
}
_FIGURES: Final = {
    "A28": "wages",
    "A29": "business",
    "A30": "property",
    "A31": "transfers",
    "A32": "business_costs",
    "A35": "claims",
    "A36": "own_payments",
}
TICKED: Final = ("A44", "A50", "A51", "A52")
DONE: Final = ("delivered", "confirmed")
PRINTED_AS: Final = {"A48": "A48-01"}
"""单人户低保 is 低保 on the form, which has no line of its own for it (A-13)."""


def information(material: Material) -> Json:
    """Return the values of 附件2, by item number."""
    return {
        **_basics(material),
        "members": [_member(material, one) for one in material.household["members"]],
        **_checks(material),
        **_amounts(material),
        **_help(material),
        **_removal(material),
    }


def _basics(material: Material) -> Json:
    state = material.household
    return {
        "filled_on": state.get("collected_on"),
        "address": _address(material),
        "phone": state.get("phone"),
        "A1": state.get("large_resettlement"),
        "A2": state.get("resettlement_site"),
        "A3": state.get("category"),
        "A4": None if state.get("kind") is None else state["kind"] == "ex_poor",
    }


def _address(material: Material) -> str:
    """The place of the register, down to the group."""
    if material.household.get("address"):
        return str(material.household["address"])
    names = [material.places.get(one) for one in ("city", "county", "town", "village")]
    return "".join(filter(None, [*names, material.household.get("group")]))


def _member(material: Material, member: Mapping[str, Any]) -> Json:
    coded = {item: material.label(table, member[name]) for item, (name, table) in _CODED.items()}
    plain = {item: member[name] for item, name in _PLAIN.items()}
    sex = SEXES.get(member["sex"], member["sex"])
    return {"A5": member["name"], "A6": sex, "A7": card_number(member), **coded, **plain}


def card_number(member: Mapping[str, Any]) -> str | None:
    """Return A7: the ID number, with category and grade behind it when there is a disability card (M-03)."""
    number, card = member["id_number"], member["disability"]
    return number if number is None or card is None else f"{number}{card['category']}{card['grade']}"


def _checks(material: Material) -> Json:
    danger = material.facts["danger"]
    checks = {name: danger["checks"][name]["value"] for name in ("housing", "school", "water", "insurance")}
    return {
        **dict(zip(("A23", "A24", "A25", "A26"), checks.values(), strict=True)),
        "A27": [one["risk"] for one in danger["risks"]],
        "A27_note": material.household.get("other_risk"),
        "A27a": material.household.get("disasters"),
    }


def _amounts(material: Material) -> Json:
    """A28–A38 over the window of the case, in fen; the derived ones only when every part is known (M-05)."""
    income = income_of(material.facts)
    given = {item: amount(income.figures, name) for item, name in _FIGURES.items()}
    derived = {
        "A33": net_income(income.figures),
        "A34": income.per_head,
        "A37": reference_income(income.figures),
        "A38": income.reference_per_head,
    }
    return {**given, **derived}


def _help(material: Material) -> Json:
    """A39–A52: what was really given (第二阶段：按实际帮扶情况录入)."""
    done = [one["measure"] for one in (material.plan or {}).get("tasks", ()) if one["status"] in DONE]
    given = [PRINTED_AS.get(one, one) for one in done]
    items = {
        f"A{number}": [one for one in given if one.startswith(f"A{number}-")] for number in range(39, 53)
    }
    return {**items, **{item: any(one.startswith(item) for one in given) for item in TICKED}}


def _removal(material: Material) -> Json:
    monitoring = material.household.get("monitoring") or {}
    return {
        "A53": monitoring.get("way"),
        "A54": monitoring.get("removed_on"),
        "A55": material.household.get("collector"),
        "A55_phone": material.household.get("collector_phone"),
    }
