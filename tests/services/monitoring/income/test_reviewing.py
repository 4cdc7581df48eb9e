"""The daily review on a real store: flags, falls as clues, sums of villages, growth (D-04, D-05, D-07)."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Conflict, NotFound
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.income.books import CADRE, COUNTY, TOWN, collect, figures, one
from tests.services.monitoring.sheet import household
from tests.services.monitoring.steps import HOME

OTHER = f"{VILLAGE}-0002"
PADDED = {"figures": figures(wages=4000000), "months": {f"{HOME}-01": "3"}}
BY_QUARTER = {"household": HOME, "quarter": "2021Q2", "check": "work"}


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


def flags(county, **more):
    found = county.call(TOWN, "income_flags", region=VILLAGE, **more)
    return [(each["household"], each["check"], each["status"]) for each in found]


def resolve(county, outcome="confirmed", who=TOWN, **more):
    given = {**BY_QUARTER, "outcome": outcome, "evidence": "查看工资流水与用工合同"}
    return county.call(who, "resolve_income_flag", **given, **more)


@pytest.mark.rule("D-05")
def test_a_figure_that_does_not_fit_waits_for_the_town_and_is_not_changed(village):
    collect(village, one("2021Q2", **PADDED))
    village.day()
    assert flags(village) == [(HOME, "work", "open")]
    messages = [data for type, data in village.events() if type == "message.requested"]
    assert [each["title"] for each in messages if each["role"] == roles.TOWN_OFFICER] == ["收支数字待核实"]
    seen = village.call(CADRE, "income", household=HOME, year=2021)
    assert seen["entries"][0]["fen"] == 4000000
    assert resolve(village, request_id="r")["status"] == "confirmed"
    assert resolve(village, request_id="r")["evidence"] == "查看工资流水与用工合同"
    with pytest.raises(Conflict) as error:
        resolve(village)
    assert error.value.code == "income.flag_closed"
    collect(village, one("2021Q2", figures={"business": 1}))
    village.day()
    assert flags(village) == [(HOME, "work", "open")]


@pytest.mark.rule("D-05")
def test_corrected_needs_a_correction_and_then_the_flag_is_gone(village):
    collect(village, one("2021Q2", **PADDED))
    village.day()
    with pytest.raises(Conflict) as error:
        resolve(village, "corrected")
    assert error.value.code == "income.not_corrected"
    collect(village, one("2021Q2", **PADDED | {"figures": figures(wages=900000)}))
    assert resolve(village, "corrected")["status"] == "corrected"
    village.day()
    assert flags(village) == []
    assert flags(village, status="corrected") == [(HOME, "work", "corrected")]


@pytest.mark.rule("D-05")
def test_a_figure_put_right_clears_the_flag_by_itself_and_nobody_confirms_their_own(village):
    collect(village, one("2021Q2", **PADDED), who=TOWN)
    village.day()
    with pytest.raises(Conflict) as error:
        resolve(village)
    assert error.value.code == "income.own_figure"
    collect(village, one("2021Q2", **PADDED | {"figures": figures(wages=900000)}), who=TOWN)
    village.day()
    assert flags(village, status="all") == [(HOME, "work", "cleared")]
    with pytest.raises(NotFound):
        village.call(
            TOWN, "resolve_income_flag", **BY_QUARTER | {"check": "round"}, outcome="confirmed", evidence="x"
        )


def fall(county, home=HOME, now=100000):
    for quarter in ("2020Q2", "2020Q3", "2020Q4", "2021Q1"):
        collect(county, one(quarter, figures=figures(wages=450000)), home=home)
    collect(county, one("2021Q2", figures=figures(wages=now)), home=home)


@pytest.mark.rule("D-04", "D-07")
def test_a_fall_becomes_one_clue_of_its_own_channel(village):
    fall(village)
    fall(village, OTHER, now=450000)
    village.day()
    (clue,) = village.call(COUNTY, "clues", region=VILLAGE)
    assert (clue["household"], clue["risks"]) == (HOME, ["income"])
    assert [each["channel"] for each in clue["sources"]] == ["income_watch"]
    collect(village, one("2021Q2", figures=figures(wages=90000)))
    village.day()
    (same,) = village.call(COUNTY, "clues", region=VILLAGE)
    assert len(same["sources"]) == 1


@pytest.mark.rule("D-07")
def test_nobody_reports_on_the_channel_of_the_watch(village):
    from shouwang.errors import BadRequest

    given = {"region": VILLAGE, "channel": "income_watch", "household": HOME, "risks": ["income"]}
    with pytest.raises(BadRequest):
        village.call(CADRE, "report_clue", found_on="2021-07-05", **given)


@pytest.mark.rule("D-07")
def test_an_ordinary_household_is_not_watched(county):
    county.import_rows(household(1, 2, kind="一般农户"))
    fall(county)
    county.day()
    assert county.call(COUNTY, "clues", region=VILLAGE) == []


@pytest.mark.rule("D-04")
def test_growth_compares_the_same_households_by_kind_and_place(village):
    village.clock.advance_to(date(2024, 1, 20))
    for quarter in range(1, 5):
        for home, before, now in ((HOME, 300000, 390000), (OTHER, 300000, 330000)):
            collect(village, one(f"2022Q{quarter}", figures=figures(wages=before)), home=home)
            collect(village, one(f"2023Q{quarter}", figures=figures(wages=now)), home=home)
    village.day()
    seen = village.call(COUNTY, "income_growth", region="430426", period="2023")
    assert (seen["scope"], seen["known"], seen["compared"], seen["waiting"]) == (2, 2, 2, 0)
    assert (seen["per_head_before"], seen["per_head"], seen["growth"]) == (400000, 480000, "0.2000")
    assert (seen["falling"], seen["bands"]) == (0, [0, 0, 1, 1])
    wages = seen["kinds"][0]
    assert (wages["kind"], wages["now"], wages["growth"]) == ("wages", 2880000, "0.2000")
    assert [(part["region"], part["growth"]) for part in seen["parts"]] == [("430426100", "0.2000")]
    assert (seen["target"]["verdict"], seen["average"]["verdict"]) == ("yes", "yes")
    assert "20%" in seen["target"]["sentence"]
    town = village.call(TOWN, "income_growth", region="430426100", period="2023Q4")
    assert (town["growth"], town["target"], town["average"]) == ("0.2000", None, None)
    assert town["parts"][0]["region"] == VILLAGE


@pytest.mark.rule("D-04")
def test_growth_of_too_few_households_is_unknown(village):
    village.clock.advance_to(date(2024, 1, 20))
    for quarter in ("2022Q1", "2023Q1"):
        collect(village, one(quarter, figures=figures(wages=300000)))
    village.day()
    seen = village.call(COUNTY, "income_growth", region="430426", period="2023Q1")
    assert (seen["scope"], seen["compared"], seen["growth"]) == (2, 1, "0.0000")
    assert seen["target"]["verdict"] == "unknown"


@pytest.mark.rule("D-04")
def test_a_corrected_year_renews_what_is_compared_with_it(village):
    village.clock.advance_to(date(2024, 1, 20))
    for quarter in ("2022Q1", "2023Q1"):
        collect(village, one(quarter, figures=figures(wages=300000)))
    village.day()
    collect(village, one("2022Q1", figures=figures(wages=200000)))
    waiting = village.call(COUNTY, "income_growth", region="430426", period="2023Q1")
    assert (waiting["growth"], waiting["waiting"]) == ("0.0000", 1)
    village.day()
    assert village.call(COUNTY, "income_growth", region="430426", period="2023Q1")["growth"] == "0.5000"


@pytest.mark.rule("D-05", "R-06")
def test_a_jump_before_a_removal_is_looked_at_when_the_removal_is_proposed(county):
    steps.include(county)
    county.clock.advance_to(date(2022, 1, 10))
    for quarter in ("2020Q4", "2021Q1", "2021Q2", "2021Q3"):
        collect(county, one(quarter, figures=figures(wages=300000)))
    collect(county, one("2021Q4", figures=figures(wages=900000)))
    county.day()
    assert flags(county, status="all") == []
    given = {"case": f"{HOME}-R1", "procedure": "removal", "household": HOME, "region": VILLAGE}
    judged = {"collected_on": "2022-01-10", "income_stable": True, "spending_controlled": True}
    county.call(steps.COMMITTEE, "propose_removal", household=HOME, way="helped", record=judged)
    county.hear(
        "monitoring", "case.opened", "income_before_removal", given | {"clue": None, "on": "2022-01-10"}
    )
    county.day()
    assert flags(county) == [(HOME, "jump", "open")]


@pytest.mark.rule("M-07")
def test_the_line_is_proposed_or_what_is_missing_is_named(county):
    found = county.call(COUNTY, "proposed_line", region="430426", year=2022)
    assert (found["fen"], found["verdict"]) == (None, "unknown")
    assert "所收文件未载" in found["sentence"]


def test_a_quiet_village_is_not_read(village):
    collect(village, one("2021Q2"))
    village.day()
    asked = []
    real = village.store.books_of_village
    village.store.books_of_village = lambda *args: asked.append(args) or real(*args)
    village.day()
    assert asked == []


def test_who_may_resolve_is_the_town(village):
    from shouwang.errors import Forbidden

    with pytest.raises(Forbidden):
        resolve(village, who=actor(roles.VILLAGE_CADRE))
