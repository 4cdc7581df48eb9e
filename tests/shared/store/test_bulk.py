"""Imports: many at once, each with its history, repeatable."""

import pytest
from shouwang.errors import ConfigurationError, Conflict
from shouwang.store import Event, bulk, verify

from tests.shared.store.kit import entry, household, stored


def batch(repo, numbers, request_id="import-1"):
    made = []
    for number in numbers:
        agg = repo.new(f"H{number:04d}", region="430426100001", state=household(number))
        agg.record(entry("imported", request_id, batch="b1"), [Event("household.imported", {"n": number})])
        made.append(agg)
    return made


def test_many_are_stored_like_one(db, repo, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 25)
    aggs = batch(repo, range(2 * bulk.CHUNK + 20))
    assert repo.insert_many(aggs) == 2 * bulk.CHUNK + 20
    one, other = aggs[7], repo.get("H0007")
    assert (one.version, one.history, one.head, one.state) == (1, other.history, other.head, other.state)
    assert db.outbox.count() == 2 * bulk.CHUNK + 20
    report = verify(db)
    assert report.ok and report.checked["households"] == 2 * bulk.CHUNK + 20
    one.record(entry())
    assert repo.save(one).version == 2


def test_an_import_repeated_after_a_crash_adds_what_is_missing(repo):
    assert repo.insert_many(batch(repo, range(5))) == 5
    assert repo.insert_many(batch(repo, range(8))) == 3
    assert repo.count() == 8


def test_what_others_hold_is_named_and_the_rest_is_stored(repo):
    stored(repo, 2)
    with pytest.raises(Conflict) as caught:
        repo.insert_many(batch(repo, range(4)))
    assert caught.value.code == "store.duplicate"
    assert caught.value.details == {"ids": ["H0002"]}
    assert [agg.id for agg in repo.scan()] == ["H0000", "H0001", "H0002", "H0003"]
    assert repo.get("H0002").history[0]["action"] == "registered"


def test_a_taken_unique_field_is_named(repo):
    stored(repo, 2)
    aggs = batch(repo, [3])
    aggs[0].state["number"] = 2
    with pytest.raises(Conflict) as caught:
        repo.insert_many(aggs)
    assert caught.value.details == {"ids": ["H0003"]}


def test_only_new_ones(repo):
    agg = stored(repo, 1)
    agg.record(entry())
    with pytest.raises(ConfigurationError):
        repo.insert_many([agg])


def test_one_wrong_state_stores_nothing_of_its_chunk(repo):
    aggs = batch(repo, range(3))
    aggs[2].state["name"] = "张三丰"
    with pytest.raises(ConfigurationError):
        repo.insert_many(aggs)
    assert repo.count() == 0
