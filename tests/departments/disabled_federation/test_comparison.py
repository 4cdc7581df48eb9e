"""What card and subsidies say of a person at comparison: validity and grade, never the kind (I-05)."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import disabled_federation
from tests.departments.office import OTHER, plugin_of, told


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(disabled_federation)


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
    found = told(plugin, duck, "disability_card", cards=[card])
    assert found == {"valid": valid, "severe": severe, "third": third}


@pytest.mark.rule("I-05")
def test_each_subsidy_is_told_apart(plugin: Plugin, duck: Duck) -> None:
    rows = [
        {"kind": "care", "monthly_amount": 7000},
        {"kind": "living", "monthly_amount": 1, "person": OTHER},
    ]
    assert told(plugin, duck, "disability_subsidies", subsidies=rows) == {"living": 0, "care": 7000}


def test_the_kind_of_disability_is_told_nowhere(plugin: Plugin) -> None:
    shown = [{*one.shows} for one in (*plugin.rules.values(), *plugin.facts.values(), *plugin.views.values())]
    assert not any({"category", "grade"} & columns for columns in shown)
