"""The sentence: clauses from grounds, numbers with whence and when, parameters with their law."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shouwang.decision import UNKNOWN, YES, Decision, Ground, Input, against, outcome
from shouwang.decision.sentence import clause
from shouwang.errors import ConfigurationError
from shouwang.periods import Window
from shouwang.policy import Unknown, Value

from tests.shared.decision.example import ILL, MAY, Household, second

DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
OWNERS = st.sampled_from(["村干部", "医保局", "民政局", "纯", ""])
WINDOWS = st.builds(lambda day, length: Window(day, day + timedelta(days=length)), DAYS, st.integers(0, 400))
INPUTS = {
    "per_head": st.builds(
        Input, st.integers(0, 10**7), OWNERS, DAYS, st.just("人均纯收入"), st.just("fen"), WINDOWS
    ),
    "own_share": st.builds(
        Input, st.integers(0, 10**7), OWNERS, st.none() | DAYS, st.just("自付"), st.just("fen")
    ),
    "household": st.builds(Household, registered=st.booleans(), size=st.integers(1, 12)),
}


def test_it_reads_as_an_official_would_write_it(decide):
    assert decide().sentence() == (
        "该户 2021 年 5 月纳入月前十二个月（2020-05-01 至 2021-04-30）人均纯收入 6,250 元"
        "（村干部 2021-05-10），低于 6,500 元的监测基准线（湘委乡振组发〔2021〕1号 二(一)1），"
        "存在因病风险（医保局 2021-05-03 筛查），"
        "2020-05-01 至 2021-04-30 自付 9,120 元（医保局 2021-05-03），属建档立卡脱贫户，"
        "故为脱贫不稳定户（同文 二(一)2）。家庭人口 4 人。"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(data=st.data(), name=st.sampled_from(sorted(INPUTS)))
def test_change_an_input_and_the_sentence_changes(decide, data, name):
    given_, other = data.draw(INPUTS[name]), data.draw(INPUTS[name])
    assume(given_ != other)
    assert decide(**{name: given_}).sentence() != decide(**{name: other}).sentence()


def test_change_the_risk_and_the_sentence_changes(decide):
    told = {
        decide(risk=Input(value, owner, date(2021, 5, day), "因病风险")).sentence()
        for value, owner, day in [
            *((True, "医保局", 3), (True, "医保局", 4), (True, "民政局", 3)),
            *((False, "医保局", 3), (None, "医保局", 3)),
        ]
    }
    assert len(told) == 5


def test_change_the_parameter_or_its_source_and_the_sentence_changes(policy, decide):
    line = policy.at(MAY, "430426")["monitoring_line"]
    others = [
        line,
        Value(**{**vars(line), "value": 640000}),
        Value(**{**vars(line), "source": "湘委乡振组发〔2022〕3号 一"}),
        Unknown("monitoring_line", "尚未发文", "监测基准线"),
    ]
    assert len({clause(against(625000, other)) for other in others}) == len(others)


@settings(max_examples=200)
@given(
    value=st.integers(0, 10**6),
    owner=OWNERS,
    on=DAYS,
    period=WINDOWS,
    source=st.sampled_from(["", "甲文 一", "乙文 二"]),
    label=st.sampled_from(["收入", "{owner}", "村干部 2021-01-01"]),
    phrase=st.sampled_from(
        ["", "{value}", "{label}为 {value}", "{owner} {on} 报 {value}", "{period}共 {value}"]
    ),
)
def test_every_clause_tells_value_period_owner_day_and_source(
    value, owner, on, period, source, label, phrase
):
    told = clause(Ground("input", "x", label, value, "fen", owner, on, source, phrase, period))
    for part in (f"{value // 100:,}", str(period), owner, str(on), source):
        assert part in told


def test_a_label_that_happens_to_hold_the_owner_does_not_hide_it():
    ground = Ground("input", "x", "村集体收入", 100, "fen", owner="村", on=MAY)
    assert clause(ground) == "村集体收入 1 元（村 2021-05-20）"


def test_what_is_missing_says_who_should_give_it(decide):
    missing = decide(per_head=Input(None, "村干部", None, "人均纯收入", "fen"))
    assert missing.verdict is UNKNOWN
    assert missing.sentence().startswith("该户人均纯收入不详（应由村干部提供），监测基准线 6,500 元（")
    assert "故暂不能判定脱贫不稳定户，待补：人均纯收入（" in missing.sentence()


@pytest.mark.rule("K-05")
def test_a_parameter_past_its_time_tells_its_reason(decide):
    late = decide(second, on=date(2022, 7, 1))
    assert late.verdict is UNKNOWN
    assert "应于 2022-06-30 前复核，至 2022-07-01 未见新文件，不再沿用旧值" in late.sentence()
    assert "待补：监测基准线" in late.sentence()


def test_the_answer_no_has_a_conclusion_of_its_own(decide):
    assert "故脱贫不稳定户：否（同文 二(一)2）" in decide(household=Household(False, 4)).sentence()


@pytest.mark.parametrize(("amount", "word"), [(649999, "低于"), (650000, "等于"), (650001, "高于")])
def test_a_comparison_tells_its_direction(policy, amount, word):
    line = policy.at(MAY, "430426")["monitoring_line"]
    assert clause(against(amount, line)).startswith(f"{word} 6,500 元的监测基准线（")


def test_a_document_is_named_once_while_it_is_cited_in_a_row():
    rows = [Ground("parameter", n, n, 1, "days", source=s) for n, s in (("a", "甲文 一"), ("b", "甲文 二"))]
    rows += [
        Ground("parameter", "c", "c", 1, "days", source="乙文"),
        Ground("input", "d", "d", 1, source="乙文"),
    ]
    told = Decision("M-01", 1, YES, grounds=rows, conclusion="成立", source="甲文 三").sentence()
    assert told == "a 1 天（甲文 一），b 1 天（同文 二），c 1 天（乙文），d 1（同文），故成立（甲文 三）。"


def test_an_earlier_decision_is_a_ground(decide):
    ground = Ground.of_decision(decide(), "已认定为脱贫不稳定户｜不是脱贫不稳定户｜尚未认定")
    assert clause(ground) == "已认定为脱贫不稳定户（2021-05-20，湘委乡振组发〔2021〕1号 二(一)2）"
    assert clause(Ground.of_decision(decide())).startswith("为脱贫不稳定户 是（")


def test_the_value_of_the_decision_stands_in_its_conclusion():
    told = outcome(True, [], "可报销 {value}", value=3575000, unit="fen").sentence()
    assert told == "故可报销 35,750 元。"


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (True, "存在因病风险"),
        (None, "存在因病风险"),
        (True, "有｜没有"),
        (912000, "自付很多"),
        (912000, "自付 {amount}"),
        (912000, "自付 {value} {who}"),
    ],
)
def test_a_phrase_that_does_not_speak_its_value_is_refused(value, phrase):
    with pytest.raises(ConfigurationError) as refused:
        Ground("input", "x", "自付", value, "fen", phrase=phrase)
    assert refused.value.code == "decision.phrase"


def test_a_phrase_that_says_its_value_in_full_is_accepted():
    ground = Ground("input", "x", "自付", 912000, "fen", phrase="自付 9,120 元")
    assert clause(ground) == "自付 9,120 元"
    assert clause(Ground("input", "risk", "因病", None, owner="医保局", phrase=ILL)).startswith("是否存在")
