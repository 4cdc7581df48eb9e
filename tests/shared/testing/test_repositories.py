"""One suite against both repositories, fake and real: what a test relies on holds for the real one too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from shouwang.clock import SimulatedClock
from shouwang.errors import ConfigurationError, Conflict, NotFound, StaleVersion
from shouwang.store import Aggregate, Database, Entry, Event, Index, KeyRing
from shouwang.testing import FakeDatabase
from shouwang.testing.builders import id_number

DAY = date(2021, 6, 1)
ID_NUMBER = id_number(date(1960, 2, 3))


@pytest.fixture(params=["fake", "real"])
def db(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeDatabase(SimulatedClock(DAY))
        return
    keys = KeyRing.generate(tmp_path_factory.mktemp("keys") / "ring")
    uri, name = request.getfixturevalue("mongo_uri"), request.getfixturevalue("database")
    real = Database(uri, name, keys, SimulatedClock(DAY))
    yield real
    real.close()


@pytest.fixture
def repo(db: Any) -> Any:
    made = db.repository(
        "households",
        kind="household",
        encrypted=["members.*.name", "members.*.id_number"],
        blind={"id_number": "members.*.id_number"},
        indexes=[Index("state.category"), Index("state.number", unique=True)],
    )
    db.ensure_indexes()
    return made


def make(repo: Any, id: str, region: str = "430426100001", **state: Any) -> Aggregate:
    agg = repo.new(id, region=region, state={"category": "a", "number": id, "members": [], **state})
    agg.record(entry("made", f"make-{id}"), [Event("made", {"id": id})], {"id": id})
    repo.save(agg)
    return agg


def entry(action: str, request_id: str = "") -> Entry:
    return Entry(action, {"id": "u1"}, DAY, {"n": 1}, request_id)


def test_what_is_saved_is_loaded_with_history_and_remembered_request(repo: Any) -> None:
    make(repo, "H1")
    agg = repo.get("H1")
    assert (agg.version, agg.region, agg.state["category"]) == (1, "430426100001", "a")
    assert agg.remembered("make-H1") == {"id": "H1"} and agg.carried_out("make-H1")
    line = repo.history(agg)[0]
    assert (line["action"], line["on"], line["detail"], line["request_id"], line["seq"]) == (
        "made",
        "2021-06-01",
        {"n": 1},
        "make-H1",
        1,
    )


def test_who_comes_second_is_refused(repo: Any) -> None:
    make(repo, "H1")
    first, second = repo.get("H1"), repo.get("H1")
    first.record(entry("one", "r1"))
    repo.save(first)
    second.record(entry("two", "r2"))
    with pytest.raises(StaleVersion):
        repo.save(second)
    assert repo.get("H1").version == 2


def test_changes_to_a_loaded_aggregate_are_not_stored_before_save(repo: Any) -> None:
    make(repo, "H1")
    repo.get("H1").state["category"] = "changed"
    assert repo.get("H1").state["category"] == "a"


def test_nothing_is_saved_without_saying_what_was_done(repo: Any) -> None:
    with pytest.raises(ConfigurationError):
        repo.save(repo.new("H1", region="430426100001", state={"number": "H1"}))


def test_the_same_request_twice_is_refused_on_the_aggregate(repo: Any) -> None:
    make(repo, "H1")
    agg = repo.get("H1")
    with pytest.raises(Conflict):
        agg.record(entry("made", "make-H1"))


def test_a_creation_repeated_by_the_same_request_takes_over_what_is_stored(repo: Any) -> None:
    make(repo, "H1")
    again = make(repo, "H1", category="b")
    assert (again.version, again.state["category"]) == (1, "a")


def test_an_id_or_unique_field_that_is_taken_is_a_conflict(repo: Any) -> None:
    make(repo, "H1")
    other = repo.new("H1", region="430426100001", state={"number": "x"})
    other.record(entry("made", "another request"))
    with pytest.raises(Conflict):
        repo.save(other)
    same_number = repo.new("H2", region="430426100001", state={"number": "H1"})
    same_number.record(entry("made", "r3"))
    with pytest.raises(Conflict):
        repo.save(same_number)


def test_nothing_there_is_not_found(repo: Any) -> None:
    with pytest.raises(NotFound):
        repo.get("H9")
    assert repo.get_or_none("H9") is None


def test_find_by_field_region_and_page(repo: Any) -> None:
    for number in range(5):
        make(repo, f"H{number}", category="ab"[number % 2])
    make(repo, "H5", region="430426101001", category="a")
    assert [agg.id for agg in repo.find({"state.category": "a"})] == ["H0", "H2", "H4", "H5"]
    assert [agg.id for agg in repo.find({"category": "a"}, region="430426100")] == ["H0", "H2", "H4"]
    assert [agg.id for agg in repo.find(region="430426", after="H1", limit=2)] == ["H2", "H3"]
    assert repo.count({"category": "b"}) == 2
    assert repo.tally("state.category", region="430426100") == {"a": 3, "b": 2}
    assert list(repo.rows(["category"], region="430426101")) == [
        {"id": "H5", "region": "430426101001", "category": "a"}
    ]
    assert [agg.id for agg in repo.scan(region="430426101001")] == ["H5"]


def test_find_one_refuses_to_choose(repo: Any) -> None:
    make(repo, "H1")
    assert repo.find_one(where={"state.category": "a"}).id == "H1"
    assert repo.find_one(where={"state.category": "z"}) is None
    make(repo, "H2")
    with pytest.raises(Conflict):
        repo.find_one(where={"state.category": "a"})


def test_a_search_without_an_index_is_refused(repo: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        repo.find({"state.size": 3})
    assert caught.value.code == "store.no_index"


def test_people_are_found_by_their_number(repo: Any) -> None:
    make(repo, "H1", members=[{"name": "测甲", "id_number": ID_NUMBER}])
    assert [agg.id for agg in repo.find(blind=("id_number", ID_NUMBER))] == ["H1"]
    assert repo.holders("id_number", [ID_NUMBER, "x"]) == {ID_NUMBER: ["H1"]}
    assert repo.get("H1").state["members"][0]["id_number"] == ID_NUMBER


@pytest.mark.parametrize(
    ("state", "detail", "data"),
    [
        ({"phone": "1"}, {}, {}),
        ({"note": f"见 {ID_NUMBER}"}, {}, {}),
        ({}, {"id_number": "x"}, {}),
        ({}, {}, {"note": ID_NUMBER}),
    ],
)
def test_personal_data_in_clear_is_refused(repo: Any, state: Any, detail: Any, data: Any) -> None:
    agg = repo.new("H1", region="430426100001", state={"number": "H1", **state})
    agg.record(Entry("made", {"id": "u"}, DAY, detail, "r"), [Event("made", data)])
    with pytest.raises(ConfigurationError) as caught:
        repo.save(agg)
    assert caught.value.code == "store.personal_in_clear"


def test_many_are_inserted_once(repo: Any) -> None:
    def fresh() -> list[Aggregate]:
        aggs = [repo.new(f"H{n}", region="430426100001", state={"number": n}) for n in range(3)]
        for agg in aggs:
            agg.record(entry("imported", "batch-1"))
        return aggs

    assert repo.insert_many(fresh()) == 3
    assert repo.insert_many(fresh()) == 0
    assert repo.count(region="430426") == 3


def test_numbers_and_the_inbox_count_on(db: Any) -> None:
    assert [db.next_number("case"), db.next_number("case"), db.next_number("plan")] == [1, 2, 1]
    assert not db.inbox.seen("h", "e1")
    assert db.inbox.mark("h", "e1")
    assert db.inbox.seen("h", "e1") and not db.inbox.mark("h", "e1")


def test_a_collection_is_declared_once(db: Any) -> None:
    db.repository("x", kind="x")
    with pytest.raises(ConfigurationError):
        db.repository("x", kind="x")
