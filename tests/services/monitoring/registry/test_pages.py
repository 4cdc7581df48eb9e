"""Pages of a town's households, however its numbers run: nobody is left out, nobody comes twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.store.aggregate import Entry
from shouwang.testing.context import FakeClock
from shouwang.testing.database import FakeDatabase

from services.monitoring.store.registry import RegistryStore

VILLAGES = ("430426100001", "430426100002")
NUMBERS = st.sets(
    st.one_of(st.integers(1, 30), st.integers(100, 112), st.sampled_from((9999, 10000, 100001))), max_size=30
)


def known(repo: Any, id: str, village: str) -> None:
    agg = repo.new(id, region=village, state={})
    agg.record(Entry("made", {"id": "u"}, date(2021, 6, 1), request_id=f"{id}"))
    repo.save(agg)


def registry(numbers: list[set[int]]) -> RegistryStore:
    store = RegistryStore()
    store.open_registry(FakeDatabase(FakeClock(date(2021, 6, 1))))
    for village, listed in zip(VILLAGES, numbers, strict=True):
        known(store.villages, village, village)
        for number in listed:
            known(store.households, f"{village}-{number:04d}", village)
    return store


@pytest.mark.rule("M-02")
@settings(deadline=None, max_examples=40)
@given(st.tuples(NUMBERS, NUMBERS), st.integers(1, 9))
def test_pages_together_are_every_household_in_order(numbers, limit):
    store = registry(list(numbers))
    read: list[str] = []
    while page := store.households_in("430426100", read[-1] if read else None, limit):
        read += [agg.id for agg in page]
        if len(page) < limit:
            break
    assert read == sorted(
        f"{village}-{number:04d}"
        for village, listed in zip(VILLAGES, numbers, strict=True)
        for number in listed
    )
