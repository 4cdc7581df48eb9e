"""Every kind of alteration is found, and nothing is found where nothing was altered."""

import copy
import json

import pytest
from shouwang.errors import Tampered
from shouwang.store import Event, KeyRing, ReadLog, daily_root, verify

from tests.shared.store.altering import codes, document
from tests.shared.store.kit import ACTOR, DAY, change, entry, household


def forge(repo, id, **fields):
    assert repo.collection.update_one({"_id": id}, {"$set": fields}).modified_count == 1


def test_untouched_data_passes(db, filled, tmp_path):
    ReadLog(db).record(ACTOR, "H0001", "核实收入", DAY)
    daily_root(db, tmp_path)
    report = verify(db, tmp_path)
    assert report.ok, report.findings
    assert report.checked == {"households": 3, "reads": 1}
    assert report.root == "2021-06-01"


@pytest.mark.parametrize(
    "fields",
    [
        {"state.category": "marginal"},
        {"state.income_fen": 650001},
        {"state.extra": True},
        {"state.members.0.ref": "P9"},
        {"region": "430426100002"},
        {"schema": 0},
    ],
    ids=str,
)
def test_an_edited_state_is_found_and_refused_at_once(db, filled, fields):
    forge(filled, "H0002", **fields)
    assert codes(db) == {("state.altered", "H0002")}
    with pytest.raises(Tampered) as caught:
        filled.get("H0002")
    assert caught.value.code == "store.tampered"
    assert caught.value.where == "household/H0002"


def test_an_altered_state_cannot_be_laundered_by_a_lawful_save(db, filled):
    forge(filled, "H0002", **{"state.category": "marginal"})
    with pytest.raises(Tampered):
        change(filled, "H0002", category="x")


def test_a_removed_field_is_found(db, filled):
    filled.collection.update_one({"_id": "H0002"}, {"$unset": {"state.category": ""}})
    assert codes(db) == {("state.altered", "H0002")}


@pytest.mark.parametrize("name", ["action", "on", "at", "actor", "detail", "state", "emitted", "request_id"])
def test_an_edited_entry_is_found(db, filled, name):
    forge(filled, "H0002", **{f"history.0.{name}": "forged"})
    assert codes(db) == {("history.broken", "H0002")}


def test_a_dropped_entry_is_found(db, filled):
    history = document(filled, "H0001")["history"]
    forge(filled, "H0001", history=history[:3] + history[4:])
    assert ("history.broken", "H0001") in codes(db)


def test_a_history_cut_short_is_found(db, filled):
    history = document(filled, "H0002")["history"]
    forge(filled, "H0002", history=history[:-1])
    assert ("history.head", "H0002") in codes(db)


def test_two_entries_in_another_order_are_found(db, filled):
    history = document(filled, "H0001")["history"]
    history[2], history[3] = history[3], history[2]
    forge(filled, "H0001", history=history)
    assert ("history.broken", "H0001") in codes(db)


def test_histories_swapped_between_aggregates_are_found(db, filled):
    one, two = document(filled, "H0002"), document(filled, "H0003")
    forge(filled, "H0002", history=two["history"], head=two["head"])
    forge(filled, "H0003", history=one["history"], head=one["head"])
    assert {id for code, id in codes(db) if code == "history.broken"} == {"H0002", "H0003"}


def test_a_document_copied_under_another_id_is_found(db, filled):
    copied = {**document(filled, "H0002"), "_id": "H0009", "state": document(filled, "H0002")["state"]}
    copied["state"]["number"] = 9
    filled.collection.insert_one(copied)
    assert {id for _code, id in codes(db)} == {"H0009"}


def test_a_document_made_by_hand_is_found(db, filled):
    filled.collection.insert_one({"_id": "H0009", "v": 1, "region": "", "state": {"number": 9}})
    assert codes(db) == {("document.malformed", "H0009")}


