"""What the truth says is where it says it, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML
from shouwang.department import Table
from shouwang.identity import valid_id

import services.assistance.departments.civil_affairs.tables as civil_affairs
import services.assistance.departments.health_insurance.tables as health_insurance
from deploy.synth.dirt import ROSTER_DIRT, TABLE_DIRT
from deploy.synth.roster import HEADINGS, SHEET
from deploy.synth.stories import FALSE, MISSED, REAL
from deploy.synth.tables import FORMS
from services.monitoring.domain.registry import roster, roster_form

from .conftest import Town, rows

CODES = "services/monitoring/policy/roster_codes.yaml"
CIVIL = "department:civil_affairs"
TABLES: dict[str, type[Table]] = {
    table.name: table
    for module in (civil_affairs, health_insurance)
    for table in vars(module).values()
    if isinstance(table, type) and issubclass(table, Table) and table is not Table
}

NOT_IN_THE_TOWN = {
    *("assessments", "duty_checks", "serious_illness", "living_standards"),
    *("aid_groups", "premium_aid", "special_groups"),
}
"""Tables that the made-up county does not hand over."""


def test_a_town_sees_every_story_as_often_as_the_deck_has_it(town: Town) -> None:
    """60–120 risks, 20–40 false friends, about 40 dirty rows; every reason to miss one is there."""
    counts = town.truth["counts"]
    assert counts["planted"] == len(REAL) == 90
    assert counts["false_friends"] == len(FALSE) == 30
    assert counts["dirty_rows"] - _spoilt_by_stories(town) == len(ROSTER_DIRT) + len(TABLE_DIRT) == 40
    assert {event["reason"] for event in town.truth["events"]} == {None, *MISSED}
    assert counts["expected_identified"] == sum(story.found for story in REAL)


def _spoilt_by_stories(town: Town) -> int:
    bad = {one["household"] for one in town.truth["events"] if (one["reason"] or "").endswith("_rejected")}
    return sum(row["households"][0] in bad for row in town.truth["dirty_rows"])


def test_what_must_be_missed_shows_nowhere(town: Town) -> None:
    """No report, no finding, nobody at home, and in the tables only rows that say nobody's name."""
    for event in town.truth["events"]:
        if event["expected"] == "missed":
            assert event["detectable_by"] == []
            assert event["why"]
            spoken = [line for line in town.timeline if line.get("household") == event["household"]]
            assert {line["kind"] for line in spoken} <= {"death"}
            _nobody_at_home(town, event)


def _nobody_at_home(town: Town, event: dict[str, Any]) -> None:
    for line in town.timeline:
        after = (
            line["kind"] == "inspection" and line["village"] == event["village"] and line["on"] >= event["on"]
        )
        assert not (after and event["number"] in line["visited"]), (event["id"], line["on"])


def test_headings_are_those_of_the_form() -> None:
    """The roster's headings are copied; here they are held against those that every workbook has."""
    always = tuple(column.heading for column in roster_form.COLUMNS if not column.optional)
    assert HEADINGS == always == roster_form.HEADINGS[: len(always)]
    assert SHEET == roster_form.SHEET


def test_headings_of_the_tables_are_those_of_the_departments() -> None:
    """Every column that a department declares stands in its export under one of its names."""
    assert FORMS.keys() == TABLES.keys() - NOT_IN_THE_TOWN
    for name, table in TABLES.items():
        if name in NOT_IN_THE_TOWN:
            continue
        for column in table.columns.values():
            for label in column.labels:
                assert set(column.headings(label)) & set(FORMS[name].headings), (name, label)


def test_a_strict_reader_refuses_exactly_the_dirty_rows(town: Town) -> None:
    """The suite's own reading of the workbooks stumbles where the truth says, and nowhere else."""
    told = {(row["file"], row["row"]) for row in town.truth["dirty_rows"] if row["file"].startswith("roster")}
    held_by_truth = {key for row in town.truth["dirty_rows"] for key in row["households"] if _of_roster(row)}
    found, held = set(), set()
    for village in town.manifest["villages"]:
        name = f"roster/{village['code']}.xlsx"
        for household in _read(town, name):
            found |= {(name, problem.row) for problem in household.problems}
            held |= {household.id} if household.problems else set()
    assert told <= found
    assert held == held_by_truth


def _of_roster(row: dict[str, Any]) -> bool:
    return str(row["file"]).startswith("roster")


