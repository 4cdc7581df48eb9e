"""What must hold for every household: unknown is never "no", and the sentence follows its inputs."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.decision import Verdict, replay

from services.monitoring.domain.proceedings import category, removal
from tests.services.monitoring import reading
from tests.services.monitoring.county import POLICY

ON = date(2021, 9, 10)
VIEW = POLICY.at(ON, "430426100001")
yes_no = st.sampled_from(["是", "否"])
yuan = st.integers(0, 40_000).map(str)
RISKS = ["因病", "因学", "因残", "缺劳动力"]
households = st.fixed_dictionaries(
    {
        "家庭人口": st.integers(1, 8),
        **dict.fromkeys(reading.LABELS.values(), yuan),
        "户类型": st.sampled_from(["脱贫户", "一般农户"]),
        "风险": st.lists(st.sampled_from(RISKS), unique=True, max_size=2),
        "基本生活严重困难": yes_no,
        **dict.fromkeys(reading.CHECKS.values(), yes_no),
        **dict.fromkeys(reading.JUDGED.values(), yes_no),
        "特困": yes_no,
        "低保": yes_no,
        "重点审查": yes_no,
        "劳动技能": st.lists(st.sampled_from(list(reading.LABOUR.values())), min_size=1, max_size=4),
    }
)
MAY_BE_UNKNOWN = [
    *reading.LABELS.values(),
    *reading.CHECKS.values(),
    *reading.JUDGED.values(),
    *("户类型", "基本生活严重困难", "特困", "低保", "重点审查"),
]


def decisions(given: dict[str, Any]) -> dict[str, Any]:
    income, danger = reading.income(given, ON), reading.danger(given)
    who = (reading.kind(given), reading.difficulty(given))
    return {
        "M-08": category.category_of(income, danger, *who, VIEW),
        "M-12": category.may_be_refused(income, danger, VIEW),
        "R-01": removal.criteria_met(reading.progress(given), danger),
        "R-02": removal.not_below_the_floor(income, VIEW),
        "R-03": removal.specially_reviewed(reading.special(given), income, VIEW),
        "R-06": removal.may_be_proposed(reading.labour(given), reading.progress(given)),
    }


@pytest.mark.rule("M-08", "M-12", "R-01", "R-02", "R-03", "R-06")
@settings(deadline=None)
@given(households, st.sampled_from(MAY_BE_UNKNOWN))
def test_what_is_missing_makes_unknown_or_changes_nothing(known, hidden):
    before, after = decisions(known), decisions(known | {hidden: "不详"})
    for rule, found in after.items():
        assert found.verdict in (before[rule].verdict, Verdict.UNKNOWN)


@settings(deadline=None)
@given(households)
def test_what_is_known_is_decided_and_replays(known):
    for found in decisions(known).values():
        assert found.verdict is not Verdict.UNKNOWN
        assert replay(found.to_dict(), POLICY) == found


@pytest.mark.rule("M-12")
@settings(deadline=None)
@given(households)
def test_nobody_may_refuse_whom_the_duty_covers_and_the_others_may_be(known):
    found = decisions(known)
    if found["M-12"].verdict is Verdict.NO:
        assert found["M-08"].verdict is Verdict.YES


@settings(deadline=None)
@given(households, st.integers(1, 5_000))
def test_another_income_is_another_sentence(known, more):
    richer = known | {"工资性收入": str(int(known["工资性收入"]) + more * 100)}
    told, other = decisions(known)["M-08"].sentence(), decisions(richer)["M-08"].sentence()
    assert told != other
