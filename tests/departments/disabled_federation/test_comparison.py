"""What card and subsidies say of a person at comparison: validity and grade, never the kind (I-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.importing import arrow_type
from shouwang.department.plugin import Plugin
from shouwang.department.running import Run, row_or_absent, rows_of
from shouwang.errors import UnknownValue

from services.assistance.departments import disabled_federation

ME, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
TODAY = date(2021, 6, 30)


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return Plugin.load(Path(disabled_federation.__file__).parent)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    made = Duck(tmp_path_factory.mktemp("facts"))
    yield made
    made.ibis.disconnect()


def told(plugin: Plugin, duck: Duck, fact: str, table: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Return what a fact says of me, given the rows of its table."""
    cls = plugin.tables[table]
    schema = pa.schema([(name, arrow_type(column)) for name, column in cls.columns.items()])
    full = [dict.fromkeys(cls.columns) | {"person": ME} | row for row in rows]
    given = {cls.feed.parse("2021-06"): pa.Table.from_pylist(full, schema=schema)}
    source = SampleSource(duck, {table: given})
    run = Run(plugin, plugin.facts[fact], source, plugin.policy.at(TODAY, "430426"))
    return row_or_absent(plugin.facts[fact], rows_of(run, duck, [ME]), ME)


@pytest.mark.rule("I-05")
@pytest.mark.parametrize(
    ("card", "valid", "severe", "third"),
    [
        ({"grade": "1", "category": "visual", "status": "valid"}, 1, 1, 0),
        ({"grade": "2", "category": "mental", "status": "valid"}, 1, 1, 0),
        ({"grade": "3", "category": "mental", "status": "valid"}, 1, 0, 1),
        ({"grade": "3", "category": "intellectual", "status": "valid"}, 1, 0, 1),
        ({"grade": "3", "category": "physical", "status": "valid"}, 1, 0, 0),
        ({"grade": "1", "category": "physical", "status": "expired"}, 0, 0, 0),
        ({"grade": "1", "category": "physical", "status": "valid", "person": OTHER}, 0, 0, 0),
    ],
)
def test_a_card_is_told_by_validity_and_grade(
    card: dict[str, Any], valid: int, severe: int, third: int, plugin: Plugin, duck: Duck
) -> None:
    found = told(plugin, duck, "disability_card", "cards", card)
    assert found == {"valid": valid, "severe": severe, "third": third}


@pytest.mark.rule("I-05")
def test_each_subsidy_is_told_apart(plugin: Plugin, duck: Duck) -> None:
    rows = [
        {"kind": "care", "monthly_amount": 7000},
        {"kind": "living", "monthly_amount": 1, "person": OTHER},
    ]
    assert told(plugin, duck, "disability_subsidies", "subsidies", *rows) == {"living": 0, "care": 7000}


@pytest.mark.rule("I-05")
def test_a_list_that_did_not_come_is_unknown_and_not_nothing(plugin: Plugin, duck: Duck) -> None:
    source = SampleSource(duck, {"subsidies": {}})
    run = Run(plugin, plugin.facts["disability_subsidies"], source, plugin.policy.at(TODAY, "430426"))
    with pytest.raises(UnknownValue):
        rows_of(run, duck, [ME])


def test_the_kind_of_disability_is_told_nowhere(plugin: Plugin) -> None:
    shown = [{*one.shows} for one in (*plugin.rules.values(), *plugin.facts.values(), *plugin.views.values())]
    assert not any({"category", "grade"} & columns for columns in shown)
