"""One atomic update: version, state, history, events, request memory."""

import pytest
from bson import ObjectId
from pymongo.monitoring import CommandListener
from shouwang.errors import ConfigurationError, Conflict, NotFound, StaleVersion, Unavailable
from shouwang.store import Database, Event, reaching

from tests.shared.store.kit import change, entry, household, households, stored


def test_what_was_saved_comes_back(repo):
    stored(repo)
    agg = repo.get("H0001")
    assert agg.state == household(1)
    assert (agg.id, agg.kind, agg.version, agg.region) == ("H0001", "household", 1, "430426100001")
    assert [(line["seq"], line["action"], line["on"]) for line in agg.history] == [
        (1, "registered", "2021-06-01")
    ]
    assert agg.history[0]["actor"]["id"] == "u-1"


def test_get_names_what_is_not_there(repo):
    with pytest.raises(NotFound) as caught:
        repo.get("H9999")
    assert caught.value.code == "store.not_found"
    assert repo.get_or_none("H9999") is None


def test_the_second_of_two_writers_is_stale_and_nothing_is_lost(repo):
    stored(repo)
    first, second = repo.get("H0001"), repo.get("H0001")
    first.state["category"] = "a"
    first.record(entry())
    repo.save(first)
    second.state["category"] = "b"
    second.record(entry())
    with pytest.raises(StaleVersion) as caught:
        repo.save(second)
    assert caught.value.code == "store.stale_version"
    assert repo.get("H0001").state["category"] == "a"
    assert repo.get("H0001").version == 2


def test_a_saved_aggregate_can_be_saved_again(repo):
    agg = stored(repo)
    agg.state["category"] = "a"
    agg.record(entry("first"))
    repo.save(agg)
    agg.state["category"] = "b"
    agg.record(entry("second"))
    repo.save(agg)
    loaded = repo.get("H0001")
    assert (loaded.version, loaded.state["category"]) == (3, "b")
    assert loaded.history == agg.history
    assert loaded.head == agg.head


def test_several_entries_of_one_save_share_a_version(repo):
    agg = stored(repo)
    agg.record(entry("one"))
    agg.record(entry("two"))
    repo.save(agg)
    assert [(line["seq"], line["v"]) for line in repo.get("H0001").history] == [(1, 1), (2, 2), (3, 2)]


def test_nothing_is_saved_without_saying_why(repo):
    agg = stored(repo)
    agg.state["category"] = "a"
    with pytest.raises(ConfigurationError) as caught:
        repo.save(agg)
    assert caught.value.code == "store.no_entry"
    assert repo.get("H0001").state["category"] == "marginal"


def test_a_deleted_aggregate_is_not_saved_back(repo):
    agg = stored(repo)
    repo.collection.delete_one({"_id": "H0001"})
    agg.record(entry())
    with pytest.raises(NotFound):
        repo.save(agg)


def test_a_creation_repeated_by_the_same_request_takes_over_what_stands(repo):
    first = repo.new("H0001", region="430426100001", state=household(1))
    first.record(entry("registered", "r-1"), [Event("household.registered")], {"household": "H0001"})
    repo.save(first)
    change(repo, "H0001", category="sudden")
    again = repo.new("H0001", region="430426100001", state=household(1))
    again.record(entry("registered", "r-1"), [Event("household.registered")], {"household": "H0001"})
    repo.save(again)
    assert (again.version, again.state["category"]) == (2, "sudden")
    assert again.remembered("r-1") == {"household": "H0001"}
    assert len(repo.collection.find_one({"_id": "H0001"})["outbox"]) == 1


def test_an_id_that_another_request_took_is_a_conflict(repo):
    stored(repo, 1)
    other = repo.new("H0001", region="430426100001", state=household(2))
    other.record(entry("registered", "r-2"))
    with pytest.raises(Conflict) as caught:
        repo.save(other)
    assert caught.value.code == "store.duplicate"
    assert caught.value.details == {"ids": ["H0001"]}


