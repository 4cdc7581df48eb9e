"""The chain itself, without a store."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.store import KeyRing
from shouwang.store.canonical import canonical
from shouwang.store.chain import breaks, event_mac, sent_mac, signed, state_digest

DETAIL = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers() | st.text("xyz"), max_size=3)


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    return KeyRing.generate(tmp_path_factory.mktemp("chained") / "keys")


def chain(ring, details, agg_id="H1"):
    entries, previous = [], ""
    for seq, detail in enumerate(details, start=1):
        entries.append(
            signed(ring, "household", agg_id, {"seq": seq, "key": 1, "prev": previous, "d": detail})
        )
        previous = entries[-1]["mac"]
    return entries


@given(details=st.lists(DETAIL, max_size=8))
def test_an_untouched_chain_is_whole(ring, details):
    assert list(breaks(ring, "household", "H1", chain(ring, details))) == []


@settings(max_examples=60)
@given(details=st.lists(DETAIL, min_size=2, max_size=6), data=st.data())
def test_any_change_but_the_cutting_of_the_end_breaks_it(ring, details, data):
    entries = chain(ring, details)
    place = data.draw(st.integers(0, len(entries) - 1))
    other = data.draw(st.integers(0, len(entries) - 1).filter(lambda other: other != place))
    forged = copy.deepcopy(entries)
    change = data.draw(st.sampled_from(["edit", "drop", "swap", "repeat", "foreign", "extra"]))
    if change == "edit":
        forged[place]["d"] = {"forged": True}
    elif change == "drop":
        del forged[min(place, len(forged) - 2)]
    elif change == "swap":
        forged[place], forged[other] = forged[other], forged[place]
    elif change == "repeat":
        forged.insert(place, forged[place])
    elif change == "foreign":
        forged[place] = chain(ring, details, "H2")[place]
    else:
        forged[place]["more"] = 1
    assert list(breaks(ring, "household", "H1", forged))


@given(state=st.dictionaries(st.text(), st.integers()), region=st.text(), schema=st.integers(1, 9))
def test_a_digest_depends_on_state_region_and_schema_only(ring, state, region, schema):
    digest = state_digest(ring, region, schema, state)
    again = dict(reversed(list(state.items())))
    assert digest == state_digest(ring, region, schema, again)
    assert digest != state_digest(ring, region + "1", schema, state)
    assert digest != state_digest(ring, region, schema + 1, state)
    assert digest != state_digest(ring, region, schema, {**state, "more": 1})


def test_macs_of_different_purposes_never_meet(ring):
    assert len({sent_mac(ring, "a", "b", 1), sent_mac(ring, "a", "b", 2), sent_mac(ring, "a", "c", 1)}) == 3
    assert event_mac(ring, "a", "b", {"n": 1}) != event_mac(ring, "a", "c", {"n": 1})


def test_one_spelling_of_json():
    assert canonical({"b": [1, None, True], "a": "户"}) == '{"a":"户","b":[1,null,true]}'.encode()
    with pytest.raises(ValueError):
        canonical(float("nan"))
