"""What the vehicle register says of a person: how many, of what worth, unknown where one has no worth."""

from datetime import date

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import vehicles
from tests.departments.office import OTHER, plugin_of, told

FACT = "motor_vehicles"
CAR = {"kind": "car", "state": "normal", "worth": 8_000_000, "registered_on": date(2020, 3, 1)}
MOTORCYCLE = {"kind": "motorcycle", "state": "normal", "registered_on": date(2021, 2, 1)}


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(vehicles)


@pytest.mark.rule("I-07")
def test_what_a_family_lives_by_counts_as_a_vehicle_and_not_as_a_car(plugin: Plugin, duck: Duck) -> None:
    rows = [CAR, CAR | {"kind": "heavy", "worth": 2}, MOTORCYCLE, MOTORCYCLE | {"kind": "farm_truck"}]
    found = told(plugin, duck, FACT, registered_vehicles=[*rows, CAR | {"person": OTHER}])
    assert found == {"cars": 2, "all": 4, "worth": 8_000_002, "newest_on": date(2021, 2, 1)}


@pytest.mark.rule("I-07")
def test_the_worth_is_unknown_while_one_car_has_none(plugin: Plugin, duck: Duck) -> None:
    found = told(plugin, duck, FACT, registered_vehicles=[CAR, CAR | {"worth": None}])
    assert (found["cars"], found["worth"]) == (2, None)


@pytest.mark.rule("I-07")
def test_a_scrapped_car_is_none_and_a_motorcycle_alone_is_worth_nothing(plugin: Plugin, duck: Duck) -> None:
    found = told(plugin, duck, FACT, registered_vehicles=[CAR | {"state": "scrapped"}, MOTORCYCLE])
    assert (found["cars"], found["all"], found["worth"]) == (0, 1, 0)


@pytest.mark.rule("I-07")
def test_who_is_not_on_the_register_has_none(plugin: Plugin, duck: Duck) -> None:
    found = told(plugin, duck, FACT, registered_vehicles=[CAR | {"person": OTHER}])
    assert found == {"cars": 0, "all": 0, "worth": 0, "newest_on": None}
