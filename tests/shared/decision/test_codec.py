"""Inputs as JSON and back, exactly; nothing that may not be recorded gets in."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.decision import YES, Ground, Input, recordable
from shouwang.decision.codec import decode, encode
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.periods import Month, Quarter, Window

from tests.shared.decision.example import Household

WORDS = st.text("abc病险一二", max_size=5)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | WORDS
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


@recordable("tests.colour")
class Colour(StrEnum):
    """A word of its own type."""

    RED = "red"


@given(VALUES)
def test_values_come_back_as_they_were(value):
    back = decode(json.loads(json.dumps(encode(value))))
    assert back == value
    assert repr(back) == repr(value), "a tuple stays a tuple, a decimal keeps its places"


@pytest.mark.parametrize(
    "value",
    [
        frozenset({"a", "b"}),
        Month(2021, 5),
        Quarter(2021, 2),
        Window(date(2021, 1, 1), date(2021, 1, 2)),
        Input(1, "村", date(2021, 1, 1), period=Window(date(2021, 1, 1), date(2021, 1, 2))),
        Household(registered=True, size=3),
        Ground("input", "a", "甲", Decimal("0.5")),
        YES,
        Colour.RED,
        {"members": [Household(registered=False, size=1)]},
    ],
)
def test_registered_types_come_back_as_their_type(value):
    back = decode(json.loads(json.dumps(encode(value))))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("value", [0.5, [1.0], {"a": {"b": 2.5}}, datetime(2021, 1, 1), b"x", object()])
def test_what_would_not_come_back_is_refused(value):
    with pytest.raises(BadRequest) as refused:
        encode(value)
    assert refused.value.code == "decision.input_type"


@pytest.mark.parametrize("key", [1, "$date", None])
def test_keys_are_plain_text(key):
    with pytest.raises(BadRequest):
        encode({key: 1})


@pytest.mark.rule("N-02")
@pytest.mark.parametrize(
    "value", ["11010519491231002X", ["身份证 11010519491231002x。"], {"11010519491231002X": 1}]
)
def test_an_id_number_is_never_recorded(value):
    with pytest.raises(BadRequest) as refused:
        encode(value)
    assert refused.value.code == "decision.personal_data"
    assert "19491231" not in str(refused.value)


def test_an_18_digit_case_number_is_no_id_number():
    assert encode("430426001001000001") == "430426001001000001"


def test_a_name_belongs_to_one_type():
    @dataclass(frozen=True)
    class Other:
        a: int

    with pytest.raises(ConfigurationError) as refused:
        recordable("tests.household")(Other)
    assert refused.value.code == "decision.record_name"
    with pytest.raises(ConfigurationError):
        decode({"$record": "tests.nobody", "fields": {}})
