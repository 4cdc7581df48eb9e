"""The facts of a case: what the registry says, under what the case's own record (附件2) says.

Facts are JSON: {income: {window, size, figures}, danger: {risks, checks}, kind, difficulty, labour, progress,
special, department_comparison}, each with giver and day. An answer is {value, by, on}; None is unknown. A
figure counts only when it covers the window of the case: one of another year answers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.periods import Window
from shouwang.vocabulary import State

from services.monitoring.domain.proceedings.risk import uninsured
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS

Json = dict[str, Any]

REGISTRY: Final = "村信息采集人"
CHECKS: Final = {
    State.HOUSING.value: "housing_unsafe",
    State.SCHOOL.value: "school_dropout",
    State.WATER.value: "water_unsafe",
}
DERIVED: Final = "A17 指标生成"


def answer(value: Any, by: str, on: date | str | None) -> Json:
    """Return a value with who gave it and when."""
    return {"value": value, "by": by, "on": on.isoformat() if isinstance(on, date) else on}


def of_case(household: Mapping[str, Any], record: Mapping[str, Any], window: Window) -> Json:
    """Return the facts of a case from the household's state and the case's record.

    record: {figures: {name: figure}, answers: {field: answer}, labour: {ref: answer}, insured: {ref: answer},
    risks: [{risk, by, on}]}; whatever it lacks, the registry answers.
    """
    answers = record.get("answers", {})
    return {
        "income": _income(household, record, window),
        "danger": {"risks": _risks(household, record), "checks": _checks(household, record)},
        "kind": answers.get("kind") or _registered(household, "kind"),
        "difficulty": answers.get("difficulty") or answer(None, "", None),
        "labour": [_of_member(household, record, "labour", one) for one in household["members"]],
        "progress": {name: answers.get(name) for name in PROGRESS},
        "special": {name: _groups(household, name) for name in ("destitute", "minimum_living")},
    }


PROGRESS: Final = ("measures_delivered", "fed_and_clothed", "income_stable", "spending_controlled")


def _income(household: Mapping[str, Any], record: Mapping[str, Any], window: Window) -> Json:
    both = [household["figures"], record.get("figures", {})]
    figures = {name: one for source in both for name, one in source.items() if _covers(one, window)}
    return {
        "window": window.to_dict(),
        "size": answer(len(household["members"]), REGISTRY, _collected(household)),
        "figures": {name: answer(one["fen"], one["giver"], one["on"]) for name, one in figures.items()},
    }


def _covers(figure: Mapping[str, Any], window: Window) -> bool:
    return (figure["from"], figure["to"]) == (window.start.isoformat(), window.end.isoformat())


def _risks(household: Mapping[str, Any], record: Mapping[str, Any]) -> list[Json]:
    if "risks" in record:
        return list(record["risks"])
    on = _collected(household)
    return [{"risk": risk, "by": REGISTRY, "on": on} for risk in household["risks"]]


def _checks(household: Mapping[str, Any], record: Mapping[str, Any]) -> Json:
    answers = record.get("answers", {})
    checks = {name: answers.get(field) or _registered(household, field) for name, field in CHECKS.items()}
    insured = [_of_member(household, record, "insured", one) for one in household["members"]]
    newest = max((one["on"] for one in insured if one["on"]), default=None)
    a26 = uninsured(one["value"] for one in insured)
    return {**checks, State.INSURANCE.value: answer(a26, DERIVED, newest)}


_MEMBER_FIELDS: Final = {"insured": "medical_insurance", "labour": "labour"}


def _of_member(
    household: Mapping[str, Any], record: Mapping[str, Any], part: str, member: Mapping[str, Any]
) -> Json:
    given: Json | None = record.get(part, {}).get(member["ref"])
    return given or answer(member[_MEMBER_FIELDS[part]], REGISTRY, _collected(household))


def _registered(household: Mapping[str, Any], field: str) -> Json:
    return answer(household[field], REGISTRY, _collected(household))


def _groups(household: Mapping[str, Any], field: str) -> list[bool | None]:
    return [member[field] for member in household["members"]]


def _collected(household: Mapping[str, Any]) -> str | None:
    return household.get("collected_on")


def with_record(record: Mapping[str, Any], given: Mapping[str, Any], by: str, window: Window) -> Json:
    """Return the case's record with what a step brought ({collected_on, figures, givers, risks, …}).

    Figures are fen of the case's window; `givers` names who gave a figure when the checkers (`by`) did not.
    """
    on = given["collected_on"].isoformat()
    frame = {"from": window.start.isoformat(), "to": window.end.isoformat(), "on": on}
    figures = {
        name: {"fen": fen, "giver": given["givers"].get(name, by), **frame}
        for name, fen in given["figures"].items()
    }
    return {
        "figures": {**record.get("figures", {}), **figures},
        "answers": {**record.get("answers", {}), **_answers(given, by, on)},
        "labour": {**record.get("labour", {}), **_each(given["labour"], by, on)},
        "insured": {**record.get("insured", {}), **_each(given["insured"], by, on)},
        **_given_risks(record, given, by, on),
    }


ANSWERS: Final = (*CHECKS.values(), "kind", "difficulty", *PROGRESS, "way")


def _answers(given: Mapping[str, Any], by: str, on: str) -> Json:
    return {name: answer(given[name], by, on) for name in ANSWERS if given.get(name) is not None}


def _each(values: Mapping[str, Any], by: str, on: str) -> Json:
    return {ref: answer(value, by, on) for ref, value in values.items()}


def _given_risks(record: Mapping[str, Any], given: Mapping[str, Any], by: str, on: str) -> Json:
    if given["risks"] is not None:
        return {"risks": [{"risk": risk, "by": by, "on": on} for risk in sorted(given["risks"])]}
    return {"risks": record["risks"]} if "risks" in record else {}


def missing_figures(figures: Mapping[str, Any]) -> list[str]:
    """Return the figures that nobody has given for the window."""
    return [name for name in MONEY_FIELDS if name not in figures]


def risk_names(facts: Mapping[str, Any]) -> list[str]:
    """Return the risks and problems that stand, by name: ["illness", "housing"]."""
    risks: Iterable[str] = (one["risk"] for one in facts["danger"]["risks"])
    checks = facts["danger"]["checks"]
    return sorted({*risks, *(name for name, one in checks.items() if one["value"])})