def test_an_edited_segment_is_found(db, filled):
    filled.segments.update_one({"_id": "H0001:0"}, {"$set": {"entries.5.detail.n": 999}})
    assert codes(db) == {("history.broken", "H0001")}


def test_a_missing_segment_is_found(db, filled):
    filled.segments.delete_one({"_id": "H0001:0"})
    assert codes(db) == {("segment.missing", "H0001")}


def test_a_ciphertext_moved_to_another_person_is_found(db, filled):
    state = document(filled, "H0002")["state"]
    forge(filled, "H0002", **{"state.members.0.name": state["members"][1]["name"]})
    assert codes(db) == {("field.cannot_open", "H0002")}


def test_a_ciphertext_moved_to_another_household_is_found(db, filled):
    forge(filled, "H0002", **{"state.phone": document(filled, "H0003")["state"]["phone"]})
    assert codes(db) == {("field.cannot_open", "H0002")}


def test_an_older_ciphertext_put_back_is_found(db, filled):
    older = document(filled, "H0002")["state"]["phone"]
    change(filled, "H0002", phone="13900000000")
    forge(filled, "H0002", **{"state.phone": older})
    assert codes(db) == {("state.altered", "H0002")}


def test_an_altered_blind_index_is_found(db, filled):
    forge(filled, "H0002", blind=document(filled, "H0003")["blind"])
    assert codes(db) == {("blind.altered", "H0002")}


def test_an_altered_result_is_found(db, filled):
    agg = filled.get("H0002")
    agg.record(entry("changed", "q-9"), result={"granted": False})
    filled.save(agg)
    sealed = bytearray(document(filled, "H0002")["requests"][2]["result"])
    sealed[-1] ^= 1
    forge(filled, "H0002", **{"requests.2.result": bytes(sealed)})
    assert codes(db) == {("field.cannot_open", "H0002")}


@pytest.mark.parametrize(
    "tamper",
    [
        {"$set": {"outbox.0.data.n": 9}},
        {"$set": {"outbox.1.type": "household.removed"}},
        {"$pull": {"outbox": {"n": 1}}},
        {"$set": {"outbox": [], "outbox_n": 0}},
        {"$set": {"outbox_n": 0}},
        {"$set": {"sent": {"n": 2, "key": 1, "mac": "00"}, "outbox": [], "outbox_n": 0}},
    ],
    ids=str,
)
def test_an_altered_outbox_is_found(db, filled, tamper):
    filled.collection.update_one({"_id": "H0002"}, tamper)
    assert {code for code, _id in codes(db)} == {"outbox.altered"}


def test_a_forged_event_in_the_outbox_is_found(db, filled):
    event = {**document(filled, "H0002")["outbox"][1], "id": "forged", "n": 3}
    filled.collection.update_one({"_id": "H0002"}, {"$push": {"outbox": event}, "$inc": {"outbox_n": 1}})
    assert codes(db) == {("outbox.altered", "H0002")}


def test_nobody_forges_without_the_mac_key(db, filled, tmp_path):
    """A forger who has another ring, and writes everything as the suite would, is found."""
    other = KeyRing.generate(tmp_path / "other")
    codec = copy.copy(filled.codec)
    codec.keys = other
    agg = filled.new("H0009", region="430426100001", state={"number": 9})
    agg.record(entry("registered"), [Event("household.registered")])
    from shouwang.store.writing import inserted

    filled.collection.insert_one(inserted(codec, agg, codec.changes(agg)))
    assert {id for _code, id in codes(db)} == {"H0009"}


def test_a_report_is_json_without_personal_data(db, filled):
    forge(filled, "H0002", **{"state.category": "x"})
    text = json.dumps(verify(db).to_dict(), ensure_ascii=False)
    assert json.loads(text)["ok"] is False
    assert "H0002" in text
    assert household(2)["members"][0]["id_number"] not in text and "张三丰" not in text


def test_an_unknown_key_generation_is_named(db, filled):
    forge(filled, "H0002", **{"history.1.key": 9})
    assert codes(db) == {("key.missing", "H0002")}
