"""What is collected each quarter is seen by class, recomputation, what if and why (M-06, M-11, D-02)."""

from datetime import date

import pytest
from shouwang.errors import Conflict

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.income.books import TOWN, collect, figures, one
from tests.services.monitoring.registry.village import change
from tests.services.monitoring.sheet import household

HOME, COUNTY = steps.HOME, steps.COUNTY
WELL_OFF = {"wages": "60000", "risks": "", "own_payments": "0"}
YEAR = ("2020Q3", "2020Q4", "2021Q1", "2021Q2")
A_QUARTER = figures(wages=450_000)
"""18,000 yuan a year for three persons: 6,000 a head, below the line."""


@pytest.fixture
def well_off(county: County) -> County:
    """Five households, well off by the form of May; the snapshot knows them so."""
    county.import_rows([row for number in range(1, 6) for row in household(number, 3 * number, **WELL_OFF)])
    county.clock.advance_to(date(2021, 7, 6))
    county.call(COUNTY, "recompute_standings", region="430426")
    county.clock.advance_to(date(2021, 7, 8))
    return county


def collected(county: County) -> None:
    for quarter in YEAR:
        collect(county, one(quarter, figures=A_QUARTER), who=TOWN if quarter == "2021Q1" else steps.CADRE)


def classes(county: County) -> dict[str, int]:
    told: dict[str, int] = county.call(COUNTY, "standings", region=VILLAGE)["classes"]
    return told


@pytest.mark.rule("M-06", "M-11", "D-02")
def test_recomputation_sees_what_was_collected_and_reads_only_that_household(well_off):
    assert classes(well_off) == {"high_quality": 5}
    collected(well_off)
    told = well_off.call(COUNTY, "recompute_standings", region="430426")
    assert (told["refreshed"], told["changed"]) == (1, 1)
    assert classes(well_off) == {"high_quality": 4, "key_monitored": 1}
    verified = well_off.call(COUNTY, "verify_snapshot", region="430426", sample=0)
    assert verified["ok"] and verified["checked"] == 5


@pytest.mark.rule("K-05", "M-06")
def test_what_if_counts_on_collected_figures(well_off):
    collected(well_off)
    well_off.call(COUNTY, "refresh_snapshot", region="430426")
    told = well_off.call(COUNTY, "what_if", region="430426", parameters={"class_high_line": 600_000})
    assert told["classes"] == {} and told["households"] == 5, "6,000 a head is below the monitoring line"
    well_off.clock.advance_to(date(2021, 7, 9))
    lower = well_off.call(COUNTY, "what_if", region="430426", parameters={"monitoring_line": 599_999})
    assert lower["classes"] == {"key_monitored": {"stable": 1}}


@pytest.mark.rule("R-05", "M-06")
def test_why_names_who_collected_and_a_day_before_knows_nothing_of_it(well_off):
    collected(well_off)
    told = well_off.call(COUNTY, "explain", household=HOME, about="class")
    assert "人均纯收入 6,000 元" in told["sentence"] and "故为重点监测户" in told["sentence"]
    givers = str(told["decision"])
    assert "村干部、乡镇干部" in givers and "2021-07-01" in givers
    before = well_off.call(COUNTY, "explain", household=HOME, about="class", as_of="2021-07-07")
    assert "故为高质量脱贫户" in before["sentence"]
    well_off.bus.answer("assistance", "plan", [])
    page = well_off.call(COUNTY, "portrait", household=HOME)
    assert [(one["to"], one["per_head"]) for one in page["income"]][-1] == ("2021-06-30", 600_000)


@pytest.mark.rule("M-06")
def test_a_quarter_collected_in_part_pushes_nothing_out(well_off):
    collect(well_off, one("2021Q2", figures={"wages": 0}))
    well_off.call(COUNTY, "recompute_standings", region="430426")
    assert classes(well_off) == {"high_quality": 5}


@pytest.mark.rule("D-01", "M-11")
def test_a_household_that_ended_has_no_class_and_nobody_asks_for_its_income(well_off):
    for ref, more in ((3, {}), (2, {}), (1, {})):
        change(well_off, "death", "2021-07-05", ref=f"{HOME}-0{ref}", **more)
    due = well_off.call(COUNTY, "income_due", region=VILLAGE, quarter="2021Q3")["households"]
    assert [one["household"] for one in due] == [f"{VILLAGE}-000{number}" for number in range(2, 6)]
    told = well_off.call(COUNTY, "recompute_standings", region="430426")
    assert (told["households"], told["changed"]) == (4, 1)
    assert classes(well_off) == {"high_quality": 4}
    assert well_off.call(COUNTY, "verify_snapshot", region="430426", sample=0)["ok"]
    for method, more in (("explain", {"about": "class"}), ("why_not", {})):
        with pytest.raises(Conflict) as refused:
            well_off.call(COUNTY, method, household=HOME, **more)
        assert refused.value.code == "portrait.ended"
    before = well_off.call(COUNTY, "explain", household=HOME, about="class", as_of="2021-07-04")
    assert "故为高质量脱贫户" in before["sentence"]
    well_off.bus.answer("assistance", "plan", [])
    assert well_off.call(COUNTY, "portrait", household=HOME)["standing"] is None
