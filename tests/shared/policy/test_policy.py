"""What the policy answers: by day and region, with its source, or unknown with the reason."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY
from shouwang.errors import BadRequest, ConfigurationError, Refused, UnknownValue
from shouwang.policy import PinnedView, Policy, Unknown, Value, show
from shouwang.policy.units import UNITS

COUNTY, OTHER_COUNTY, OTHER_PROVINCE = "430426", "430421", "440101"
MAY = date(2021, 5, 1)


@pytest.mark.rule("M-07")
@pytest.mark.parametrize(
    ("on", "region", "fen", "source"),
    [
        (date(2020, 6, 1), COUNTY, 500000, "国文〔2020〕6号 二"),
        (date(2021, 1, 1), COUNTY, 650000, "湘文〔2021〕1号 二(一)1"),
        (date(2021, 7, 1), COUNTY, 680000, "祁文〔2021〕3号 一"),
        (date(2021, 7, 1), "430426001001", 680000, "祁文〔2021〕3号 一"),
        (date(2021, 5, 1), OTHER_COUNTY, 520000, "阳文〔2020〕5号 一"),
        (date(2021, 7, 1), OTHER_COUNTY, 650000, "湘文〔2021〕1号 二(一)1"),
        (date(2021, 12, 31), COUNTY, 680000, "祁文〔2021〕3号 一"),
        (date(2022, 1, 1), COUNTY, 650000, "湘文〔2021〕1号 二(一)1"),
        (date(2022, 6, 30), COUNTY, 650000, "湘文〔2021〕1号 二(一)1"),
        (date(2021, 5, 1), OTHER_PROVINCE, 500000, "国文〔2020〕6号 二"),
    ],
)
def test_the_longest_region_in_force_on_the_day_answers_with_its_source(policy, on, region, fen, source):
    value = policy.value("line", on=on, region=region)
    assert (value.value, value.source, value.known) == (fen, source, True)


@pytest.mark.rule("K-05")
@pytest.mark.parametrize(
    ("name", "on", "region", "parts"),
    [
        ("line", date(2019, 12, 31), COUNTY, ["2020-01-01 起", "2019-12-31"]),
        ("line", date(2022, 7, 1), COUNTY, ["湘文〔2021〕1号", "2022-06-30 前复核", "不再沿用"]),
        ("open", MAY, COUNTY, ["县里尚未确定", "祁文〔2021〕4号"]),
        ("open", MAY, OTHER_COUNTY, ["没有适用于地区 430421"]),
    ],
)
def test_unknown_says_why(policy, name, on, region, parts):
    unknown = policy.value(name, on=on, region=region)
    assert isinstance(unknown, Unknown)
    assert unknown.value is None
    assert all(part in unknown.reason for part in parts)


def test_a_provinces_stale_value_does_not_give_way_to_the_nations(policy):
    assert not policy.value("line", on=date(2023, 1, 1), region=COUNTY).known


def test_an_ended_value_without_successor_is_unknown(policy):
    ended = policy.overlay({}).parameter("line").rows[2]
    only = Policy({"line": type(policy.parameter("line"))("line", "监测线", "fen", "county", (ended,))})
    unknown = only.value("line", on=date(2022, 1, 1), region=COUNTY)
    assert "已于 2021-12-31 失效" in unknown.reason


def test_every_unknown_answer_is_counted(policy):
    def counted():
        return REGISTRY.get_sample_value("shouwang_policy_unknown_total", {"parameter": "open"}) or 0

    before = counted()
    policy.value("open", on=MAY, region=COUNTY)
    policy.value("line", on=MAY, region=COUNTY)
    assert counted() == before + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2019, 1, 1), date(2026, 1, 1)), region=st.sampled_from([COUNTY, OTHER_COUNTY, "44"]))
def test_a_value_never_comes_from_elsewhere_or_another_time(policy, day, region):
    for name in ("line", "days", "open", "favoured.share"):
        value = policy.value(name, on=day, region=region)
        if isinstance(value, Value):
            assert region.startswith(value.region)
            assert value.since <= day
            assert value.review_by is None or day <= value.review_by
            assert value.source
        else:
            assert value.reason


def test_a_view_reads_plain_values_groups_and_full_values(policy):
    view = policy.at(MAY, COUNTY)
    assert view.line == 650000
    assert view["line"].text == "6,500 元/人·年"
    assert view.favoured.share == Decimal("0.65")
    assert view["favoured.share"].origin_document == "大文〔2023〕21号 四"
    assert view.favoured["share"].text == "65%"
    assert view.favoured.groups == ("特困", "低保")
    assert view.codes("risk").label("01") == "因病"


def test_a_view_raises_where_nothing_is_known(policy):
    view = policy.at(MAY, COUNTY)
    assert isinstance(view.find("open"), Unknown)
    for read in (lambda: view.open, lambda: view["open"]):
        with pytest.raises(UnknownValue) as refused:
            read()
        assert isinstance(refused.value, Refused)
        assert refused.value.reasons[0]["source"] == "policy:open"
        assert "县里尚未确定" in refused.value.message


def test_a_misspelt_name_is_no_unknown_but_an_error(policy):
    for read in (
        lambda: policy.at(MAY, COUNTY).lien,
        lambda: policy.value("lien", on=MAY, region=COUNTY),
        lambda: policy.at(MAY, COUNTY).favoured.shrae,
        lambda: policy.overlay({"lien": 1}),
    ):
        with pytest.raises(ConfigurationError) as refused:
            read()
        assert refused.value.code == "policy.no_such_name"
        assert "line" in refused.value.remedy or "favoured.share" in refused.value.remedy


def test_a_value_and_a_table_are_not_confused(policy):
    with pytest.raises(ConfigurationError):
        policy.value("risk", on=MAY, region=COUNTY)
    with pytest.raises(ConfigurationError):
        policy.codes("line", MAY)


def test_code_tables_are_dated(policy):
    table = policy.codes("risk", MAY)
    assert [code.name for code in table] == ["illness", "disaster"]
    assert "01" in table
    assert len(policy.codes("risk", date(2022, 1, 1))) == 1
    assert table.by_label("患病").code == "01"
    assert table.by_name("disaster").label == "因灾"
    assert type(table).from_dict(json.loads(json.dumps(table.to_dict()))) == table


def test_a_code_that_is_not_there_is_refused_with_what_was_meant(policy):
    table = policy.codes("risk", MAY)
    with pytest.raises(BadRequest) as refused:
        table.label("03")
    assert refused.value.code == "policy.no_such_code"
    with pytest.raises(BadRequest) as refused:
        table.by_label("因 病")
    assert "是否为" in refused.value.remedy
    with pytest.raises(BadRequest):
        table.by_name("flood")


def test_what_is_in_a_shifted_column_is_not_repeated(policy):
    with pytest.raises(BadRequest) as refused:
        policy.codes("risk", MAY).by_label("张三丰")
    assert "张三丰" not in str(refused.value)


def test_a_table_before_its_time_is_unknown(policy):
    with pytest.raises(UnknownValue):
        policy.codes("risk", date(2020, 1, 1))


def test_a_table_that_differs_by_region_needs_the_region(policy):
    risk = policy.parameter("risk")
    city = Policy(
        {"risk": type(risk)("risk", "风险", risk.unit, "city", (*risk.rows, *_moved(risk.rows, "4304")))}
    )
    with pytest.raises(ConfigurationError):
        city.codes("risk", MAY)
    assert len(city.codes("risk", MAY, COUNTY)) == 2


def _moved(rows, region):
    return [type(row)(region, row.start, row.value, row.source, until=row.until) for row in rows]


def test_an_overlay_supposes_and_leaves_the_policy_alone(policy):
    supposed = policy.overlay({"line": 700000, "favoured.share": "0.7", "new": {"value": 3, "unit": "days"}})
    view = supposed.at(date(2030, 1, 1), OTHER_PROVINCE)
    assert (view.line, view.favoured.share, view.new) == (700000, Decimal("0.7"), 3)
    assert view["line"].unit == "fen_per_person_year"
    assert "假设" in view["line"].source
    assert policy.at(MAY, COUNTY).line == 650000
    with pytest.raises(ConfigurationError):
        policy.overlay({"line": 6500.0})


def test_pinned_values_outlive_a_new_policy(policy):
    stored = json.loads(json.dumps(policy.at(MAY, COUNTY).pin(["line", "favoured.share"]).to_dict()))
    later = policy.overlay({"line": 900000, "days": 10}).at(date(2021, 9, 1), COUNTY)
    view = PinnedView.from_dict(stored).over(later)
    assert (view.line, view.favoured.share, view.days) == (650000, Decimal("0.65"), 10)
    assert view["line"].source == "湘文〔2021〕1号 二(一)1"
    assert view.on == date(2021, 9, 1)
    assert view.names == ("line", "favoured.share")
    assert len(view.codes("risk")) == 2


def test_what_was_not_pinned_is_unknown_without_a_rest(policy):
    view = policy.at(MAY, COUNTY).pin(["line"])
    assert not view.find("days").known
    with pytest.raises(UnknownValue):
        view.codes("risk")


def test_what_is_unknown_cannot_be_pinned(policy):
    with pytest.raises(UnknownValue):
        policy.at(MAY, COUNTY).pin(["line", "open"])


def test_values_read_back_from_json(policy):
    view = policy.at(MAY, COUNTY)
    for name in ("line", "favoured.share", "favoured.groups"):
        value = view[name]
        assert Value.from_dict(json.loads(json.dumps(value.to_dict()))) == value


def test_every_figure_has_its_reference(policy):
    references = policy.references()
    assert {reference["name"] for reference in references} == set(policy.names())
    assert all(reference["source"] and ".yaml:" in reference["where"] for reference in references)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (650000, "fen", "6,500 元"),
        (Decimal("0.25"), "ratio", "25%"),
        (Decimal("0.125"), "ratio", "12.5%"),
        (Decimal("1"), "ratio", "100%"),
        (7, "days", "7 天"),
        (("特困", "低保"), "codes", "特困、低保"),
        (True, "yes_no", "是"),
        (None, "fen", "不详"),
        (3, "亩", "3 亩"),
        ("因病", "", "因病"),
    ],
)
def test_values_as_people_read_them(value, unit, text):
    assert show(value, unit) == text


def test_a_day_of_every_year_is_written_as_it_is_compared():
    read = UNITS["month_day"].read
    assert (read("09-01"), read("12-31")) == ("09-01", "12-31")
    for wrong in ("9-1", "9月1日", "0901", "09-31", "W01-1", 901):
        with pytest.raises(ValueError, match="应为两位月、两位日"):
            read(wrong)