def test_a_unique_index_refuses_on_creation_and_on_change(repo):
    stored(repo, 1)
    stored(repo, 2)
    other = repo.new("H0003", region="430426100001", state=household(1))
    other.record(entry("registered", "r-3"))
    with pytest.raises(Conflict, match="占用"):
        repo.save(other)
    with pytest.raises(Conflict, match="占用"):
        change(repo, "H0002", number=1)


def test_a_request_is_remembered_with_its_result(repo):
    agg = stored(repo)
    agg.record(entry("changed", "r-2"), result={"case": "C1", "fen": 650000})
    repo.save(agg)
    loaded = repo.get("H0001")
    assert loaded.remembered("r-2") == {"case": "C1", "fen": 650000}
    assert loaded.carried_out("r-1") and loaded.remembered("r-1") is None
    assert not loaded.carried_out("r-3")


def test_the_newest_64_requests_are_remembered(repo):
    agg = stored(repo)
    for number in range(70):
        agg.record(entry("changed", f"q-{number}"))
        repo.save(agg)
    loaded = repo.get("H0001")
    assert list(loaded.requests) == [f"q-{number}" for number in range(6, 70)] == list(agg.requests)


def test_a_result_is_not_readable_in_the_store(repo):
    agg = stored(repo)
    agg.record(entry("changed", "r-2"), result={"name": "张三丰"})
    repo.save(agg)
    assert "张三丰".encode() not in repo.collection.find_one({"_id": "H0001"})["requests"][1]["result"]


def test_a_repeated_request_that_forgot_to_ask_is_stopped(repo):
    change_id = "r-7"
    stored(repo)
    change(repo, "H0001", change_id, category="a")
    with pytest.raises(Conflict) as caught:
        change(repo, "H0001", change_id, category="b")
    assert caught.value.code == "store.repeated_request"
    assert repo.get("H0001").state["category"] == "a"


@pytest.mark.parametrize(
    "value", [{1, 2}, ObjectId(), b"x", float("nan"), object()], ids=lambda v: str(type(v))
)
def test_a_state_holds_json_values_only(repo, value):
    agg = repo.new("H0001", region="", state={"what": value})
    agg.record(entry())
    with pytest.raises((TypeError, ValueError)) as caught:
        repo.save(agg)
    assert "household/H0001" in caught.value.__notes__[0]
    assert repo.count() == 0


class Commands(CommandListener):
    def __init__(self):
        self.names = []

    def started(self, event):
        self.names.append(event.command_name)

    def succeeded(self, event): ...

    def failed(self, event): ...


def test_a_save_is_one_round_trip(mongo_uri, database, ring, clock, monkeypatch):
    commands = Commands()
    monkeypatch.setattr(reaching, "_clients", {})
    client = reaching.MongoClient(mongo_uri, event_listeners=[commands])
    monkeypatch.setattr(reaching, "_connect", lambda uri: client)
    db = Database(mongo_uri, database, ring, clock)
    repo = households(db)
    commands.names.clear()
    agg = stored(repo)
    agg.record(entry(), [Event("household.changed")], {"ok": True})
    repo.save(agg)
    assert commands.names == ["insert", "update"]
    db.close()


def test_a_store_that_does_not_answer_is_unavailable(ring, clock, monkeypatch):
    monkeypatch.setattr(reaching, "SELECTION_SECONDS", 0.1)
    db = Database("mongodb://127.0.0.1:1/", "nowhere", ring, clock)
    repo = db.repository("households", kind="household")
    for attempt in (db.ping, db.ensure_indexes, lambda: repo.get("H1"), lambda: db.inbox.seen("h", "e")):
        with pytest.raises(Unavailable) as caught:
            attempt()
        assert caught.value.code == "store.unavailable"
        assert "MONGO_URI" in caught.value.remedy
    db.close()


def test_numbers_of_a_series_follow_each_other(db):
    assert [db.next_number("case:430426:2021") for _ in range(3)] == [1, 2, 3]
    assert db.next_number("case:430426:2022") == 1


def test_a_collection_is_declared_once(db, repo):
    with pytest.raises(ConfigurationError, match="声明了两次"):
        db.repository("households", kind="household")
