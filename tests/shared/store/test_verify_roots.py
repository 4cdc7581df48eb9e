"""What only the daily root or the read log can tell: deleted, put back, another past."""

import gzip
from datetime import date

from shouwang.store import ReadLog, daily_root, verify

from tests.shared.store.altering import codes, document
from tests.shared.store.kit import ACTOR, DAY, change, stored


def test_a_deleted_aggregate_is_found_against_the_daily_root(db, filled, tmp_path):
    daily_root(db, tmp_path)
    filled.collection.delete_one({"_id": "H0003"})
    assert codes(db, tmp_path) == {("document.deleted", "H0003")}
    assert codes(db) == set()


def test_an_aggregate_put_back_to_an_older_state_is_found_against_the_daily_root(db, filled, tmp_path):
    older = document(filled, "H0002")
    change(filled, "H0002", category="b")
    daily_root(db, tmp_path)
    filled.collection.replace_one({"_id": "H0002"}, older)
    assert codes(db) == set()
    assert codes(db, tmp_path) == {("document.rolled_back", "H0002")}


def test_another_past_behind_the_same_number_of_entries_is_found(db, filled, tmp_path):
    older = document(filled, "H0002")
    change(filled, "H0002", category="b")
    daily_root(db, tmp_path)
    filled.collection.replace_one({"_id": "H0002"}, older)
    change(filled, "H0002", category="c")
    change(filled, "H0002", category="d")
    assert codes(db, tmp_path) == {("document.rolled_back", "H0002")}


def test_what_happens_after_the_root_is_no_alteration(db, filled, tmp_path):
    daily_root(db, tmp_path)
    stored(filled, 4)
    change(filled, "H0001", category="b")
    assert verify(db, tmp_path).ok


def test_the_newest_of_several_roots_counts(db, filled, tmp_path, clock):
    daily_root(db, tmp_path)
    clock.advance_to(date(2021, 6, 2))
    stored(filled, 4)
    folder = daily_root(db, tmp_path)
    assert len(list(folder.glob("heads-*.gz"))) == 1
    filled.collection.delete_one({"_id": "H0004"})
    report = verify(db, tmp_path)
    assert report.root == "2021-06-02"
    assert [finding.code for finding in report.findings] == ["document.deleted"]


def test_altered_roots_are_found(db, filled, tmp_path):
    folder = daily_root(db, tmp_path)
    daily_root(db, tmp_path)
    file = folder / "roots.jsonl"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0].replace('"count": 3', '"count": 2'), lines[1]]) + "\n")
    assert codes(db, tmp_path) == {("root.altered", "1")}
    file.write_text(lines[1] + "\n")
    assert codes(db, tmp_path) == {("root.altered", "1")}


def test_altered_or_missing_heads_are_found(db, filled, tmp_path):
    folder = daily_root(db, tmp_path)
    (file,) = folder.glob("heads-*.gz")
    rows = gzip.decompress(file.read_bytes()).splitlines()
    file.write_bytes(gzip.compress(b"\n".join(rows[:-1]) + b"\n"))
    assert codes(db, tmp_path) == {("root.heads_altered", file.name)}
    file.unlink()
    assert codes(db, tmp_path) == {("root.heads_missing", file.name)}


def test_no_root_at_all_is_said(db, filled, tmp_path):
    assert codes(db, tmp_path) == {("root.missing", db.name)}


def test_an_altered_or_missing_read_is_found(db, filled, tmp_path):
    reads = ReadLog(db)
    for subject in ("H0001", "H0002", "H0003"):
        reads.record(ACTOR, subject, "核实收入", DAY)
    daily_root(db, tmp_path)
    lines = db.collection("reads")
    second, third = reads.of_subject("H0002")[0], reads.of_subject("H0003")[0]
    lines.update_one({"_id": second["_id"]}, {"$set": {"subject": "H0009"}})
    assert codes(db, tmp_path) == {("reads.altered", second["_id"])}
    lines.delete_one({"_id": second["_id"]})
    assert codes(db, tmp_path) == {("reads.gap", second["writer"])}
    lines.insert_one(second)
    lines.delete_one({"_id": third["_id"]})
    assert codes(db) == set()
    assert codes(db, tmp_path) == {("reads.gap", third["writer"])}
    lines.delete_many({})
    assert codes(db, tmp_path) == {("reads.gap", third["writer"])}
