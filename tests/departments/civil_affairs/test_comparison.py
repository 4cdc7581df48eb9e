"""What the property comparison says of a person: counted, summed, unknown where a table did not come."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import civil_affairs
from tests.departments.office import OTHER, plugin_of, told


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(civil_affairs)


@pytest.mark.rule("I-07")
def test_deposits_of_all_banks_are_summed_and_of_nobody_else(plugin: Plugin, duck: Duck) -> None:
    rows = [{"balance": 1_000_001}, {"balance": 2}, {"balance": 9, "person": OTHER}]
    assert told(plugin, duck, "bank_deposits", deposits=rows) == {"balance": 1_000_003, "accounts": 2}


@pytest.mark.rule("I-07")
def test_motorcycles_and_farm_vehicles_are_no_cars(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": kind} for kind in ("car", "motorcycle", "tricycle", "farm_truck", "heavy", "tractor")]
    assert told(plugin, duck, "motor_vehicles", vehicles=rows) == {"cars": 2, "all": 6}


@pytest.mark.rule("I-07")
def test_flats_bought_on_the_market_are_counted_apart(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": "homestead", "area": Decimal("120.50")}, {"kind": "market", "area": Decimal("89.66")}]
    found = told(plugin, duck, "real_estate", houses=rows)
    assert found == {"houses": 2, "market": 1, "area": Decimal("210.16")}


@pytest.mark.rule("I-07")
def test_closed_enterprises_and_membership_in_a_cooperative_do_not_count(plugin: Plugin, duck: Duck) -> None:
    rows = [
        {"status": "active", "role": "owner"},
        {"status": "active", "role": "shareholder"},
        {"status": "active", "role": "member"},
        {"status": "closed", "role": "legal_person"},
    ]
    assert told(plugin, duck, "business_registration", business=rows) == {"enterprises": 2, "leads": 1}


@pytest.mark.rule("I-07")
def test_the_retired_are_paid_and_do_not_serve(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": "retired", "monthly_pay": 300_000}]
    assert told(plugin, duck, "public_payroll", payroll=rows) == {"serving": 0, "monthly_pay": 300_000}


@pytest.mark.rule("I-07")
@pytest.mark.parametrize(
    ("fact", "table"),
    [
        ("bank_deposits", "deposits"),
        ("motor_vehicles", "vehicles"),
        ("real_estate", "houses"),
        ("business_registration", "business"),
        ("public_payroll", "payroll"),
    ],
)
def test_nothing_registered_is_zero(fact: str, table: str, plugin: Plugin, duck: Duck) -> None:
    assert set(told(plugin, duck, fact, **{table: [{"person": OTHER}]}).values()) == {0}


def test_no_rule_reads_property(plugin: Plugin) -> None:
    property_tables = {"deposits", "vehicles", "houses", "business", "payroll"}
    for rule in plugin.rules.values():
        assert not property_tables & set(rule.parameters), "property is only ever compared, case by case"
