"""New keys and new schemas, under running services."""

from datetime import date

import pytest
from shouwang.clock import SimulatedClock
from shouwang.errors import ConfigurationError, StaleVersion
from shouwang.store import Database, KeyRing, PrivateRows, migrate, rotate, verify

from tests.shared.store.kit import DAY, change, entry, household, households, id_number, stored


class Reopen:
    """The same database, opened again with another ring or another declaration."""

    def __init__(self, uri, name):
        self.uri, self.name, self.opened = uri, name, []

    def __call__(self, keys, **changed):
        db = Database(self.uri, self.name, keys, SimulatedClock(date(2021, 7, 1)))
        self.opened.append(db)
        return db, households(db, **changed)


@pytest.fixture
def reopen(mongo_uri, database):
    opening = Reopen(mongo_uri, database)
    yield opening
    for db in opening.opened:
        db.close()


def test_after_a_rotation_old_keys_can_go(reopen, keys_copy):
    db, repo = reopen(keys_copy)
    for number in (1, 2, 3):
        stored(repo, number)
    agg = repo.get("H0001")
    agg.record(entry("changed", "q-1"), result={"name": "张三丰"})
    repo.save(agg)
    PrivateRows(db).keep("b1", [{"姓名": "张三丰"}], DAY)
    before = repo.get("H0001")

    newer = keys_copy.rotate("data").rotate("blind")
    db, repo = reopen(newer)
    assert repo.get("H0002").state == household(2)
    assert repo.find_one(blind=("id_number", id_number(20))).id == "H0002"
    change(repo, "H0003", category="a")
    assert rotate(repo) == 3 - 1
    assert rotate(repo) == 0
    assert PrivateRows(db).rotate() == 1

    for name in ("data-1.key", "blind-1.key"):
        (newer.path / name).unlink()
    db.collection("meta").delete_one({"_id": "keys"})
    db, repo = reopen(KeyRing.from_dir(newer.path))
    after = repo.get("H0001")
    assert (after.state, after.version, after.history) == (before.state, before.version, before.history)
    assert after.remembered("q-1") == {"name": "张三丰"}
    assert repo.find_one(blind=("id_number", id_number(30))).id == "H0003"
    assert PrivateRows(db).rows("b1") == [{"姓名": "张三丰"}]
    assert verify(db).ok


def test_a_new_mac_key_carries_the_chain_on(reopen, keys_copy):
    _db, repo = reopen(keys_copy)
    stored(repo, 1)
    db, repo = reopen(keys_copy.rotate("mac"))
    change(repo, "H0001", events=1, category="a")
    assert [line["key"] for line in repo.get("H0001").history] == [1, 2]
    assert verify(db).ok


def test_a_writer_beside_a_rotation_loses_nothing(reopen, keys_copy):
    _db, repo = reopen(keys_copy)
    stored(repo, 1)
    loaded = repo.get("H0001")
    db, newer = reopen(keys_copy.rotate("data"))
    assert rotate(newer) == 1
    loaded.state["category"] = "a"
    loaded.record(entry())
    repo.save(loaded)
    assert newer.get("H0001").state["category"] == "a"
    assert rotate(newer) == 1
    assert verify(db).ok


def with_flag(state):
    return {**state, "flag": False}


def with_size(state):
    size = len(state["members"])
    return {**{key: value for key, value in state.items() if key != "flag"}, "size": size}


NEW = {"schema_version": 3, "migrations": {1: with_flag, 2: with_size}}


def test_an_older_document_is_read_in_the_newest_schema(reopen, ring):
    _db, repo = reopen(ring)
    stored(repo, 1)
    db, newer = reopen(ring, **NEW)
    agg = newer.get("H0001")
    assert (agg.state["size"], "flag" in agg.state, agg.version, agg.schema) == (2, False, 1, 3)
    assert newer.collection.find_one({"_id": "H0001"})["schema"] == 1
    assert list(newer.rows(["size", "category"])) == [
        {"id": "H0001", "region": "430426100001", "size": 2, "category": "marginal"}
    ]
    change(newer, "H0001", category="a")
    assert newer.collection.find_one({"_id": "H0001"})["schema"] == 3
    assert verify(db).ok


def test_migrate_brings_all_along_and_says_so_in_history(reopen, ring):
    _db, repo = reopen(ring)
    for number in (1, 2):
        stored(repo, number)
    db, newer = reopen(ring, **NEW)
    stored(newer, 3, size=2)
    assert migrate(newer) == 2
    assert migrate(newer) == 0
    line = newer.get("H0001").history[-1]
    assert (line["action"], line["detail"], line["on"]) == (
        "schema.migrated",
        {"from": 1, "to": 3},
        "2021-07-01",
    )
    assert newer.collection.find_one({"_id": "H0002"})["state"]["size"] == 2
    assert verify(db).ok


def test_a_save_beside_a_migration_wins(reopen, ring, monkeypatch):
    _db, repo = reopen(ring)
    stored(repo, 1)
    _db, newer = reopen(ring, **NEW)
    save = newer.save

    def overtaken(agg):
        monkeypatch.setattr(newer, "save", save)
        change(newer, "H0001", category="a")
        return save(agg)

    monkeypatch.setattr(newer, "save", overtaken)
    assert migrate(newer) == 0
    assert newer.get("H0001").state["category"] == "a"
    assert newer.collection.find_one({"_id": "H0001"})["schema"] == 3


def test_a_document_newer_than_the_program_is_refused(reopen, ring):
    _db, newer = reopen(ring, **NEW)
    stored(newer, 1, size=2)
    _db, repo = reopen(ring)
    with pytest.raises(ConfigurationError) as caught:
        repo.get("H0001")
    assert caught.value.code == "store.newer_schema"
    assert "household/H0001" in caught.value.where


def test_a_missing_migration_refuses_to_start(db):
    with pytest.raises(ConfigurationError, match="2→3"):
        households(db, schema_version=3, migrations={1: with_flag})


def test_an_old_writer_cannot_overwrite_a_migrated_document(reopen, ring):
    _db, repo = reopen(ring)
    stored(repo, 1)
    loaded = repo.get("H0001")
    _db, newer = reopen(ring, **NEW)
    migrate(newer)
    loaded.record(entry())
    with pytest.raises(StaleVersion):
        repo.save(loaded)
