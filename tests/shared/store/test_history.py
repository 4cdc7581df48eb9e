"""History: a chain of entries, older ones in segments."""

import pytest
from shouwang.errors import Tampered
from shouwang.store import segments, verify

from tests.shared.store.kit import entry, stored


def grow(repo, agg, times):
    for number in range(times):
        agg.state["category"] = f"c{number}"
        agg.record(entry("changed", n=number))
        repo.save(agg)
    return agg


def test_each_entry_names_the_mac_of_the_one_before(repo):
    agg = grow(repo, stored(repo), 3)
    lines = repo.history(agg)
    assert [line["prev"] for line in lines] == ["", *(line["mac"] for line in lines[:-1])]
    assert agg.head.mac == lines[-1]["mac"]
    assert len({line["state"] for line in lines}) == 4


def test_older_entries_move_to_segments_and_all_are_read(repo, db):
    grow(repo, stored(repo), 200)
    agg = repo.get("H0001")
    assert len(agg.history) <= segments.KEPT + 1
    assert agg.segments == repo.segments.count_documents({"agg": "H0001"}) == 4
    lines = repo.history(agg)
    assert [line["seq"] for line in lines] == list(range(1, 202))
    assert [line["detail"]["n"] for line in lines[1:]] == list(range(200))
    assert verify(db).ok


def test_an_aggregate_kept_in_memory_and_a_loaded_one_agree_after_a_move(repo):
    kept = grow(repo, stored(repo), 55)
    loaded = repo.get("H0001")
    assert (kept.history, kept.segments, kept.head) == (loaded.history, loaded.segments, loaded.head)
    assert kept.segments == 1


def test_a_crash_between_segment_and_trim_loses_and_doubles_nothing(repo, db, monkeypatch):
    agg = grow(repo, stored(repo), segments.KEPT)
    agg.record(entry("moves"))
    with monkeypatch.context() as patched:
        patched.setattr(type(repo.collection), "update_one", _crash)
        with pytest.raises(KeyboardInterrupt):
            repo.save(agg)
    assert repo.segments.count_documents({}) == 1
    assert verify(db).ok
    grow(repo, repo.get("H0001"), 3)
    assert [line["seq"] for line in repo.history(repo.get("H0001"))] == list(range(1, segments.KEPT + 5))
    assert repo.segments.count_documents({}) == 1
    assert verify(db).ok


def test_a_segment_that_is_not_ours_is_not_taken_for_ours(repo):
    agg = grow(repo, stored(repo), segments.KEPT)
    repo.segments.insert_one({"_id": "H0001:0", "agg": "H0001", "n": 0, "entries": [{"seq": 1}]})
    agg.record(entry("moves"))
    with pytest.raises(Tampered) as caught:
        repo.save(agg)
    assert caught.value.code == "store.segment_altered"
    assert repo.get("H0001").version == segments.KEPT + 1


def test_a_missing_segment_is_named(repo):
    grow(repo, stored(repo), 60)
    repo.segments.delete_many({})
    with pytest.raises(Tampered, match="H0001:0"):
        repo.history(repo.get("H0001"))


def _crash(*_args, **_kwargs):
    raise KeyboardInterrupt
