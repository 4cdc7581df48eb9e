"""Who is paid from public funds: for work, as a pension, or an allowance only."""

from datetime import date

import pytest
from shouwang.department.expressions import Duck

from services.assistance.departments import finance
from tests.departments.office import OTHER, plugin_of, told

SINCE = date(2015, 9, 1)


@pytest.mark.rule("I-07")
@pytest.mark.parametrize(
    ("kinds", "counted"),
    [
        (["serving"], {"serving": 1, "retired": 0, "others": 0, "monthly_pay": 400_000, "since": SINCE}),
        (["contract"], {"serving": 1, "retired": 0, "others": 0, "monthly_pay": 400_000, "since": SINCE}),
        (
            ["retired", "village"],
            {"serving": 0, "retired": 1, "others": 1, "monthly_pay": 800_000, "since": SINCE},
        ),
        (["survivor"], {"serving": 0, "retired": 0, "others": 1, "monthly_pay": 400_000, "since": SINCE}),
        ([], {"serving": 0, "retired": 0, "others": 0, "monthly_pay": 0, "since": None}),
    ],
)
def test_pay_for_work_is_told_from_pensions_and_allowances(kinds, counted, duck: Duck) -> None:
    rows = [{"kind": kind, "monthly_pay": 400_000, "since": SINCE} for kind in kinds]
    other = {"kind": "serving", "monthly_pay": 1, "since": SINCE, "person": OTHER}
    assert told(plugin_of(finance), duck, "public_payroll", payroll=[*rows, other]) == counted
