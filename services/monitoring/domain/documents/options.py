"""The choices of a form: taken from the code tables of the policy and from the printed numbers (M-02, M-14).

In forms/*.yaml a field says `options: {table: risk_type, after: {other: （文字备注）}}`, `{yesno: true}` or
`{printed: states | risks | both}`; here it becomes the list that a description takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from shouwang.vocabulary import RISKS, STATES

from services.monitoring.domain.registry.printed import NUMBERS

Json = dict[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""Code table → name in the registry → Chinese label, in printed order."""

YES_NO: Final = (("True", "是"), ("False", "否"))
_PRINTED: Final = {"states": STATES, "risks": RISKS, "both": (*STATES, *RISKS)}


def resolved(form: Mapping[str, Any], labels: Labels) -> Json:
    """Return the form with every list of choices written out."""
    fields = {name: _field(field, labels) for name, field in form["fields"].items()}
    return {**form, "fields": fields}


def tables_of(form: Mapping[str, Any]) -> set[str]:
    """Return the code tables that a form names."""
    given = (field.get("options", {}) for field in form["fields"].values())
    return {one["table"] for one in given if "table" in one}


def _field(field: Mapping[str, Any], labels: Labels) -> Json:
    if "options" not in field:
        return dict(field)
    return {**field, "options": [_option(*one) for one in _choices(field["options"], labels)]}


def _choices(given: Mapping[str, Any], labels: Labels) -> Iterable[tuple[str, str, str]]:
    if given.get("yesno"):
        return [(value, label, "") for value, label in YES_NO]
    if "printed" in given:
        return [(name, NUMBERS[name], "") for name in _PRINTED[given["printed"]]]
    after = given.get("after", {})
    return [(name, label, after.get(name, "")) for name, label in labels[given["table"]].items()]


def _option(value: str, label: str, after: str) -> Json:
    return {"value": value, "label": label, "after": after}
