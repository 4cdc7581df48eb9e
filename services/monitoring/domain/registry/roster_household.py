"""The lines of one household become its state in the registry, with what contradicts itself.

State: {village, number, group, phone, large_resettlement, kind, members: [...], housing_unsafe,
school_dropout, water_unsafe, risks, disasters, figures: {field: {fen, from, to, giver, on}}, collector,
unknown: [paths], …}: the fields of form.py.
A member: {ref, name, id_number, birth, sex, disability, relation, …A9–A22}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from shouwang.periods import twelve_months_before

from services.monitoring.domain.registry.form import BY_NAME, Field
from services.monitoring.domain.registry.roster_form import (
    BY_FIELD,
    HOUSEHOLD_COLUMNS,
    MONEY_FIELDS,
    PERSON_COLUMNS,
    Column,
)

Line = dict[str, Any]
Finding = tuple[int, str, str, str]
"""Index of the line, heading, problem, code."""

HEAD: Final = "head"
GIVER: Final = "村信息采集人"
_KEPT = tuple(column.field for column in HOUSEHOLD_COLUMNS if column.field not in MONEY_FIELDS)


def assemble(
    lines: list[Line], village: str, number: str, as_of: date
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the household of these lines (one a person) and every contradiction between them."""
    shared = _household_values(lines)
    members = [_member(line, f"{village}-{number}-{place:02d}") for place, line in enumerate(lines, 1)]
    state: dict[str, Any] = {"village": village, "number": number, "members": members}
    state |= {name: shared[name] for name in _KEPT}
    state["figures"] = _figures(shared, as_of)
    state["unknown"] = unknown_fields(shared, members)
    return state, [*_heads(lines), *_twice(members), *_differing(lines), *_sexes(lines)]


def _household_values(lines: list[Line]) -> dict[str, Any]:
    """The household's cells: those of the head's row; without a head, of the first row."""
    head = next((line for line in lines if line["relation"] == HEAD), lines[0])
    return {column.field: _first_given(column, [head, *lines]) for column in HOUSEHOLD_COLUMNS}


def _first_given(column: Column, lines: list[Line]) -> Any:
    blank: Any = [] if column.kind == "codes" else None
    return next((line[column.field] for line in lines if line[column.field] not in (None, [])), blank)


def _member(line: Line, ref: str) -> dict[str, Any]:
    values = {column.field: line[column.field] for column in PERSON_COLUMNS}
    return {"ref": ref} | values | (values["id_number"] or nobody(values["sex"]))


def nobody(sex: str | None) -> dict[str, Any]:
    """Return what is known of somebody without an ID number: at most the sex."""
    return {"id_number": None, "birth": None, "sex": sex, "disability": None}


def _figures(shared: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Figures of the twelve whole months before the roster's month, each with giver and date (M-06)."""
    window = twelve_months_before(as_of)
    frame = {"from": window.start.isoformat(), "to": window.end.isoformat(), "giver": GIVER}
    return {
        name: {"fen": shared[name], **frame, "on": shared["collected_on"]}
        for name in MONEY_FIELDS
        if shared[name] is not None
    }


def unknown_fields(shared: Mapping[str, Any], members: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the paths of what nobody has filled in: the worklist of the household (M-02).

    What does not apply is not missing: the site of a household that lives in none, the words of a risk that
    is not 其他. The address is the village and group until somebody gives one.
    """
    own = [column.field for column in HOUSEHOLD_COLUMNS if _missing(column, shared)]
    return own + [
        f"members.{place_of(member['ref'])}.{column.field}"
        for member in members
        for column in PERSON_COLUMNS
        if member[column.field] is None and column.field not in _NEVER_MISSING
    ]


_NEVER_MISSING: Final = ("address", "sex")


def _missing(column: Column, shared: Mapping[str, Any]) -> bool:
    if column.field in _NEVER_MISSING or shared[column.field] is not None:
        return False
    return applies(BY_NAME[column.field], shared)


def applies(field: Field, shared: Mapping[str, Any]) -> bool:
    """Whether a field is to be filled in, given what the household says elsewhere in the form."""
    if field.required_when is None:
        return True
    other, wanted = field.required_when
    given = shared[other]
    return wanted in given if isinstance(given, list) else given == wanted


def place_of(ref: str) -> str:
    """Return the last part of a ref: "03" of "430426100001-0001-03"."""
    return ref.rpartition("-")[2]


def _heads(lines: list[Line]) -> Iterator[Finding]:
    heads = [index for index, line in enumerate(lines) if line["relation"] == HEAD]
    heading = BY_FIELD["relation"].heading
    if not heads:
        yield 0, heading, "该户没有户主（与户主关系应有且只有一人填“本人或户主”）。", "roster.no_head"
    for index in heads[1:]:
        yield index, heading, "该户有两个户主。", "roster.two_heads"


def _twice(members: list[dict[str, Any]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, member in enumerate(members):
        number = member["id_number"]
        if number is not None and number in seen:
            yield index, BY_FIELD["id_number"].heading, "此人在本户出现两次。", "roster.person_twice"
        seen.add(number)


def _differing(lines: list[Line]) -> Iterator[Finding]:
    for column in HOUSEHOLD_COLUMNS:
        given = [
            (index, line[column.field])
            for index, line in enumerate(lines)
            if line[column.field] not in (None, [])
        ]
        for index, value in given[1:]:
            if value != given[0][1]:
                yield (
                    index,
                    column.heading,
                    "与本户其他行所填不同，户内应一致。",
                    "roster.household_differs",
                )


def _sexes(lines: list[Line]) -> Iterator[Finding]:
    for index, line in enumerate(lines):
        number = line["id_number"]
        if number is not None and line["sex"] is not None and number["sex"] != line["sex"]:
            yield index, BY_FIELD["sex"].heading, "与身份证号得出的性别不符。", "roster.sex_differs"
