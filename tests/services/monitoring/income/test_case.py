"""A case decides with what the books know: four quarters collected, no figure in the record (M-05, M-06)."""

from datetime import date

import pytest
from shouwang.periods import twelve_months_before

from services.monitoring.handlers.income.windows import flags_of
from tests.services.monitoring import steps
from tests.services.monitoring.income.books import TOWN, collect, figures, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import HOME

NOTHING = {"collected_on": "2021-08-03", "figures": {}, "risks": ["illness"]}
YEAR = ("2020Q3", "2020Q4", "2021Q1", "2021Q2")


@pytest.mark.rule("M-05", "M-06", "D-02")
def test_a_case_without_figures_decides_with_those_of_the_book_and_names_who_gave_them(county):
    county.import_rows(household(1, 2))
    for quarter in YEAR:
        who = TOWN if quarter == "2021Q1" else steps.CADRE
        collect(county, one(quarter, figures=figures(wages=450000)), who=who)
    case = steps.apply(county)["case"]
    steps.check(county, case, NOTHING | {"collected_on": "2021-07-05"})
    told = county.call(steps.COUNTY, "explain", case=case)["sentence"]
    assert "人均纯收入 6,000 元" in told
    assert "工资性收入 18,000 元由村干部、乡镇干部 2021-07-01 提供" in told
    assert "故为脱贫不稳定户" in told


@pytest.mark.rule("M-06")
def test_a_window_that_begins_inside_a_quarter_needs_months(county):
    county.import_rows(household(1, 2))
    for quarter in YEAR:
        collect(county, one(quarter, figures=figures(wages=450000)))
    county.clock.advance_to(date(2021, 8, 3))
    collect(county, one("2021-07", on="2021-08-01", figures=figures(wages=100000)))
    case = steps.apply(county)["case"]
    steps.check(county, case, NOTHING)
    told = county.call(steps.COUNTY, "explain", case=case)["sentence"]
    assert "工资性收入不详" in told or "人均纯收入不详" in told
    collect(county, one("2020-07", on="2020-08-01", figures=figures(wages=50000)))
    told = county.call(steps.COUNTY, "explain", case=case)["sentence"]
    assert "工资性收入 18,500 元由村干部 2021-08-01 提供" in told


@pytest.mark.rule("D-05")
def test_what_is_flagged_warns_whoever_decides(county):
    county.import_rows(household(1, 2))
    given = figures(wages=4000000)
    collect(county, one("2021Q2", figures=given, months={f"{HOME}-01": "3"}))
    county.day()
    (flag,) = flags_of(county.context(TOWN), HOME, twelve_months_before(county.clock.today()))
    assert (flag["check"], flag["quarter"], flag["status"]) == ("work", "2021Q2", "open")
    assert "须由乡镇核实" in flag["sentence"]


@pytest.mark.rule("D-05")
def test_a_flag_of_its_window_stands_among_the_warnings_of_a_case(county):
    county.import_rows(household(1, 2))
    collect(county, one("2021Q2", figures=figures(wages=4000000), months={f"{HOME}-01": "3"}))
    county.day()
    case = steps.apply(county)["case"]
    steps.check(county, case)
    warned = county.call(steps.COUNTY, "case", case=case)["warnings"]
    assert "收支数字存疑：2021Q2 工资与务工月数，尚待乡镇核实（income_flags）。" in warned
    assert "40000" not in str(county.store.cases.get(case).state["flagged"])
