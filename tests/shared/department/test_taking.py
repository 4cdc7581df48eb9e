"""Values of a query as Python's: the same by block and one by one, with gaps and sums of whole numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.department.hits import unpacked
from shouwang.department.taking import columns_of, columns_of_rows, rows_of_columns

KINDS = {
    "text": (pa.string(), st.text(max_size=5)),
    "day": (pa.date32(), st.dates()),
    "count": (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    "sum": (pa.decimal128(38, 0), st.integers(-(2**63), 2**63 - 1).map(Decimal)),
    "amount": (pa.decimal128(18, 2), st.decimals(-1000, 1000, places=2)),
    "known": (pa.bool_(), st.booleans()),
}


@pytest.mark.parametrize("gaps", [True, False])
@given(data=st.data())
def test_every_value_is_what_arrow_says(data: st.DataObject, gaps: bool) -> None:
    rows = data.draw(st.integers(1, 5))
    drawn = {name: (kind, _values(data, one, rows, gaps)) for name, (kind, one) in KINDS.items()}
    batch = pa.record_batch({name: pa.array(values, kind) for name, (kind, values) in drawn.items()})
    columns = columns_of(batch, whole={"sum", "count"})
    assert columns == {name: values for name, (_, values) in drawn.items()}
    whole = [value for value in columns["sum"] if value is not None]
    assert all(type(value) is int for value in whole)
    assert rows_of_columns(columns) == batch.to_pylist()
    assert columns_of_rows(rows_of_columns(columns)) == columns


def _values(data: st.DataObject, one: Any, rows: int, gaps: bool) -> list[Any]:
    return data.draw(st.lists(st.none() | one if gaps else one, min_size=rows, max_size=rows))


def test_each_hit_gets_its_own_values_and_the_rest_is_the_same() -> None:
    ground = {"name": "loss", "value": 1, "unit": "fen"}
    rest = {"name": "line", "value": 7, "unit": "fen"}
    part = {
        "rule": "S-05.loss",
        "risk": "L1",
        "period": "2021-11",
        "decision": {"verdict": "yes", "grounds": [ground, rest], "on": str(date(2021, 11, 30))},
        "persons": ["a", "b"],
        "regions": ["430426100200", None],
        "values": [[5, 6]],
    }
    first, second = unpacked(part)["hits"]
    assert [one["value"] for one in first["decision"]["grounds"]] == [5, 7]
    assert second == {
        "person": "b",
        "region": None,
        "decision": {**part["decision"], "grounds": [{**ground, "value": 6}, rest]},
    }
    assert part["decision"]["grounds"][0]["value"] == 1, "the model stays as it was"


def test_a_rule_that_shows_nothing_still_gives_each_hit_its_decision() -> None:
    part = {"rule": "r", "risk": "L1", "period": "2021", "decision": {"grounds": []}, "persons": ["a", "b"]}
    hits = unpacked({**part, "regions": [None, None], "values": []})["hits"]
    assert [hit["person"] for hit in hits] == ["a", "b"]
    assert all(hit["decision"] == {"grounds": []} for hit in hits)
