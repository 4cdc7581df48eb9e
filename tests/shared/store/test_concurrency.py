"""Green threads on the same documents: no update is lost, no event doubled."""

import eventlet
import pytest
from shouwang.errors import Conflict, StaleVersion
from shouwang.store import Event, verify

from tests.shared.store.kit import entry, household, stored


def retrying(repo, id, request_id):
    while True:
        agg = repo.get(id)
        if agg.carried_out(request_id):
            return agg.remembered(request_id)
        agg.state["income_fen"] += 1
        agg.record(entry("added", request_id), [Event("household.changed")], agg.state["income_fen"])
        try:
            repo.save(agg)
        except StaleVersion:
            continue
        return agg.state["income_fen"]


def test_no_update_is_lost(db, repo):
    for number in range(4):
        stored(repo, number, income_fen=0)
    pool = eventlet.GreenPool(24)
    calls = [(repo, f"H{n % 4:04d}", f"q-{n}") for n in range(96)]
    results = list(pool.starmap(retrying, calls))
    for number in range(4):
        agg = repo.get(f"H{number:04d}")
        assert (agg.state["income_fen"], agg.version, agg.head.seq) == (24, 25, 25)
        assert sorted(results[number::4]) == list(range(1, 25))
    assert sum(len(waiting.events) for waiting in db.outbox.pending()) == 96
    assert verify(db).ok


def test_a_request_delivered_many_times_at_once_has_one_effect(db, repo):
    stored(repo, 1, income_fen=0)
    pool = eventlet.GreenPool(12)
    results = list(pool.starmap(retrying, [(repo, "H0001", "q-1")] * 12))
    assert set(results) == {1}
    assert repo.get("H0001").state["income_fen"] == 1
    assert len(db.outbox.pending()[0].events) == 1


def create(repo, request_id):
    agg = repo.new("H0001", region="430426100001", state=household(1))
    agg.record(entry("registered", request_id), [Event("household.registered")], request_id)
    return repo.save(agg).remembered(request_id)


def test_a_creation_delivered_many_times_at_once_happens_once(db, repo):
    pool = eventlet.GreenPool(12)
    results = list(pool.starmap(create, [(repo, "r-1")] * 12))
    assert results == ["r-1"] * 12
    assert repo.get("H0001").version == 1
    with pytest.raises(Conflict):
        create(repo, "r-2")


def test_relays_beside_writers_neither_lose_nor_reorder(db, repo):
    stored(repo, 1, income_fen=0)
    sent = []

    def relay():
        while len(sent) < 40:
            for waiting in db.outbox.pending():
                if db.outbox.mark_sent(waiting, [event.id for event in waiting.events]):
                    sent.extend(event.number for event in waiting.events)
            eventlet.sleep(0)

    relays = [eventlet.spawn(relay) for _ in range(3)]
    list(eventlet.GreenPool(8).starmap(retrying, [(repo, "H0001", f"q-{n}") for n in range(40)]))
    for thread in relays:
        thread.wait()
    assert sorted(sent) == list(range(1, 41))
    assert db.outbox.count() == 0 and verify(db).ok


def test_numbers_are_given_out_once(db):
    numbers = list(eventlet.GreenPool(16).imap(db.next_number, ["case"] * 40))
    assert sorted(numbers) == list(range(1, 41))
