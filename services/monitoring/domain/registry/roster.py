"""The rows of a 附件2 workbook become households; a bad row holds its whole household, visibly (M-02, M-03).

A row is {"row": number in the sheet, "cells": {heading: text}}. Nothing here knows where rows come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest

from services.monitoring.domain.registry import roster_household
from services.monitoring.domain.registry.cells import Tables, read_cell
from services.monitoring.domain.registry.roster_form import BY_FIELD, COLUMNS, Column

RawRow = Mapping[str, Any]
SHARED: Final = "roster.person_in_two_households"


@dataclass(frozen=True)
class Problem:
    """Something wrong at one place of the sheet; never shows what stands there."""

    row: int
    column: str
    problem: str
    code: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of the report."""
        return {"row": self.row, "column": self.column, "problem": self.problem, "code": self.code}


@dataclass(frozen=True)
class RosterHousehold:
    """A household of the file: its raw rows, what they say, and what is wrong with them (then it is held)."""

    id: str
    rows: tuple[RawRow, ...] = field(repr=False)
    state: dict[str, Any] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def row_numbers(self) -> list[int]:
        """Numbers of its rows in the sheet."""
        return [int(row["row"]) for row in self.rows]

    @property
    def id_numbers(self) -> list[str]:
        """The ID numbers of its members that are known."""
        return [member["id_number"] for member in self.state["members"] if member["id_number"]]

    def held_for(self, *problems: Problem) -> RosterHousehold:
        """Return it held, for these reasons too."""
        return replace(self, problems=(*self.problems, *problems))


@dataclass(frozen=True)
class Frame:
    """What the reading of a file needs: its village (12 digits), its date, the code tables by label."""

    village: str
    as_of: date
    tables: Tables


def read(rows: Iterable[RawRow], frame: Frame) -> list[RosterHousehold]:
    """Return every household of the rows, in their order; one with problems is held as a whole."""
    households = [_household(number, group, frame) for number, group in _grouped(rows)]
    return hold_shared_members(households)


def ids_in(rows: Iterable[RawRow], village: str) -> set[str]:
    """Return the household ids that these rows name."""
    return {f"{village}-{number}" for number, _ in _grouped(rows) if number}


def waits_for_another(codes: Iterable[str]) -> bool:
    """Whether nothing is wrong with a household but that it shares a person with another one."""
    return set(codes) == {SHARED}


def _grouped(rows: Iterable[RawRow]) -> Iterator[tuple[str, list[RawRow]]]:
    """Rows by household number; one without a number holds the household above it."""
    groups: dict[str, list[RawRow]] = {}
    current = ""
    for row in rows:
        current = _number_of(row) or current
        groups.setdefault(current, []).append(row)
    yield from groups.items()


def _number_of(row: RawRow) -> str:
    column = BY_FIELD["number"]
    try:
        return str(read_cell(column, row["cells"].get(column.heading) or "", {}, date.max) or "")
    except BadRequest:
        return ""


def _household(number: str, group: list[RawRow], frame: Frame) -> RosterHousehold:
    problems: list[Problem] = []
    lines = [_line(row, frame, problems) for row in group]
    numbers = [int(row["row"]) for row in group]
    state, findings = roster_household.assemble(lines, frame.village, number, frame.as_of)
    problems += [Problem(numbers[index], heading, text, code) for index, heading, text, code in findings]
    return RosterHousehold(
        f"{frame.village}-{number or 'row' + str(numbers[0])}", tuple(group), state, tuple(problems)
    )


def _line(row: RawRow, frame: Frame, problems: list[Problem]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in COLUMNS:
        try:
            values[column.field] = _cell(column, row["cells"].get(column.heading) or "", frame)
        except BadRequest as error:
            problems.append(Problem(int(row["row"]), column.heading, error.message, error.code))
            values[column.field] = None
    return values


def _cell(column: Column, text: str, frame: Frame) -> Any:
    value = read_cell(column, text, frame.tables, frame.as_of)
    if value is None and column.required:
        raise BadRequest(
            f"“{column.heading}”必须填写，否则不知属于哪一户。",
            code="roster.required",
            remedy="请补填后再导入本文件。",
        )
    if column.kind == "village" and value != frame.village:
        raise BadRequest(
            "该行的行政村不是本文件的行政村。",
            code="roster.wrong_village",
            remedy="请移到其所在村的文件，或改正村码。",
        )
    return value


def hold_shared_members(households: list[RosterHousehold]) -> list[RosterHousehold]:
    """Hold every household that shares a member with another of this file until somebody decides."""
    homes: dict[str, list[str]] = {}
    for household in households:
        for number in set(household.id_numbers):
            homes.setdefault(number, []).append(household.id)
    shared = {number: ids for number, ids in homes.items() if len(ids) > 1}
    return [_hold_if_shared(one, shared, "本文件中") for one in households] if shared else households


def hold_known_elsewhere(
    households: list[RosterHousehold], elsewhere: Mapping[str, str]
) -> list[RosterHousehold]:
    """Hold every household with a member whom the registry has in another one.

    `elsewhere`: ID number → household of the registry.
    """
    known = {number: [home] for number, home in elsewhere.items()}
    return [_hold_if_shared(one, known, "登记簿中") for one in households] if known else households


def _hold_if_shared(
    household: RosterHousehold, homes: Mapping[str, list[str]], where: str
) -> RosterHousehold:
    problems = []
    for row, member in zip(household.rows, household.state["members"], strict=True):
        others = [home for home in homes.get(member["id_number"], ()) if home != household.id]
        if others:
            problems.append(_shared(int(row["row"]), f"{where}户 {'、'.join(others)}"))
    return household.held_for(*problems) if problems else household


def _shared(row: int, other: str) -> Problem:
    return Problem(row, BY_FIELD["id_number"].heading, f"此人同时在{other}。", SHARED)


def missing_columns(headings: Iterable[str]) -> list[str]:
    """Return the columns of the form that a sheet lacks; those added later may be missing."""
    present = set(headings)
    return [column.heading for column in COLUMNS if not column.optional and column.heading not in present]
