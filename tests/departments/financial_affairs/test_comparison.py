"""What the comparison says of a person's loans: summed, repaid ones left out, unknown without the table."""

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

from services.assistance.departments import financial_affairs

ME, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
TODAY = date(2021, 6, 30)


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return Plugin.load(Path(financial_affairs.__file__).parent)


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    made = Duck(tmp_path)
    yield made
    made.ibis.disconnect()


def told(plugin: Plugin, duck: Duck, *rows: dict[str, Any]) -> dict[str, Any]:
    loans, fact = plugin.tables["loans"], plugin.facts["outstanding_loan"]
    schema = pa.schema([(name, arrow_type(column)) for name, column in loans.columns.items()])
    full = [dict.fromkeys(loans.columns) | {"person": ME, "overdue": 0} | row for row in rows]
    given = {"loans": {loans.feed.parse("2021-06"): pa.Table.from_pylist(full, schema=schema)}}
    run = Run(plugin, fact, SampleSource(duck, given), plugin.policy.at(TODAY, "430426"))
    return row_or_absent(fact, rows_of(run, duck, [ME]), ME)


@pytest.mark.rule("A-08")
def test_loans_are_summed_and_repaid_ones_left_out(plugin: Plugin, duck: Duck) -> None:
    rows = [{"balance": 3_000_001, "overdue": 1_000_000}, {"balance": 2}, {"balance": 0}]
    found = told(plugin, duck, *rows, {"balance": 9, "person": OTHER})
    assert found == {"balance": 3_000_003, "overdue": 1_000_000, "loans": 2}


@pytest.mark.rule("A-08")
def test_nobody_on_the_list_owes_nothing(plugin: Plugin, duck: Duck) -> None:
    assert set(told(plugin, duck, {"balance": 9, "person": OTHER}).values()) == {0}


@pytest.mark.rule("I-05")
def test_a_list_that_did_not_come_is_unknown_and_not_nothing(plugin: Plugin, duck: Duck) -> None:
    source = SampleSource(duck, {"loans": {}})
    run = Run(plugin, plugin.facts["outstanding_loan"], source, plugin.policy.at(TODAY, "430426"))
    with pytest.raises(UnknownValue):
        rows_of(run, duck, [ME])
