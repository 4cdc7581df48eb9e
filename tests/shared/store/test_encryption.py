"""Fields are sealed at rest; what looks personal cannot be stored in clear by mistake."""

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import ConfigurationError, Tampered
from shouwang.store import Event, Index, KeyRing
from shouwang.store.fields import FieldBox, open_state, seal_state
from shouwang.store.paths import compile_patterns, values_at

from tests.shared.store.kit import entry, household, id_number, stored

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc*", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    return KeyRing.generate(tmp_path_factory.mktemp("sealed") / "keys")


def test_nothing_personal_is_readable_in_the_stored_document(repo):
    stored(repo, 1)
    agg = repo.get("H0001")
    agg.record(entry("changed", "r-9"), [Event("household.changed", {"n": 1})], {"name": "张三丰"})
    repo.save(agg)
    raw = bson.encode(repo.collection.find_one({"_id": "H0001"}))
    for secret in ("张三丰", "13800000000", id_number(10), id_number(11)):
        assert secret.encode() not in raw
        assert secret[-6:].encode() not in raw
    assert b"illness" in raw  # what is not declared stays in clear


def test_the_same_value_never_looks_the_same(repo):
    stored(repo, 1)
    members = repo.collection.find_one({"_id": "H0001"})["state"]["members"]
    assert members[0]["name"] != members[1]["name"]
    assert members[0]["school"] is None  # unknown stays unknown


@given(state=st.dictionaries(st.sampled_from(["a", "b", "open"]), JSON))
def test_what_is_sealed_opens_again(ring, state):
    node = compile_patterns(["a", "b.*", "open.*.a"], [])
    box = FieldBox(ring, "household", "H1")
    sealed = seal_state(state, node, box)
    if state.get("a") is not None:
        assert isinstance(sealed["a"], bytes)
    through_the_store = bson.decode(bson.encode({"state": sealed}))["state"]
    assert open_state(through_the_store, box) == state


@given(value=JSON, position=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_does_not_open(ring, value, position, bit):
    box = FieldBox(ring, "household", "H1")
    sealed = bytearray(box.seal("a", value))
    sealed[2 + position % (len(sealed) - 2)] ^= 1 << bit
    with pytest.raises(Tampered):
        box.open("a", bytes(sealed))


def test_a_ciphertext_opens_only_where_it_was_written(ring, tmp_path):
    sealed = FieldBox(ring, "household", "H1").seal("a", "x")
    elsewhere = [("household", "H2", "a"), ("person", "H1", "a"), ("household", "H1", "b")]
    for kind, agg_id, path in elsewhere:
        with pytest.raises(Tampered) as caught:
            FieldBox(ring, kind, agg_id).open(path, sealed)
        assert caught.value.code == "store.cannot_open"
    with pytest.raises(Tampered, match="密钥"):
        FieldBox(KeyRing.generate(tmp_path / "other"), "household", "H1").open("a", sealed)


def test_patterns_reach_lists_dictionaries_and_named_keys_beside_a_star():
    node = compile_patterns(["*.phone", "head.name", "members.*"], ["*.name"])
    assert node.at("head").at("phone").encrypted
    assert node.at("head").at("name").encrypted and node.at("head").at("name").public
    assert not node.at("other").at("name").encrypted and node.at("other").at("name").public
    assert node.at("members").element().encrypted
    state = {"members": [{"id": "1"}, {"id": None}, {}], "by": {"x": {"id": "2"}}}
    assert list(values_at(state, ("members", "*", "id"))) == ["1"]
    assert list(values_at(state, ("by", "*", "id"))) == ["2"]


@pytest.mark.parametrize(
    "state",
    [
        {"head": {"name": "张三丰"}},
        {"contact_phone": "138"},
        {"members": [{"nested": [{"bank_account": "62"}]}]},
        {"姓名": "张三丰"},
        {"Illness": "x"},
        {"note": f"其身份证号为{id_number(1)}。"},
        {"list": [id_number(1)]},
    ],
    ids=lambda state: next(iter(state)),
)
def test_personal_data_that_no_pattern_covers_is_refused(repo, state):
    agg = repo.new("H0001", region="", state=state)
    agg.record(entry())
    with pytest.raises(ConfigurationError) as caught:
        repo.save(agg)
    assert caught.value.code == "store.personal_in_clear"
    assert "household/H0001" in caught.value.where
    assert "张三丰" not in str(caught.value) and id_number(1) not in str(caught.value)


@pytest.mark.parametrize(
    ("detail", "data", "agg_id"),
    [
        ({"name": "张三丰"}, {}, "H1"),
        ({"members": [{"phone": "1"}]}, {}, "H1"),
        ({"reason": f"{id_number(1)}重复"}, {}, "H1"),
        ({}, {"id_number": "x"}, "H1"),
        ({}, {"list": [f"{id_number(2)}"]}, "H1"),
        ({}, {}, id_number(3)),
    ],
)
def test_history_events_and_ids_hold_no_personal_data(repo, detail, data, agg_id):
    agg = repo.new(agg_id, region="", state={})
    agg.record(entry(**detail), [Event("household.changed", data)])
    with pytest.raises(ConfigurationError) as caught:
        repo.save(agg)
    assert caught.value.code == "store.personal_in_clear"
    assert id_number(1)[:17] not in str(caught.value) and id_number(3) not in str(caught.value)


def test_what_only_looks_personal_is_named_public(db):
    repo = db.repository("projects", kind="project", public=["name", "asset.name", "*.address"])
    agg = repo.new(
        "P1", region="", state={"name": "光伏电站", "asset": {"name": "电站"}, "site": {"address": "x"}}
    )
    agg.record(
        entry(name="光伏电站"), [Event("project.accepted", {"name": "光伏电站", "asset": {"name": "电站"}})]
    )
    repo.save(agg)
    assert repo.get("P1").state["name"] == "光伏电站"


def test_digits_that_are_no_id_number_pass(repo):
    wrong_check, serial = id_number(1)[:17] + "X", "430426100001202106010001"
    stored(repo, 1, note=f"{wrong_check} {serial}", digest="1" * 64)
    assert wrong_check in repo.get("H0001").state["note"]


def test_an_encrypted_field_cannot_be_an_index(db):
    with pytest.raises(ConfigurationError, match="加密字段"):
        db.repository("x", kind="x", encrypted=["members.*.name"], indexes=[Index("members.*.name")])


def test_a_lookup_finds_by_the_blind_index_only(repo):
    stored(repo, 1)
    stored(repo, 2)
    assert repo.find_one(blind=("id_number", id_number(20))).id == "H0002"
    assert repo.find_one(blind=("id_number", f" {id_number(20).lower()} ")).id == "H0002"
    assert repo.find_one(blind=("id_number", id_number(999))) is None
    assert household(2)["members"][0]["id_number"] == id_number(20)
    with pytest.raises(ConfigurationError) as caught:
        repo.find(blind=("phone", "138"))
    assert caught.value.code == "store.no_index"