def test_corrections_are_clean_and_cover_what_is_held(town: Town) -> None:
    """What the village hands in again reads without a fault, and is the world's own household."""
    right = {
        household.id: household
        for path in (town.folder / "roster/corrected").glob("*.xlsx")
        for household in _read(town, f"roster/corrected/{path.name}")
    }
    expected = {key for row in town.truth["dirty_rows"] if row["corrected_on"] for key in row["households"]}
    assert right.keys() == expected
    for key, household in right.items():
        assert household.problems == ()
        assert household.id_numbers == [person["id_number"] for person in town.households[key]["persons"]]


def _read(town: Town, name: str) -> list[roster.RosterHousehold]:
    lines = rows(town.folder / name)
    raw = [
        {"row": number, "cells": {label: _text(cell) for label, cell in zip(lines[0], line, strict=True)}}
        for number, line in enumerate(lines[1:], 2)
    ]
    village = name.rsplit("/", 1)[1].removesuffix(".xlsx")
    return roster.read(raw, roster.Frame(village, date(2021, 6, 1), _code_tables()))


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def _code_tables() -> dict[str, dict[str, str]]:
    with open(CODES, encoding="utf-8") as file:
        tables = YAML(typ="safe").load(file)
    return {
        name: {code["label"]: code["name"] for code in table["values"][0]["codes"]}
        for name, table in tables.items()
    }


WRONG: dict[str, Callable[[str], bool]] = {
    "bad_checksum": lambda cell: len(_id(cell)) == 18 and not valid_id(_id(cell)),
    "bad_length": lambda cell: len(_id(cell)) == 17,
    "impossible_birth": lambda cell: cell[10:14] == "0231",
    "birth_in_future": lambda cell: cell[6:10] == "2099",
    "duplicate_in_household": lambda cell: valid_id(cell[:18]),
    "duplicate_across_households": lambda cell: valid_id(cell[:18]),
    "impossible_date": lambda cell: cell.endswith("02-30"),
    "text_in_number": lambda cell: not any(sign.isdigit() for sign in cell),
    "negative_amount": lambda cell: cell.startswith("-"),
    "months_over_twelve": lambda cell: float(cell) > 12,
    "wrong_village": lambda cell: len(cell) == 12,
    "unknown_label": lambda cell: cell in ("远房亲戚", "待核"),
    "duplicate_claim": lambda cell: cell.startswith("JS"),
    "in_scope_over_total": lambda cell: float(cell) > 0,
}


def _id(cell: str) -> str:
    return cell.strip(" '").upper()[:18]


def test_dirty_rows_stand_where_the_truth_says(town: Town) -> None:
    """File, row and column lead to the bad cell, in workbooks and tables alike."""
    files: dict[str, list[list[Any]]] = {}
    for dirty in town.truth["dirty_rows"]:
        lines = files.setdefault(dirty["file"], rows(town.folder / dirty["file"]))
        top = next(row for row in lines if dirty["column"] in row)
        cell = lines[dirty["row"] - 1][top.index(dirty["column"])]
        assert WRONG[dirty["kind"]](_text(cell)), dirty
    assert {dirty["kind"] for dirty in town.truth["dirty_rows"]} == WRONG.keys()


def test_blanks_are_blank(town: Town) -> None:
    """An empty cell is unknown, no error: the truth lists them apart."""
    assert len(town.truth["blanks"]) == 12
    for blank in town.truth["blanks"]:
        line = rows(town.folder / blank["file"])[blank["row"] - 1]
        assert line[HEADINGS.index(blank["column"])] == ""


@pytest.mark.parametrize("table", sorted(FORMS))
def test_tables_are_never_empty(town: Town, table: str) -> None:
    """Outsiders stand in every table, so that no department hands over a file of headings only."""
    files = list((town.folder / "tables").rglob(f"{table}-*"))
    assert files
    for path in files:
        assert len([row for row in rows(path) if any(row)]) > 2


def test_lost_allowances_stand_in_the_register_of_that_month(town: Town) -> None:
    """Stopped once, in the month before it can be known, and gone from the register afterwards."""
    planted = town.truth["events"] + town.truth["false_friends"]
    seen_by = {
        one["household"]: one for one in planted if CIVIL in one.get("detectable_by", one.get("seen_by"))
    }
    assert len(seen_by) == 4
    for key, one in seen_by.items():
        numbers = {person["id_number"] for person in town.households[key]["persons"]}
        states = [
            (path.stem[-7:], row[4])
            for path in sorted((town.folder / "tables/civil_affairs").glob("minimum_living-*"))
            for row in rows(path)
            if row[1] in numbers
        ]
        stopped = [month for month, state in states if state == "停保"]
        assert len(stopped) == 1
        assert stopped[0] == states[-1][0] < one["knowable_from"][:7]
