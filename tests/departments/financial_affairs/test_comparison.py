"""What the comparison says of a person's loans: summed, repaid ones left out."""

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import financial_affairs
from tests.departments.office import OTHER, plugin_of, told

FACT = "outstanding_loan"


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(financial_affairs)


@pytest.mark.rule("A-08")
def test_loans_are_summed_and_repaid_ones_left_out(plugin: Plugin, duck: Duck) -> None:
    rows = [{"balance": 3_000_001, "overdue": 1_000_000}, {"balance": 2}, {"balance": 0}]
    found = told(plugin, duck, FACT, loans=[*rows, {"balance": 9, "person": OTHER}])
    assert found == {"balance": 3_000_003, "overdue": 1_000_000, "loans": 2}


@pytest.mark.rule("A-08")
def test_nobody_on_the_list_owes_nothing(plugin: Plugin, duck: Duck) -> None:
    assert set(told(plugin, duck, FACT, loans=[{"balance": 9, "person": OTHER}]).values()) == {0}
