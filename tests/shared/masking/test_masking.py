"""What may be shown of a person (N-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.masking import looks_personal, mask_id, mask_name, mask_phone, scrub

pytestmark = pytest.mark.rule("N-02")


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三丰", "张**"), ("李四", "李*"), ("欧阳修文", "欧***"), ("王", "*"), ("", ""), (" 张三 ", "张*")],
)
def test_only_the_first_character_of_a_name(name, masked):
    assert mask_name(name) == masked


def test_an_id_number_keeps_its_county_and_check_character():
    assert mask_id("11010519491231002X") == "110105***********X"
    assert mask_id("1101051949") == "**********"


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812345678", "138****5678"), ("6261234", "*****34"), ("110", "***"), ("", "")]
)
def test_a_phone(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    "text",
    [
        "身份证11010519491231002X。",
        "旧号110105491231002",
        "残疾证 11010519491231002X42",
        "卡号6222020200112233445",
        "电话：13812345678，",
    ],
)
def test_numbers_of_persons_are_found_and_scrubbed(text):
    assert looks_personal(text)
    assert not looks_personal(scrub(text))
    assert "[号码]" in scrub(text)


@pytest.mark.parametrize("second", "3456789")
def test_every_kind_of_mobile_number_is_scrubbed(second):
    assert scrub(f"1{second}012345678") == "[号码]"


@pytest.mark.parametrize(
    "text", ["430426001001", "2021-05-01T08:00:00.123Z", "650000", "湘委乡振组发〔2021〕1号", "12317"]
)
def test_region_codes_dates_and_amounts_stay(text):
    assert not looks_personal(text)
    assert scrub(text) == text


@given(st.text("0123456789Xx号a ", max_size=60))
def test_nothing_personal_is_left_after_scrubbing(text):
    assert not looks_personal(scrub(text))
