"""ID numbers and disability certificates (M-03); the numbers here are made up and belong to nobody known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import BadRequest
from shouwang.identity import check_character, parse_disability_card, parse_id, valid_id

pytestmark = pytest.mark.rule("M-03")

SPECIMEN = "11010519491231002X"  # the specimen that the standard itself prints


def with_check(first_17: str) -> str:
    return first_17 + check_character(first_17)


BIRTHS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
NUMBERS = st.builds(
    lambda area, born, order: with_check(f"{area:06d}{born:%Y%m%d}{order:03d}"),
    st.integers(110000, 659999),
    BIRTHS,
    st.integers(1, 999),
)


def refusal(text: str, **more) -> BadRequest:
    with pytest.raises(BadRequest) as refused:
        parse_id(text, **more)
    return refused.value


def test_the_specimen_of_the_standard():
    number = parse_id(SPECIMEN)
    assert (number.value, number.birth, number.sex) == (SPECIMEN, date(1949, 12, 31), "female")


def test_lower_case_and_blanks_are_the_same_number():
    assert parse_id(f" {SPECIMEN.lower()} ").value == SPECIMEN


def test_an_odd_order_is_male():
    assert parse_id(with_check("43042619900101001")).sex == "male"


def test_age_counts_completed_years():
    number = parse_id(with_check("43042620050615001"))
    assert number.age_on(date(2021, 6, 14)) == 15
    assert number.age_on(date(2021, 6, 15)) == 16


@given(NUMBERS)
def test_every_well_made_number_is_valid_and_gives_its_birth(number):
    assert valid_id(number)
    assert f"{parse_id(number).birth:%Y%m%d}" == number[6:14]


@given(NUMBERS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, by):
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = digits[(digits.index(number[place]) + by) % len(digits)]
    assert not valid_id(number[:place] + wrong + number[place + 1 :])


@given(NUMBERS, st.integers(0, 16))
def test_two_digits_swapped_are_always_found(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not valid_id(swapped)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("4304261990010100", "length"),
        ("430426900101001", "old_number"),
        ("43042619900101001A", "form"),
        ("043042199001010010", "form"),
        ("４３０４２６１９９００１０１００１１", "form"),
        ("110105194912310021", "checksum"),
        (with_check("43042619900230001"), "birth"),
        (with_check("43042619901301001"), "birth"),
    ],
)
def test_each_fault_has_its_code(text, code):
    assert refusal(text).code == f"identity.{code}"


def test_the_right_check_character_is_named():
    error = refusal("110105194912310021")
    assert "应为 X" in error.message
    assert error.details == {"expected": "X"}


def test_nobody_is_born_after_the_day():
    unborn = with_check("43042620220101001")
    assert refusal(unborn, on=date(2021, 12, 31)).code == "identity.birth_future"
    assert parse_id(unborn, on=date(2022, 1, 1)).birth == date(2022, 1, 1)


@given(st.text("0123456789Xx ", min_size=12, max_size=22))
def test_no_error_shows_any_part_of_the_number(text):
    try:
        parse_disability_card(text)
        number = parse_id(text)
    except BadRequest as error:
        told = str(error.to_dict()) + repr(error.__cause__)
        runs = [text[i : i + 6] for i in range(len(text) - 5)]
        assert not any(run in told for run in runs)
    else:
        assert number.value not in repr(number)


def test_the_repr_hides_number_and_birth():
    assert "1949" not in repr(parse_id(SPECIMEN))


def test_a_disability_certificate():
    card = parse_disability_card(f"{SPECIMEN}42", holder=SPECIMEN.lower())
    assert (card.category, card.grade, card.label) == (4, 2, "肢体残疾二级")
    assert card.id == parse_id(SPECIMEN)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SPECIMEN, "card_length"),
        (f"{SPECIMEN}82", "card_category"),
        (f"{SPECIMEN}02", "card_category"),
        (f"{SPECIMEN}45", "card_grade"),
        (f"{SPECIMEN}40", "card_grade"),
        (f"{SPECIMEN}4X", "card_grade"),
        ("11010519491231002142", "checksum"),
    ],
)
def test_each_fault_of_a_certificate_has_its_code(text, code):
    with pytest.raises(BadRequest) as refused:
        parse_disability_card(text)
    assert refused.value.code == f"identity.{code}"


def test_a_certificate_of_somebody_else_is_refused():
    with pytest.raises(BadRequest) as refused:
        parse_disability_card(f"{SPECIMEN}42", holder=with_check("43042619900101001"))
    assert refused.value.code == "identity.card_holder"
