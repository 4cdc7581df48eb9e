"""The inbox knows what was handled, however many handlers ask and mark at once."""

import eventlet


def test_each_handler_marks_an_event_once(db):
    assert not db.inbox.seen("a.hear", "e1")
    assert db.inbox.mark("a.hear", "e1")
    assert not db.inbox.mark("a.hear", "e1")
    assert db.inbox.seen("a.hear", "e1")
    assert not db.inbox.seen("b.hear", "e1")


def test_many_at_once_each_learn_of_their_own(db):
    db.inbox.mark("a.hear", "e3")
    events = [f"e{number % 6}" for number in range(12)]
    pool = eventlet.GreenPool(12)
    seen = list(pool.imap(lambda event: db.inbox.seen("a.hear", event), events))
    assert seen == [event == "e3" for event in events]
    new = list(pool.imap(lambda event: db.inbox.mark("a.hear", event), events))
    assert sum(new) == 5, "every event but e3 is new to exactly one of two"
    assert all(db.inbox.seen("a.hear", event) for event in events)
