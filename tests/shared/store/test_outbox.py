"""Events wait with their aggregate until they were sent, in order."""

import pytest
from shouwang.errors import Tampered
from shouwang.store import Event

from tests.shared.store.kit import change, entry, stored


def ids(pending):
    return [event.id for event in pending.events]


def test_events_wait_until_they_are_marked_sent(db, repo):
    stored(repo)
    assert db.outbox.pending() == [] and db.outbox.count() == 0
    change(repo, "H0001", events=2, category="a")
    change(repo, "H0001", events=1, category="b")
    (waiting,) = db.outbox.pending()
    assert (waiting.collection, waiting.kind, waiting.aggregate_id) == ("households", "household", "H0001")
    assert waiting.region == "430426100001"
    assert [(event.number, event.version, event.data["n"]) for event in waiting.events] == [
        (1, 2, 0),
        (2, 2, 1),
        (3, 3, 0),
    ]
    first = waiting.events[0]
    assert (first.type, first.on, first.time) == (
        "household.changed",
        "2021-06-01",
        "2021-06-01T01:00:00.000+00:00",
    )
    assert first.actor["id"] == "u-1" and len({event.id for event in waiting.events}) == 3
    assert db.outbox.mark_sent(waiting, ids(waiting)[:2])
    (rest,) = db.outbox.pending()
    assert ids(rest) == ids(waiting)[2:]
    assert db.outbox.mark_sent(rest, ids(rest))
    assert db.outbox.pending() == [] and db.outbox.count() == 0


def test_marking_twice_changes_nothing(db, repo):
    stored(repo)
    change(repo, "H0001", events=2)
    (waiting,) = db.outbox.pending()
    assert db.outbox.mark_sent(waiting, ids(waiting))
    change(repo, "H0001", events=1)
    assert not db.outbox.mark_sent(waiting, ids(waiting))
    (rest,) = db.outbox.pending()
    assert [event.number for event in rest.events] == [3]
    assert repo.collection.find_one({"_id": "H0001"})["outbox_n"] == 1


def test_many_are_marked_at_once_and_what_another_relay_marked_stays(db, repo):
    for number in range(1, 4):
        stored(repo, number)
        change(repo, f"H000{number}", events=number)
    waiting = db.outbox.pending()
    assert db.outbox.mark_sent(waiting[1], ids(waiting[1]))
    change(repo, waiting[1].aggregate_id, events=1)
    change(repo, waiting[2].aggregate_id, events=1)
    assert db.outbox.mark_all_sent(waiting) == 2
    left = {one.aggregate_id: [event.number for event in one.events] for one in db.outbox.pending()}
    assert left == {"H0002": [3], "H0003": [4]}
    assert db.outbox.mark_all_sent([]) == 0


def test_a_save_between_pending_and_mark_keeps_its_events(db, repo):
    stored(repo)
    change(repo, "H0001", events=1)
    (waiting,) = db.outbox.pending()
    change(repo, "H0001", events=1)
    assert db.outbox.mark_sent(waiting, ids(waiting))
    (rest,) = db.outbox.pending()
    assert [event.number for event in rest.events] == [2]


def test_marking_does_not_make_a_loaded_aggregate_stale(db, repo):
    stored(repo)
    agg = change(repo, "H0001", events=1)
    (waiting,) = db.outbox.pending()
    db.outbox.mark_sent(waiting, ids(waiting))
    agg.record(entry(), [Event("household.changed")])
    repo.save(agg)
    assert [event.number for event in db.outbox.pending()[0].events] == [2]


def test_order_cannot_be_broken(db, repo):
    stored(repo)
    change(repo, "H0001", events=3)
    (waiting,) = db.outbox.pending()
    first, second, third = ids(waiting)
    for wrong in ([second], [first, third], []):
        with pytest.raises(ValueError, match="without a gap"):
            db.outbox.mark_sent(waiting, wrong)


def test_pages_span_all_collections_and_pass_over_what_is_stuck(db, repo):
    others = db.repository("cases", kind="case")
    db.ensure_indexes()
    for number in (1, 2):
        stored(repo, number)
        change(repo, f"H{number:04d}", events=1)
    case = others.new("C1", region="430426", state={})
    case.record(entry(), [Event("case.opened")])
    others.save(case)
    assert [waiting.key for waiting in db.outbox.pending()] == [
        ("households", "H0001"),
        ("households", "H0002"),
        ("cases", "C1"),
    ]
    assert len(db.outbox.pending(limit=2)) == 2
    stuck = {("households", "H0001")}
    assert [waiting.aggregate_id for waiting in db.outbox.pending(2, skip=stuck)] == ["H0002", "C1"]
    assert db.outbox.count() == 3


def test_an_altered_event_is_not_sent(db, repo):
    for number in (1, 2):
        stored(repo, number)
        change(repo, f"H{number:04d}", events=1)
    repo.collection.update_one({"_id": "H0001"}, {"$set": {"outbox.0.data.n": 7}})
    with pytest.raises(Tampered) as caught:
        db.outbox.pending()
    assert caught.value.code == "store.outbox_altered"
    place = (caught.value.details["collection"], caught.value.details["id"])
    assert [waiting.aggregate_id for waiting in db.outbox.pending(skip=[place])] == ["H0002"]


def test_a_relay_is_woken_by_saves_with_events_only(db, repo):
    woken = []
    db.outbox.subscribe(lambda: woken.append(1))
    stored(repo)
    assert woken == []
    change(repo, "H0001", events=1)
    assert woken == [1]
    repo.insert_many([])
    assert woken == [1]
    agg = repo.new("H0002", region="", state={"number": 2})
    agg.record(entry(), [Event("x")])
    repo.insert_many([agg])
    assert woken == [1, 1]


def test_a_refused_save_leaves_no_event(db, repo):
    stored(repo)
    stale = repo.get("H0001")
    change(repo, "H0001", category="a")
    stale.record(entry(), [Event("household.changed")])
    with pytest.raises(Exception, match="他人修改"):
        repo.save(stale)
    assert db.outbox.pending() == []
