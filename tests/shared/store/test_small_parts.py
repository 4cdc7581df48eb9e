"""Inbox, read log, rejected rows."""

from datetime import UTC, date, datetime

import bson
import pytest
from pymongo.errors import AutoReconnect
from shouwang.errors import ConfigurationError, Unavailable
from shouwang.store import PrivateRows, ReadLog, verify

from tests.shared.store.kit import ACTOR, DAY, id_number


@pytest.fixture
def reads(db):
    db.ensure_indexes()
    return ReadLog(db)


@pytest.fixture
def rows(db):
    db.ensure_indexes()
    return PrivateRows(db)


def test_an_event_is_marked_once_for_each_handler(db):
    assert not db.inbox.seen("assistance.plan", "e-1")
    assert db.inbox.mark("assistance.plan", "e-1")
    assert not db.inbox.mark("assistance.plan", "e-1")
    assert db.inbox.seen("assistance.plan", "e-1")
    assert not db.inbox.seen("notify.tell", "e-1")


def test_old_marks_can_be_forgotten(db, clock):
    db.inbox.mark("h", "e-1")
    clock.advance_to(date(2021, 8, 1))
    db.inbox.mark("h", "e-2")
    assert db.inbox.forget(datetime(2021, 7, 1, tzinfo=UTC)) == 1
    assert (db.inbox.seen("h", "e-1"), db.inbox.seen("h", "e-2")) == (False, True)


def test_every_read_says_who_whom_why_when(reads):
    reads.record(ACTOR, "H0001", "核实收入", DAY)
    reads.record_many(ACTOR, ["H0001", "H0002"], "部门比对", DAY)
    lines = reads.of_subject("H0001")
    assert [(line["actor"]["id"], line["purpose"], line["on"], line["n"]) for line in lines] == [
        ("u-1", "核实收入", "2021-06-01", 1),
        ("u-1", "部门比对", "2021-06-01", 2),
    ]
    assert [line["subject"] for line in reads.by_actor("u-1")] == ["H0001", "H0001", "H0002"]


@pytest.mark.parametrize(("subject", "purpose"), [(id_number(1), "x"), ("H1", f"查{id_number(1)}")])
def test_the_read_log_takes_no_id_number(reads, subject, purpose):
    with pytest.raises(ConfigurationError):
        reads.record(ACTOR, subject, purpose, DAY)


def test_a_read_that_could_not_be_written_is_refused_and_leaves_no_gap(db, reads, monkeypatch):
    def lost(*_args, **_kwargs):
        raise AutoReconnect("gone")

    reads.record(ACTOR, "H0001", "核实收入", DAY)
    with monkeypatch.context() as patched:
        patched.setattr(type(db.collection("reads")), "insert_many", lost)
        with pytest.raises(Unavailable):
            reads.record(ACTOR, "H0002", "核实收入", DAY)
    assert verify(db).ok
    reads.record(ACTOR, "H0003", "核实收入", DAY)
    assert reads.of_subject("H0002") == []
    assert db.collection("reads").count_documents({}) == 3
    assert verify(db).ok


def test_a_read_whose_confirmation_was_lost_is_kept(db, reads, monkeypatch):
    insert_many = type(db.collection("reads")).insert_many

    def lost(self, lines):
        insert_many(self, lines)
        raise AutoReconnect("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(db.collection("reads")), "insert_many", lost)
        with pytest.raises(Unavailable):
            reads.record(ACTOR, "H0002", "核实收入", DAY)
    reads.record(ACTOR, "H0003", "核实收入", DAY)
    assert len(reads.of_subject("H0002")) == 1
    assert verify(db).ok


ROWS = [{"行号": 37, "姓名": "张三丰", "身份证号": id_number(1)}, {"行号": 38, "姓名": "李四"}]


def test_rejected_rows_are_sealed_and_come_back_in_order(db, rows):
    rows.keep("b1", ROWS, date(2021, 7, 1))
    rows.keep("b1", ROWS, date(2021, 7, 1))
    rows.keep("b2", [], date(2021, 7, 1))
    assert rows.rows("b1") == ROWS
    assert rows.rows("b2") == []
    for doc in db.collection("private_rows").find({}):
        assert "张".encode() not in bson.encode(doc) and id_number(1).encode() not in bson.encode(doc)


def test_rejected_rows_are_purged_after_their_day(rows):
    rows.keep("b1", ROWS, date(2021, 7, 1))
    rows.keep("b2", ROWS[:1], date(2021, 8, 1))
    assert rows.purge(date(2021, 7, 1)) == 0
    assert rows.purge(date(2021, 7, 2)) == 2
    assert rows.rows("b1") == [] and rows.rows("b2") == ROWS[:1]
