"""What the property comparison says of a person: counted, summed, unknown where a table did not come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.importing import arrow_type
from shouwang.department.plugin import Plugin
from shouwang.department.running import Run, row_or_absent, rows_of
from shouwang.errors import UnknownValue

from services.assistance.departments import civil_affairs

ME, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
TODAY = date(2021, 6, 30)
JUNE = date(2021, 6, 1)


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return Plugin.load(Path(civil_affairs.__file__).parent)


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    made = Duck(tmp_path)
    yield made
    made.ibis.disconnect()


def told(plugin: Plugin, duck: Duck, fact: str, table: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Return what a fact says of me, given the rows of its table."""
    cls = plugin.tables[table]
    schema = pa.schema([(name, arrow_type(column)) for name, column in cls.columns.items()])
    full = [dict.fromkeys(cls.columns) | {"person": ME} | row for row in rows]
    given = {cls.feed.parse("2021-06"): pa.Table.from_pylist(full, schema=schema)}
    run = Run(
        plugin, plugin.facts[fact], SampleSource(duck, {table: given}), plugin.policy.at(TODAY, "430426")
    )
    return row_or_absent(plugin.facts[fact], rows_of(run, duck, [ME]), ME)


@pytest.mark.rule("I-07")
def test_deposits_of_all_banks_are_summed_and_of_nobody_else(plugin: Plugin, duck: Duck) -> None:
    rows = [{"balance": 1_000_001}, {"balance": 2}, {"balance": 9, "person": OTHER}]
    assert told(plugin, duck, "bank_deposits", "deposits", *rows) == {"balance": 1_000_003, "accounts": 2}


@pytest.mark.rule("I-07")
def test_motorcycles_and_farm_vehicles_are_no_cars(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": kind} for kind in ("car", "motorcycle", "tricycle", "farm_truck", "heavy", "tractor")]
    assert told(plugin, duck, "motor_vehicles", "vehicles", *rows) == {"cars": 2, "all": 6}


@pytest.mark.rule("I-07")
def test_flats_bought_on_the_market_are_counted_apart(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": "homestead", "area": Decimal("120.50")}, {"kind": "market", "area": Decimal("89.66")}]
    found = told(plugin, duck, "real_estate", "houses", *rows)
    assert found == {"houses": 2, "market": 1, "area": Decimal("210.16")}


@pytest.mark.rule("I-07")
def test_closed_enterprises_and_membership_in_a_cooperative_do_not_count(plugin: Plugin, duck: Duck) -> None:
    rows = [
        {"status": "active", "role": "owner"},
        {"status": "active", "role": "shareholder"},
        {"status": "active", "role": "member"},
        {"status": "closed", "role": "legal_person"},
    ]
    assert told(plugin, duck, "business_registration", "business", *rows) == {"enterprises": 2, "leads": 1}


@pytest.mark.rule("I-07")
def test_the_retired_are_paid_and_do_not_serve(plugin: Plugin, duck: Duck) -> None:
    rows = [{"kind": "retired", "monthly_pay": 300_000}]
    assert told(plugin, duck, "public_payroll", "payroll", *rows) == {"serving": 0, "monthly_pay": 300_000}


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
    assert set(told(plugin, duck, fact, table, {"person": OTHER}).values()) == {0}


@pytest.mark.rule("I-05")
def test_a_table_that_did_not_come_is_unknown_and_not_nothing(plugin: Plugin, duck: Duck) -> None:
    source = SampleSource(duck, {"deposits": {}})
    run = Run(plugin, plugin.facts["bank_deposits"], source, plugin.policy.at(TODAY, "430426"))
    with pytest.raises(UnknownValue):
        rows_of(run, duck, [ME])


def test_no_rule_reads_property(plugin: Plugin) -> None:
    property_tables = {"deposits", "vehicles", "houses", "business", "payroll"}
    for rule in plugin.rules.values():
        assert not property_tables & set(rule.parameters), "property is only ever compared, case by case"
