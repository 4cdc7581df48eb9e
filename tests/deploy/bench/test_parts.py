"""The parts of the bench that decide: what a ratio must be, turns, equal rows."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from shouwang.department.plugin import Plugin

from deploy.bench import turns
from deploy.bench.bulk.departments import Department, departments
from deploy.bench.figures import AT_LEAST, AT_MOST, Figure, compared, table, write
from deploy.bench.screening import RowsDiffer, same_rows
from deploy.bench.work import spread

PERSON = "00000000-0000-0000-0000-000000000001"
OTHER = "00000000-0000-0000-0000-000000000002"


def figure(value: float, bound: str, limit: float) -> Figure:
    return compared("speed", "what", "ms", "peer", value, 2.0, bound, limit)


@pytest.mark.parametrize(
    ("value", "bound", "limit", "ok"),
    [
        (8.0, AT_MOST, 4, True),
        (8.1, AT_MOST, 4, False),
        (0.8, AT_LEAST, 0.4, True),
        (0.7, AT_LEAST, 0.4, False),
    ],
)
def test_an_expectation_is_one_of_the_ratio(value, bound, limit, ok):
    one = figure(value, bound, limit)
    assert (one.ok, one.ratio) == (ok, value / 2.0)
    assert ("falls short" in table([one])) is not ok


def test_results_are_written_by_name(tmp_path):
    write([figure(8.0, AT_MOST, 4)], tmp_path / "new" / "results.json")
    assert json.loads((tmp_path / "new" / "results.json").read_text()) == {
        "speed": {
            "value": 8.0,
            "unit": "ms",
            "peer": "peer",
            "peer_value": 2.0,
            "ratio": 4.0,
            "expected": "<= 4",
            "ok": True,
        }
    }


def test_works_are_measured_in_turns_after_one_unmeasured_round():
    done: list[str] = []
    answers = iter([99, 1, 5, 3])

    def ours() -> int:
        done.append("ours")
        return next(answers)

    found = turns.medians(3, {"ours": ours, "peer": lambda: done.append("peer") or 7})
    assert done == ["ours", "peer"] * 4
    assert found == {"ours": 3, "peer": 7}, "the first round does not count"


def test_other_rows_than_the_sql_finds_are_refused():
    bare = {"water/S-05.unsafe": [(UUID(PERSON), "x"), (UUID(OTHER), "x")]}
    ours = [(PERSON, "x"), (OTHER, "x")]
    assert same_rows({"water/S-05.unsafe": ours}, bare) == 2
    for wrong in ([(PERSON, "y"), (OTHER, "x")], ours[::-1], ours[:1]):
        with pytest.raises(RowsDiffer, match="unsafe"):
            same_rows({"water/S-05.unsafe": wrong}, bare)
    for nothing in ({}, {"water/S-05.unsafe": [*ours, ours[0]]}):
        with pytest.raises(RowsDiffer, match="no row, or one twice"):
            same_rows(nothing, bare)


def test_every_rule_of_every_installed_department_has_its_sql_and_its_tables_rows():
    covered, lacking = departments()
    assert not lacking, "write them under deploy/bench/bulk/<department>/ (docs/bench.md)"
    assert len(covered) >= 12


def test_a_rule_without_sql_and_a_table_without_rows_are_named():
    plugin = Plugin.load(Path("docs/sdk/examples/water"))
    alone = Department(plugin, {"water_tests": 12})
    assert alone.not_covered() == [
        "water: rule S-05.unsafe_water (SQL)",
        "water: table water_tests (rows)",
    ]


def test_the_months_that_rules_read_are_written():
    covered = {one.code: one for one in departments()[0]}
    health, education = covered["health_insurance"], covered["education"]
    claims = health.periods(health.plugin.tables["settlements"])
    assert (len(claims), str(claims[0]), str(claims[-1])) == (12, "2021-11", "2020-12")
    assert [str(one) for one in health.periods(health.plugin.tables["insured"])] == ["2021"]
    assert len(education.periods(education.plugin.tables["subsidies"])) == 6
    assert [str(one) for one in education.periods(education.plugin.tables["school_age"])] == ["2021Q4"]


def test_an_error_of_one_of_many_at_once_is_raised():
    done: list[int] = []

    def work(number: int) -> None:
        if number == 5:
            raise ValueError("five")
        done.append(number)

    with pytest.raises(ValueError, match="five"):
        spread(work, 8, 3)
    done.clear()
    spread(work, 4, 3)
    assert sorted(done) == [0, 1, 2, 3]
