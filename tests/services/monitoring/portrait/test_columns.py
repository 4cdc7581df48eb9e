"""The rules over columns say of every household what the rules over one say of it, unknowns and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.decision import RULES
from shouwang.policy import View

from services.monitoring.domain.portrait.columns import EXPRESSIONS, SCHEMA, judged_columns
from services.monitoring.domain.portrait.judged import JUDGED, judged
from services.monitoring.domain.portrait.row import CHECKS, GROUPS, Row
from services.monitoring.domain.registry.labour import LABELS
from services.monitoring.domain.registry.roster_form import MONEY_FIELDS
from tests.services.monitoring.county import POLICY

REGION = "430426100001"
LINE, HIGH = 650_000, 1_300_000
DUCK = ibis.duckdb.connect(threads=1)
MOSTLY_NO = st.sampled_from([False, False, False, False, True, None])
DAYS = [date(2021, 6, 1), date(2021, 9, 1), date(2021, 11, 30), date(2021, 12, 1), date(2022, 7, 1)]
"""Before and after the duty began; the last day on which figures to May may be used and the next; no line."""


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A household whose income lies on a line, one fen beside it, or anywhere, also below zero."""
    size = draw(st.integers(1, 7))
    a_head = draw(st.sampled_from([LINE, HIGH, 0, -LINE, 1])) * size
    beside = draw(st.integers(-size - 1, size + 1))
    wages = draw(st.one_of(st.just(a_head + beside), st.integers(-(10**9), 10**9), st.none()))
    money: Row = dict.fromkeys(MONEY_FIELDS, 0) | {"wages": wages}
    money["own_payments"] = draw(st.one_of(st.just(0), st.integers(0, 2 * LINE * size), st.none()))
    money["business_costs"] = draw(st.sampled_from([0, 0, 0, None, 7]))
    end = draw(st.sampled_from(["2021-05-31", "2021-05-31", "2020-05-31", None]))
    if end is None:
        money = dict.fromkeys(MONEY_FIELDS)
    labour = st.lists(st.sampled_from([None, "ordinary", *LABELS]), max_size=3)
    kinds = ["ex_poor", "ex_poor", "ordinary", None]
    return {
        **{"village": REGION, "version": 1, "category": None, "givers": '{"*":["村信息采集人",null]}'},
        **{"size": size, "window_start": end and "2019-06-01", "window_end": end, **money},
        **{name: draw(MOSTLY_NO) for name in (*CHECKS, "difficulty", *GROUPS)},
        "status": draw(st.sampled_from(["registered", "registered", "monitored"])),
        "kind": draw(st.sampled_from(kinds)),
        "risks": draw(st.sampled_from([[], [], ["illness"], ["illness", "education"]])),
        "labour": draw(labour),
    }


def over_columns(given: list[Row], view: View) -> list[dict[str, Any]]:
    DUCK.con.register("rows", pa.Table.from_pylist(given, schema=SCHEMA))
    found = DUCK.to_pyarrow(judged_columns(DUCK.table("rows"), view)).to_pylist()
    kept = ("a34", "a38", "risk", "category", "duty", "class")
    by_number = {one["household"]: {name: one[name] for name in kept} for one in found}
    return [by_number[row["household"]] for row in given]


def numbered(given: list[Row]) -> list[Row]:
    return [{**row, "household": f"{REGION}-{number:04d}"} for number, row in enumerate(given)]


@pytest.mark.rule("M-05")
@pytest.mark.rule("M-08")
@pytest.mark.rule("M-11")
@pytest.mark.rule("M-12")
@pytest.mark.parametrize("day", DAYS)
@settings(max_examples=12, deadline=None)
@given(given_rows=st.lists(rows(), min_size=20, max_size=60))
def test_columns_say_what_the_rule_over_one_says(day: date, given_rows: list[Row]) -> None:
    given_rows, view = numbered(given_rows), POLICY.at(day, REGION)
    assert over_columns(given_rows, view) == [judged(row, view).standing() for row in given_rows]


SOUND: Row = {
    **{"household": f"{REGION}-0001", "village": REGION, "version": 1, "category": None, "kind": "ex_poor"},
    **{"status": "registered", "size": 3, "window_start": "2020-06-01", "window_end": "2021-05-31"},
    **dict.fromkeys(MONEY_FIELDS, 0),
    **dict.fromkeys((*CHECKS, "difficulty", *GROUPS), False),
    **{"risks": [], "labour": ["ordinary"], "givers": '{"*":["村信息采集人","2021-05-20"]}'},
}


@pytest.mark.parametrize(
    ("wages", "a34", "category", "duty"),
    [
        (3 * LINE - 2, LINE - 1, "unstable_ex_poor", "yes"),
        (3 * LINE - 1, LINE, "unstable_ex_poor", "no"),
        (3 * LINE + 1, LINE, "unstable_ex_poor", "no"),
        (3 * LINE + 2, LINE + 1, "none", "no"),
    ],
)
def test_at_the_line_rounded_once(wages: int, a34: int, category: str, duty: str) -> None:
    view = POLICY.at(date(2021, 9, 1), REGION)
    row = SOUND | {"wages": wages, "risks": ["illness"], "claims": LINE * 9}
    (found,) = over_columns([row], view)
    assert (found["a34"], found["category"], found["duty"]) == (a34, category, duty)
    assert judged(row, view).standing() == found


def test_every_class_and_category_is_met() -> None:
    """The property above would say nothing of a class that no household of it ever has."""
    view = POLICY.at(date(2021, 9, 1), REGION)
    no_labour = {"labour": ["lost"], "minimum_living": True}
    given_rows = numbered(
        [
            SOUND | {"wages": 3 * HIGH},
            SOUND | {"wages": 3 * HIGH - 2},
            SOUND | {"wages": 3 * LINE},
            SOUND | {"wages": 3 * HIGH} | no_labour,
            SOUND | {"wages": 3 * HIGH, "kind": None},
            SOUND | {"wages": 3, "kind": "ordinary", "risks": ["other"]},
            SOUND | {"wages": 3 * HIGH, "own_payments": 3 * HIGH, "water": True},
        ]
    )
    found = over_columns(given_rows, view)
    assert [one["class"] for one in found] == [
        *("high_quality", "stable", "key_monitored", "protected", "unknown", "none", "key_monitored")
    ]
    assert [one["category"] for one in found][-2:] == ["marginal", "sudden_hardship"]
    assert found == [judged(row, view).standing() for row in given_rows]


def test_every_version_of_a_rule_that_is_recomputed_has_its_expression() -> None:
    versions = {(one.id, one.version) for one in RULES if one.id in JUDGED}
    assert versions == set(EXPRESSIONS)
