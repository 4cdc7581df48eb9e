"""Sealed boxes: for one receiver only."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shouwang.errors import BadRequest
from shouwang.sealing import KeyPair, open_sealed, seal

OURS, OTHERS = KeyPair.generate(), KeyPair.generate()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
@settings(max_examples=50)
def test_the_receiver_reads_what_was_sealed(obj):
    assert open_sealed(OURS.private, seal(OURS.public_text, obj)) == obj


def test_raw_and_text_keys_are_the_same():
    private = base64.b64encode(OURS.private).decode()
    assert open_sealed(private, seal(OURS.public, {"ref": "p1"})) == {"ref": "p1"}
    assert KeyPair.from_private(private) == OURS


def test_nobody_else_opens_it():
    with pytest.raises(BadRequest) as refused:
        open_sealed(OTHERS.private, seal(OURS.public, ["张三"]))
    assert refused.value.code == "sealing.cannot_open"


def test_nothing_of_it_shows_and_no_two_look_alike():
    first, second = seal(OURS.public, "张三丰"), seal(OURS.public, "张三丰")
    assert first != second
    assert "张三丰".encode() not in base64.b64decode(first)


@pytest.mark.parametrize("where", [0, 40, -1])
def test_what_was_altered_does_not_open(where):
    raw = bytearray(base64.b64decode(seal(OURS.public, {"ref": 1})))
    raw[where] ^= 1
    with pytest.raises(BadRequest) as refused:
        open_sealed(OURS.private, base64.b64encode(raw).decode())
    assert refused.value.code == "sealing.cannot_open"


@pytest.mark.parametrize("text", ["", "不是", "AAAA", "x y"])
def test_what_is_no_sealed_box_does_not_open(text):
    with pytest.raises(BadRequest):
        open_sealed(OURS.private, text)


@pytest.mark.parametrize("key", [b"short", "AAAA", "不是"])
def test_a_wrong_key_is_named_so(key):
    with pytest.raises(BadRequest) as refused:
        seal(key, 1)
    assert refused.value.code == "sealing.key"


def test_the_private_key_does_not_show():
    assert repr(OURS.private) not in repr(OURS)
    assert "private" not in repr(OURS)
