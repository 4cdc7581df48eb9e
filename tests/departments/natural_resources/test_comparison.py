"""What the register of real estate says of a person: dwellings, what was bought, where, how large."""

from datetime import date
from decimal import Decimal

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import natural_resources
from tests.departments.office import OTHER, plugin_of, told

FACT = "real_estate"
HOME = {"kind": "homestead", "way": "built", "where": "village", "area": Decimal("120.50")}
HOME |= {"registered_on": date(2010, 1, 1)}
FLAT = {"kind": "market", "way": "bought", "where": "town", "area": Decimal("89.66")}
FLAT |= {"registered_on": date(2020, 5, 1)}


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(natural_resources)


@pytest.mark.rule("I-07")
def test_what_was_bought_away_from_the_village_is_counted_apart(plugin: Plugin, duck: Duck) -> None:
    rows = [HOME, FLAT, FLAT | {"where": "outside"}, HOME | {"kind": "shop"}, FLAT | {"kind": "parking"}]
    found = told(plugin, duck, FACT, titles=[*rows, FLAT | {"person": OTHER}])
    counted = {"houses": 3, "market": 2, "away": 2, "shops": 1}
    assert found == counted | {"area": Decimal("299.82"), "newest_on": date(2020, 5, 1)}


@pytest.mark.rule("I-07")
@pytest.mark.parametrize(
    "title",
    [
        FLAT | {"way": "inherited"},
        FLAT | {"kind": "resettlement", "way": "resettled"},
        FLAT | {"way": "bought", "kind": "homestead", "where": "county"},
    ],
)
def test_inherited_given_in_resettlement_or_in_the_countryside_is_not_bought_away(
    title, plugin, duck
) -> None:
    found = told(plugin, duck, FACT, titles=[title])
    assert (found["houses"], found["away"]) == (1, 0)
    assert found["market"] == 0


@pytest.mark.rule("I-07")
def test_the_area_is_unknown_while_one_dwelling_has_none(plugin: Plugin, duck: Duck) -> None:
    found = told(plugin, duck, FACT, titles=[HOME, FLAT | {"area": None}])
    assert (found["houses"], found["area"]) == (2, None)
