"""附件1, 附件3 and 附件5 filled: states ①–⑤ and risks ⑥–⑭ both printed (M-14, K-02, K-04)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.decision import Decision
from shouwang.vocabulary import RISKS, STATES, State

from services.monitoring.domain.documents.material import Json, Material, head_values
from services.monitoring.domain.documents.steps import agreed_on, signed, step_values
from services.monitoring.domain.proceedings.facts import risk_names
from services.monitoring.domain.proceedings.guards import income_of


def application(material: Material) -> Json:
    """Return the values of 附件1: prefilled, to be signed by hand; what the household named itself."""
    named = found(material)
    return {
        **head_values(material),
        "reasons": named or None,
        "other": material.household.get("other_risk") if "other" in named else None,
        "signed": None,
        "signed_on": None,
    }


def approval(material: Material) -> Json:
    """Return the values of 附件3."""
    return {**head_values(material), **numbers(material), **step_values(material)}


def assessment(material: Material) -> Json:
    """Return the values of 附件5: what the household was included for, R-01 and R-02."""
    return {
        **head_values(material),
        **numbers(material, was(material)),
        **step_values(material),
        "notice_days": material.notice_days,
        "grounds": grounds(material),
        "agreed_on": agreed_on(material, "household_check"),
        "agreed_by": signed(material, "household_check", ["household"]),
        "checked_by": signed(material, "household_check", _CHECKERS),
    }


_CHECKERS = ("town_officer", "village_team", "village_cadre")


def found(material: Material) -> list[str]:
    """Return the states and risks that stand, ① among them when income is known to be below the line."""
    names = [*risk_names(material.facts)]
    return [*([State.INCOME.value] if below_the_line(material) else []), *names]


def was(material: Material) -> list[str]:
    """Return the states and risks for which the household was included."""
    return list((material.household.get("monitoring") or {}).get("risks") or [])


def below_the_line(material: Material) -> bool | None:
    """Return ①: per-head net income below the line; None when either is not known."""
    income = income_of(material.facts).per_head
    return None if income is None or material.line is None else income < material.line


def numbers(material: Material, names: list[str] | None = None) -> Json:
    """Return the names to be printed as numbers; None (blank) for states while a check is not known."""
    standing = found(material) if names is None else names
    states = [one for one in standing if one in STATES]
    risks = [one for one in standing if one in RISKS]
    unknown = names is None and not states and not _all_checked(material)
    return {"states": None if unknown else states, "risks": risks or None}


def _all_checked(material: Material) -> bool:
    checks: Mapping[str, Any] = material.facts["danger"]["checks"]
    return all(one["value"] is not None for one in checks.values()) and below_the_line(material) is not None


def grounds(material: Material) -> str | None:
    """Return the sentences of R-01 and R-02 with which the case was decided; None before that."""
    if material.case is None:
        return None
    for entry in reversed(material.case["case"]["entries"]):
        kept = [one for one in entry["decisions"] if one["rule"] in ("R-01", "R-02")]
        if kept:
            return "标准核对：" + "".join(_first(Decision.from_dict(one).sentence()) for one in kept)
    return None


def _first(sentence: str) -> str:
    """Return the sentence that decides; where the figures come from stands in 附件2."""
    return sentence.partition("。")[0] + "。"
