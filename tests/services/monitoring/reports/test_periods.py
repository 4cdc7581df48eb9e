"""Reports over the real store: counted now, closed once, the same ever after (D-02, K-01, K-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden, Refused, Unavailable
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import CADRE, COUNTY, HOME

REGION = "430426"


def report(county: County, kind: str, period: str, region: str = REGION) -> dict[str, Any]:
    found: dict[str, Any] = county.call(COUNTY, "report", kind=kind, period=period, region=region)
    return found


def values(found: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in found["data"]["figures"]}


def told(
    county: County, *figures: dict[str, Any], period: str = "2021-07", source: str = "health_insurance"
) -> None:
    data = {"department": source, "title": "县医保局", "period": period, "figures": list(figures)}
    county.hear(source, "figures.reported", "departments_reported", data)


def figure(
    indicator: str, value: str, unit: str, region: str = REGION, on: str = "2021-07-31"
) -> dict[str, Any]:
    return {"indicator": indicator, "region": region, "value": value, "unit": unit, "on": on}


@pytest.mark.rule("D-02")
def test_a_quarter_is_counted_from_what_happened(reporting):
    steps.include(reporting)
    found = values(report(reporting, "quarterly", "2021Q3"))
    assert (found["households"], found["persons"], found["monitored"]) == (1, 3, 1)
    assert (found["opened"], found["identified"], found["days"]) == (1, 1, 8)
    assert (found["measures"], found["delivered_rate"]) == (6, "66.7")
    assert values(report(reporting, "quarterly", "2021Q2"))["identified"] == 0
    assert values(report(reporting, "quarterly", "2021Q3", "430426101"))["identified"] == 0


@pytest.mark.rule("D-02", "S-03")
def test_the_channel_that_saw_a_household_first_and_those_that_missed_it(reporting):
    reporting.import_rows(household(1, 2))
    given = {"region": VILLAGE, "household": HOME, "risks": ["illness"], "found_on": "2021-07-05"}
    reporting.call(CADRE, "report_clue", channel="inspection", **given)
    case = steps.up_to_the_county(reporting)
    steps.take(reporting, COUNTY, case, "county_decision", "include")
    sections = report(reporting, "quarterly", "2021Q3")["data"]["sections"]
    assert "农户自主申报漏报 1 户、干部走访排查漏报 0 户" in "".join(sections[2]["said"])


@pytest.mark.rule("D-02")
def test_a_month_compares_the_registry_with_the_departments(reporting):
    steps.include(reporting)
    told(reporting, figure("monitored_uninsured", "2", "人"), figure("monitored_destitute", "0", "人"))
    found = report(reporting, "monthly", "2021-07")
    assert values(found)["monitored_uninsured.reported"] == 2
    assert values(found)["monitored_water_unsafe.reported"] is None
    assert (values(found)["compared_cases"], values(found)["answers"]) == (1, 1)
    assert "比县医保局报送数少 2人" in "".join(found["data"]["sections"][1]["said"])


@pytest.mark.rule("K-01", "K-05")
def test_the_year_holds_the_indicators_with_targets_until_2025(reporting):
    steps.include(reporting)
    told(
        reporting,
        figure("sanitary_toilets", "88.4", "%", on="2021-12-31"),
        period="2021",
        source="statistics",
    )
    found = values(report(reporting, "yearly", "2021"))
    assert (found["sanitary_toilets"], found["safe_water_rate"], found["relapsed_persons"]) == (
        "88.4",
        "100.0",
        None,
    )
    now = reporting.call(COUNTY, "indicators", region=REGION)
    later = reporting.call(COUNTY, "indicators", region=REGION, on="2026-01-01")
    assert [one["number"] for one in now] == list(range(1, 17))
    assert now[8]["target"] == "400家"
    assert {one["target"] for one in later} == {None}


@pytest.mark.rule("K-01")
def test_a_wrong_figure_is_told_with_its_place_and_the_others_are_taken(reporting):
    told(
        reporting,
        figure("nonsense", "1", "人"),
        figure("monitored_destitute", "4", "户"),
        figure("monitored_destitute", "四", "人"),
        figure("monitored_destitute", "1.5", "人"),
        figure("monitored_destitute", "1", "人", region="430427"),
        figure("monitored_destitute", "4", "人"),
    )
    (found,) = reporting.call(COUNTY, "reported_figures", region=REGION, period="2021-07")
    assert [one["place"] for one in found["problems"]] == [1, 2, 3, 4, 5]
    assert [one["value"] for one in found["figures"]] == ["4"]


@pytest.mark.rule("K-01")
def test_a_department_speaks_only_for_itself(reporting):
    data = {"department": "civil_affairs", "title": "县民政局", "period": "2021-07"}
    data |= {"figures": [figure("monitored_destitute", "4", "人")]}
    reporting.hear("health_insurance", "figures.reported", "departments_reported", data)
    (found,) = reporting.call(COUNTY, "reported_figures", region=REGION, period="2021-07")
    assert found["department"] == "health_insurance"


@pytest.mark.rule("K-01")
def test_the_county_enters_what_came_on_paper_once(reporting):
    given = {"department": "statistics", "title": "县统计局", "period": "2021", "region": REGION}
    given |= {"figures": [figure("rural_income_growth", "11.2", "%")]}
    for _ in range(2):
        reporting.call(COUNTY, "enter_figures", request_id="r-1", **given)
    assert len(reporting.store.reported.get(f"{REGION}-statistics-2021").history) == 1
    given["figures"] = [figure("rural_income_growth", "11.4", "%")]
    answer = reporting.call(COUNTY, "enter_figures", **given)
    assert [one["value"] for one in answer["figures"]] == ["11.4"]


@pytest.mark.rule("D-02")
def test_a_closed_period_says_the_same_ever_after(reporting):
    steps.include(reporting)
    reporting.clock.advance_to(date(2021, 8, 1))
    reporting.day()
    kept = report(reporting, "monthly", "2021-07")
    assert kept["closed_on"] == "2021-08-01"
    told(reporting, figure("monitored_destitute", "9", "人"))
    assert report(reporting, "monthly", "2021-07") == kept
    reporting.day()
    assert report(reporting, "monthly", "2021-07", region="430426100")["closed_on"] == "2021-08-01"
    assert report(reporting, "monthly", "2021-08")["closed_on"] is None


@pytest.mark.rule("D-02")
def test_a_running_period_is_not_closed_and_a_coming_one_not_reported(reporting):
    reporting.import_rows(household(1, 2))
    with pytest.raises(Refused) as running:
        reporting.call(COUNTY, "close_period", kind="monthly", period="2021-07", region=REGION)
    assert running.value.code == "report.running"
    with pytest.raises(Refused) as coming:
        report(reporting, "monthly", "2021-08")
    assert coming.value.code == "report.future"
    reporting.clock.advance_to(date(2021, 8, 1))
    asked = {"kind": "monthly", "period": "2021-07", "region": VILLAGE}
    first = reporting.call(COUNTY, "close_period", **asked)
    assert reporting.call(COUNTY, "close_period", **asked) == first


@pytest.mark.rule("D-02")
def test_a_report_comes_though_assistance_is_silent(reporting):
    reporting.bus.answer("assistance", "figures", Unavailable("没有应答", code="bus.timeout"))
    reporting.bus.answer("assistance", "departments", Unavailable("没有应答", code="bus.timeout"))
    found = values(report(reporting, "quarterly", "2021Q3"))
    assert (found["measures"], found["delivered_rate"]) == (None, None)


def test_only_the_county_enters_figures(reporting):
    with pytest.raises(Forbidden):
        reporting.call(actor(roles.TOWN_OFFICER), "enter_figures", region=REGION)


def test_no_report_shows_a_person(reporting):
    steps.include(reporting)
    for kind, period in (("monthly", "2021-07"), ("quarterly", "2021Q3"), ("yearly", "2021")):
        shown = str(report(reporting, kind, period))
        assert "测试甲" not in shown
        assert HOME not in shown
