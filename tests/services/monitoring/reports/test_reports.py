"""Reports on counts alone: every figure says how it was counted, the unknown is 不详 (D-02, K-01)."""

from __future__ import annotations

import pytest
from shouwang.documents import fill, pdf, read_description, word
from shouwang.errors import BadRequest

from services.monitoring.domain.reports import monthly, periods, quarterly, yearly
from services.monitoring.domain.reports.figures import percent, percent_of, told
from services.monitoring.domain.reports.indicators import INDICATORS
from services.monitoring.domain.reports.report import made, paper
from tests.services.monitoring.documents.comparing import docx_text
from tests.services.monitoring.reports.counted import case, clue, counts, said

LABELS = {one.name: {"label": f"指标{one.number}", "target": "100%"} for one in INDICATORS}
YEAR = {
    "indicators": LABELS,
    "secured": {
        name: {"secured": 9, "unsafe": 1, "unknown": 0}
        for name in ("school_dropout", "uninsured", "housing_unsafe", "water_unsafe")
    },
    "inspections": {"rounds": 1, "households": 100, "visited": 80, "wanted": 2},
    "problems": {"open": None, "how": "问题台账尚未启用"},
    "by_month": {"2021-07": {"identified": 1, "removed": 0}},
}


@pytest.mark.rule("D-02")
@pytest.mark.parametrize(
    ("kind", "period", "words", "last"),
    [
        ("monthly", "2021-09", "2021年9月", "2021-09-30"),
        ("quarterly", "2021Q3", "2021年第三季度", "2021-09-30"),
        ("yearly", "2021", "2021年", "2021-12-31"),
    ],
)
def test_a_period_has_its_days_and_its_words(kind, period, words, last):
    assert periods.said(kind, period) == words
    assert periods.window(kind, period).end.isoformat() == last


@pytest.mark.parametrize(
    ("kind", "period"), [("monthly", "2021Q3"), ("quarterly", "2021"), ("yearly", "2021-09")]
)
def test_a_period_of_another_kind_is_refused(kind, period):
    with pytest.raises(BadRequest):
        periods.window(kind, period)


@pytest.mark.rule("D-02")
@pytest.mark.parametrize(
    ("today", "ended"),
    [
        ((2021, 9, 30), []),
        ((2021, 10, 1), [("monthly", "2021-09"), ("quarterly", "2021Q3")]),
        ((2021, 11, 1), [("monthly", "2021-10")]),
        ((2022, 1, 1), [("monthly", "2021-12"), ("quarterly", "2021Q4"), ("yearly", "2021")]),
    ],
)
def test_what_ended_yesterday_is_closed_today(today, ended):
    from datetime import date

    assert periods.ended_before(date(*today)) == ended


@pytest.mark.rule("D-02")
def test_the_quarter_counts_who_came_and_went_and_how_fast():
    ended = {
        "identification": [case(days=9), case(days=15), case(days=30), case("refused", category=None)],
        "removal": [
            case("removed", way="helped"),
            case("removed", way="natural"),
            case("withdrawn", way="helped"),
        ],
    }
    found = quarterly.figures(counts(ended=ended, opened={"identification": 5, "removal": 3}))
    shown = {name: found[name]["value"] for name in ("opened", "identified", "refused", "removed", "days")}
    assert shown == {"opened": 5, "identified": 3, "refused": 1, "removed": 2, "days": 15}
    assert all(one["how"] for one in found.values())


@pytest.mark.rule("S-06", "D-02")
def test_a_clue_counts_as_late_only_when_its_day_is_over():
    rows = [
        clue(),
        clue(responded_on="2021-07-02"),
        clue(responded_on=None, status="open"),
        clue(responded_on=None, status="open", due_on="2021-09-30"),
    ]
    clues = {"rows": rows, "overdue": 1, "included_ways": [], "by_department": {}}
    assert quarterly.figures(counts(clues=clues))["on_time"]["value"] == "33.3"


@pytest.mark.rule("S-01", "S-02", "S-03", "D-02")
def test_a_channel_missed_whom_only_others_saw():
    ways = [["干部走访排查"], ["农户自主申报", "干部走访排查"]]
    clues = {"rows": [clue()], "overdue": 0, "included_ways": ways, "by_department": {}}
    text = said([quarterly.channels(counts(clues=clues))])
    assert "农户自主申报漏报 1 户、干部走访排查漏报 0 户、部门筛查预警漏报 2 户" in text


@pytest.mark.rule("D-02")
def test_what_nobody_answered_is_unknown_and_never_zero():
    given = counts()
    found = quarterly.figures(given)
    assert {found[name]["value"] for name in ("measures", "delivered", "late_measures", "income_growth")} == {
        None
    }
    text = said(quarterly.sections(given, found))
    assert "帮扶措施不详，已落实不详" in text
    assert "帮扶服务没有应答" in text


@pytest.mark.rule("D-02")
def test_help_is_told_by_department():
    help_ = {"measures": {"a": 3, "b": 1}, "delivered": 3, "overdue": 1, "uncovered": {}}
    given = counts(help=help_, departments={"a": "县医保局"})
    found = quarterly.figures(given)
    assert told(found["delivered_rate"]) == "75.0%"
    (listed,) = quarterly.sections(given, found)[4]["tables"]
    assert listed["rows"] == [["县医保局", "3"], ["b", "1"]]


