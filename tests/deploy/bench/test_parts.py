"""The parts of the bench that decide: what a ratio must be, turns, equal rows."""

import json
from uuid import UUID

import pytest

from deploy.bench import turns
from deploy.bench.figures import AT_LEAST, AT_MOST, Figure, compared, table, write
from deploy.bench.lake_sql import QUERIES
from deploy.bench.screening import RowsDiffer, same_rows
from deploy.bench.work import spread

PERSON = "00000000-0000-0000-0000-000000000001"


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
    row = {query.rule: (PERSON, *("x" for _ in query.shows)) for query in QUERIES}
    bare = {rule: [(UUID(PERSON), *one[1:])] for rule, one in row.items()}
    assert same_rows({rule: [one] for rule, one in row.items()}, bare) == len(QUERIES)
    rule = QUERIES[0].rule
    other = {**{rule: [one] for rule, one in row.items()}, rule: [(PERSON, "y")]}
    with pytest.raises(RowsDiffer, match=rule):
        same_rows(other, bare)
    with pytest.raises(RowsDiffer, match="no row"):
        same_rows({}, {rule: [] for rule in row})


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
