"""New keys: what an older generation wrote is written anew, and the older one is needed no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.clock import SystemClock
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.service import Service
from shouwang.store import Database, Entry, KeyRing

from deploy.tools.rotate import new_generation, rewrite

ACTOR = {"id": "a", "org": "430426", "level": "county", "region": "430426", "roles": ["county_officer"]}


class People:
    """One repository with something to hide."""

    def __init__(self, db: Database) -> None:
        self.people = db.repository("people", kind="person", encrypted=["phone"], blind={"phone": "phone"})


def service_on(database: str) -> type[Service]:
    return type("Some", (Service,), {"name": database, "store": People})


def ring(secrets: Path, service: str) -> KeyRing:
    return KeyRing.from_dir(secrets / "keys" / service / service)


@pytest.fixture
def secrets(tmp_path: Path, database: str) -> Path:
    """A folder of secrets with the ring of one service."""
    KeyRing.generate(tmp_path / "keys" / database / database)
    return tmp_path


@pytest.mark.parametrize("purpose", ["data", "blind"])
def test_the_older_key_is_needed_no_more(secrets: Path, mongo_uri: str, database: str, purpose: str) -> None:
    _write_person(ring(secrets, database), mongo_uri, database)
    assert new_generation(secrets, database, purpose) == 2
    assert rewrite(service_on(database), mongo_uri, ring(secrets, database)) == 1
    assert rewrite(service_on(database), mongo_uri, ring(secrets, database)) == 0
    (secrets / "keys" / database / database / f"{purpose}-1.key").unlink()
    db = Database(mongo_uri, database, ring(secrets, database), SystemClock())
    try:
        found = People(db).people.find_one(blind=("phone", "13800000000"))
        assert found is not None and found.state["phone"] == "13800000000"
    finally:
        db.close()


def test_there_is_no_other_kind_of_key(secrets: Path, database: str) -> None:
    with pytest.raises(BadRequest, match="data、blind、mac"):
        new_generation(secrets, database, "master")


def test_a_service_without_a_ring_is_refused(secrets: Path) -> None:
    with pytest.raises(ConfigurationError):
        new_generation(secrets, "nobody", "data")


def _write_person(keys: KeyRing, uri: str, name: str) -> None:
    db = Database(uri, name, keys, SystemClock())
    try:
        people = People(db).people
        agg = people.new("P1", region="430426", state={"phone": "13800000000"})
        agg.record(Entry("person.made", ACTOR, db.clock.today(), {}, "r1"), events=[])
        people.save(agg)
    finally:
        db.close()