def reported(value: str) -> dict[str, object]:
    return {"department": "县医保局", "value": value, "on": "2021-07-31", "note": ""}


@pytest.mark.rule("D-02")
def test_the_month_lists_what_differs_and_nothing_that_one_side_does_not_know():
    given = counts(
        reported={"monitored_uninsured": reported("3"), "monitored_destitute": reported("0")},
    )
    given["registry"]["monitored_uninsured"] = {"known": 1, "unknown": 2}
    (only,) = monthly.differences(given)
    assert (only["id"], only["gap"]) == ("monitored_uninsured", -2)
    text = said(monthly.sections(given, monthly.figures(given)))
    assert "监测对象中未参加基本医疗保险：登记数比县医保局报送数少 2人，登记簿另有 2人不详。" in text
    assert "其余 5 项部门数不详" in text


@pytest.mark.rule("D-02")
def test_without_a_difference_the_month_says_so():
    given = counts()
    assert "没有差异" in said(monthly.sections(given, monthly.figures(given)))


@pytest.mark.rule("D-02")
def test_departments_that_were_silent_are_counted():
    departments = {"县民政局": {"answered": 3, "silent": 1}}
    given = counts(comparisons={"cases": 4, "departments": departments})
    (table,) = monthly.sections(given, monthly.figures(given))[2]["tables"]
    assert table["rows"] == [["县民政局", "3", "1", "75.0"]]


@pytest.mark.rule("K-01")
def test_there_are_sixteen_indicators_and_each_says_where_it_comes_from():
    assert [one.number for one in INDICATORS] == list(range(1, 17))
    found = yearly.figures(counts(**YEAR))
    assert found["safe_housing_rate"]["value"] == "90.0"
    assert found["doctors_per_thousand"]["value"] is None
    assert found["doctors_per_thousand"]["how"] == "本系统没有此数，也没有部门报送"


@pytest.mark.rule("K-01")
def test_a_reported_indicator_stands_before_a_computed_one():
    given = counts(**YEAR, reported={"safe_housing_rate": reported("99.8")})
    found = yearly.figures(given)["safe_housing_rate"]
    assert (found["value"], found["source"]) == ("99.8", "县医保局")


@pytest.mark.rule("K-01")
def test_a_rate_is_unknown_while_one_household_is_unknown():
    secured = {**YEAR["secured"], "uninsured": {"secured": 9, "unsafe": 0, "unknown": 1}}
    found = yearly.figures(counts(**{**YEAR, "secured": secured}))["medical_insurance_rate"]
    assert found["value"] is None
    assert "不详 1" in found["how"]


@pytest.mark.rule("K-01")
def test_nobody_to_count_gives_no_rate():
    secured = {**YEAR["secured"], "uninsured": {"secured": 0, "unsafe": 0, "unknown": 0}}
    found = yearly.figures(counts(**{**YEAR, "secured": secured}))["medical_insurance_rate"]
    assert (found["value"], found["how"]) == (None, "登记簿中没有脱贫户和监测对象")


@pytest.mark.rule("D-02", "S-02")
def test_the_year_names_what_is_wanting():
    given = counts(**YEAR)
    text = said(yearly.sections(given, yearly.figures(given)))
    assert "集中排查开展 1 轮，少于规定的 2 轮" in text
    assert "不详的数字" in text
    enough = {**YEAR, "inspections": {**YEAR["inspections"], "rounds": 2}}
    given = counts(**enough)
    assert "少于规定" not in said(yearly.sections(given, yearly.figures(given)))
    unruled = {**YEAR, "inspections": {**YEAR["inspections"], "wanted": None}}
    given = counts(**unruled)
    assert "本年应开展几轮没有有效规定，不作判断" in said(yearly.sections(given, yearly.figures(given)))


def test_a_share_has_one_decimal_and_nothing_to_divide_by_gives_none():
    assert percent(2, 3) == "66.7"
    assert percent(0, 4) == "0.0"
    assert percent(1, 0) is None
    assert percent(None, 4) is None


@pytest.mark.rule("D-02")
@pytest.mark.parametrize(
    ("kind", "period"), [("monthly", "2021-09"), ("quarterly", "2021Q3"), ("yearly", "2021")]
)
def test_the_paper_says_what_the_data_says(kind, period):
    clues = {"rows": [clue()], "overdue": 0, "included_ways": [], "by_department": {"县医保局": 1}}
    given = counts(**YEAR, clues=clues)
    data = made(kind, "430426", period, given)
    document = fill(read_description(paper(data, "2021-10-01")), {})
    text = docx_text(word.render([document]))
    for one in data["figures"]:
        assert told(one).replace(" ", "") in text, one["id"]
    assert "2021-10-01封存" in text


@pytest.mark.rule("D-02")
def test_the_paper_becomes_a_pdf_with_its_charts():
    data = made("yearly", "430426", "2021", counts(**YEAR))
    assert pdf.render([fill(read_description(paper(data, None)), {})]).startswith(b"%PDF")


@pytest.mark.rule("D-04")
def test_income_growth_is_told_with_what_was_compared():
    growth = {"percent": percent_of("0.0734"), "how": "可比 9 户（应计 10 户）", "source": "收入监测"}
    given = counts(growth=growth)
    text = said(quarterly.sections(given, quarterly.figures(given)))
    assert "脱贫户人均纯收入增幅7.3%（可比 9 户（应计 10 户））" in text
