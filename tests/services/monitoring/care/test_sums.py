"""Kept sums: what is unknown of one village is unknown of its town; nothing is counted twice (D-02)."""

import pytest

from services.monitoring.domain.care import sums


@pytest.mark.rule("D-02")
def test_overdue_is_what_lies_before_today_and_what_has_no_day_never_is():
    rows = [("v1", "2021-07-04"), ("v1", "2021-07-05"), ("v1", None), ("v2", "2021-07-06")]
    assert sums.tallied(rows, "2021-07-05") == {"v1": [3, 1], "v2": [1, 0]}


@pytest.mark.rule("D-02")
def test_sums_of_villages_add_up_by_kind_and_by_place():
    first = {"visit": {"430426100001": [2, 1]}, "step": {"430426100001": [4, None]}, "none": {}}
    second = {"visit": {"430426100002": [3, 3], "430426100": [1, 0]}}
    both = sums.joined([first, second])
    assert sums.by_kind(both) == {"visit": [6, 4], "step": [4, None]}
    assert sums.by_place(both, 12) == [
        {"region": "430426100002", "count": 3, "overdue": 3},
        {"region": "430426100001", "count": 2, "overdue": 1},
    ]
    assert sums.by_place(both, 9) == [{"region": "430426100", "count": 6, "overdue": 4}]


@pytest.mark.rule("D-02")
def test_a_list_takes_whole_days_of_what_is_oldest():
    days = ["2021-07-03", "2021-07-01", "2021-07-02", "2021-07-03"]
    assert sums.until_which(days, 4) == {"risen": 4, "until": "2021-07-03"}
    assert sums.until_which(days, 3) == {"risen": 4, "until": "2021-07-02"}
    assert sums.until_which(days, 1) == {"risen": 4, "until": "2021-07-01"}
    assert sums.until_which(["2021-07-01"] * 2, 1) == {"risen": 2, "until": ""}
    assert sums.until_which([], 1) == {"risen": 0, "until": ""}


@pytest.mark.rule("D-04")
def test_a_village_is_collected_when_nobody_in_scope_is_missing():
    summaries = {"a": {"known": 2, "scope": 2}, "b": {"known": 1, "scope": 2}, "c": None}
    assert sums.not_collected(["d", "c", "b", "a"], summaries) == ["b", "c", "d"]
