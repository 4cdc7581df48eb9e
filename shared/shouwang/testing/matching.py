"""The filters that the fakes understand: equality and the operators of the portable subset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from shouwang.errors import BadRequest

_ABSENT: Final = object()

OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "$in": lambda value, wanted: value in wanted,
    "$nin": lambda value, wanted: value not in wanted,
    "$ne": lambda value, wanted: value != wanted,
    "$gt": lambda value, wanted: value is not None and value > wanted,
    "$gte": lambda value, wanted: value is not None and value >= wanted,
    "$lt": lambda value, wanted: value is not None and value < wanted,
    "$lte": lambda value, wanted: value is not None and value <= wanted,
    "$exists": lambda value, wanted: (value is not _ABSENT) == wanted,
}


def matches(document: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Return whether a document (`region`, `state.…`) meets every condition."""
    return all(_meets(values_at(document, path), wanted) for path, wanted in where.items())


def values_at(document: Any, path: str) -> list[Any]:
    """Return the values at a dotted path; lists and `*` are descended into, as MongoDB does."""
    found = [document]
    for part in path.split("."):
        found = [inner for value in found for inner in _step(value, part)]
    return found


def _step(value: Any, part: str) -> list[Any]:
    if part == "*":
        return list(value.values()) if isinstance(value, Mapping) else list(value or [])
    if isinstance(value, Mapping):
        return [value[part]] if part in value else []
    if isinstance(value, list):
        return [inner for element in value for inner in _step(element, part)]
    return []


def _meets(values: list[Any], wanted: Any) -> bool:
    if isinstance(wanted, Mapping) and any(key.startswith("$") for key in wanted):
        return all(_holds(values, operator, operand) for operator, operand in wanted.items())
    return any(_equal(value, wanted) for value in values) or (wanted is None and not values)


def _equal(value: Any, wanted: Any) -> bool:
    return bool(value == wanted) or (isinstance(value, list) and wanted in value)


def _holds(values: list[Any], operator: str, operand: Any) -> bool:
    if operator not in OPERATORS:
        raise BadRequest(
            f"查询条件 {operator} 不在可移植范围内",
            code="testing.operator",
            remedy="请改用 matching.OPERATORS 中的条件。",
        )
    absent: list[Any] = [_ABSENT] if operator == "$exists" else [None]
    test = OPERATORS[operator]
    if operator in {"$ne", "$nin"}:
        return all(test(value, operand) for value in values or absent)
    return any(test(value, operand) for value in values or absent)
