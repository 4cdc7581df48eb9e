"""The 附件2 workbook: what is read, what holds a household, what is unknown (M-02, M-03)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.registry import roster
from services.monitoring.domain.registry.roster_form import BY_FIELD, COLUMNS, HEADINGS
from tests.services.monitoring.sheet import FRAME, household, id_number, row, spoil

NOT_ALWAYS = ("address", "sex", "resettlement_site", "other_risk")
"""Columns that need not be filled in: another answers for them, or they do not apply."""


def read_one(rows: list[dict[str, Any]]) -> roster.RosterHousehold:
    (only,) = roster.read(rows, FRAME)
    return only


def codes(one: roster.RosterHousehold) -> list[str]:
    return [problem.code for problem in one.problems]


@pytest.mark.rule("M-02")
def test_a_sound_household_is_read_whole():
    one = read_one(household(7, 2))
    assert (one.id, one.row_numbers, one.problems) == ("430426100001-0007", [2, 3, 4], ())
    assert one.state["kind"] == "ex_poor"
    assert one.state["risks"] == ["illness"]
    assert one.state["figures"]["business"] == {
        "fen": 800050,
        "from": "2020-07-01",
        "to": "2021-06-30",
        "giver": "村信息采集人",
        "on": "2021-06-10",
    }
    head = one.state["members"][0]
    assert head["ref"] == "430426100001-0007-01"
    assert (head["birth"], head["sex"], head["work_months"]) == ("1970-01-01", "female", "3.5")
    assert one.state["unknown"] == []


@pytest.mark.rule("M-02")
@pytest.mark.parametrize(
    "column",
    [
        column
        for column in COLUMNS
        if column.kind != "codes" and not column.required and column.field not in NOT_ALWAYS
    ],
)
def test_a_blank_cell_is_unknown_and_on_the_worklist(column):
    if column.field == "relation":
        rows, path = spoil(household(1, 2), 1, relation=""), "members.02.relation"
    else:
        rows = spoil(household(1, 2), 0, **{column.field: " "})
        path = column.field if column.level == "household" else f"members.01.{column.field}"
    one = read_one(rows)
    assert one.problems == ()
    assert one.state["unknown"] == [path]


@pytest.mark.rule("M-03")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (id_number(11)[:17] + ("0" if id_number(11)[17] != "0" else "1"), "identity.checksum"),
        (id_number(11)[:17], "identity.length"),
        (id_number(11, "19700231"), "identity.birth"),
        (id_number(11, "20300101"), "identity.birth_future"),
        (id_number(11) + "42", None),
        (id_number(11) + "98", "identity.card_category"),
    ],
)
def test_a_number_of_a_person_is_checked(text, code):
    one = read_one(spoil(household(1, 2), 1, id_number=text))
    assert codes(one) == ([code] if code else [])
    assert all(text not in problem.problem for problem in one.problems)


def test_a_disability_certificate_keeps_category_and_grade():
    one = read_one(spoil(household(1, 2), 1, id_number=id_number(11) + "42"))
    assert one.state["members"][1]["disability"] == {"category": 4, "grade": 2}
    assert one.state["members"][1]["id_number"] == id_number(11)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("wages", "一万二", "roster.not_a_number"),
        ("wages", "-5", "roster.negative"),
        ("wages", "12.345", "roster.not_a_number"),
        ("work_months", "13", "roster.months"),
        ("work_months", "3.2", "roster.months"),
        ("work_months", "半年", "roster.not_a_number"),
        ("work_months", "NaN", "roster.not_a_number"),
        ("health", "很好", "roster.unknown_label"),
        ("risks", "因病、因懒", "roster.unknown_label"),
        ("medical_insurance", "有", "roster.yesno"),
        ("collected_on", "2021-02-30", "roster.bad_date"),
        ("collected_on", "2021-07-06", "roster.future_date"),
        ("village", "430426100002", "roster.wrong_village"),
        ("village", "", "roster.required"),
        ("village", "祁东县", "roster.village_code"),
        ("phone", "无", "roster.phone"),
        ("name", "某\x00人", "roster.control"),
    ],
)
def test_a_cell_that_cannot_be_true_holds_the_whole_household(field, text, code):
    bad, good = spoil(household(1, 2), 0, **{field: text}), household(2, 5)
    held, other = roster.read(bad + good, FRAME)
    assert codes(held) == [code]
    assert (held.problems[0].row, held.problems[0].column) == (2, BY_FIELD[field].heading)
    assert other.problems == ()


def test_the_message_suggests_the_label_that_was_meant():
    one = read_one(spoil(household(1, 2), 0, health="长期慢性"))
    assert "是否为“长期慢性病”" in one.problems[0].problem


def test_a_household_has_exactly_one_head():
    assert codes(read_one(spoil(household(1, 2), 0, relation="其他"))) == ["roster.no_head"]
    assert codes(read_one(spoil(household(1, 2), 2, relation="本人或户主"))) == ["roster.two_heads"]


def test_the_same_person_twice_in_a_household_holds_it():
    one = read_one(spoil(household(1, 2), 2, id_number=id_number(11)))
    assert codes(one) == ["roster.person_twice"]
    assert one.problems[0].row == 4


def test_the_same_person_in_two_households_holds_both():
    rows = household(1, 2) + spoil(household(2, 5), 1, id_number=id_number(12)) + household(3, 8)
    first, second, third = roster.read(rows, FRAME)
    assert codes(first) == codes(second) == ["roster.person_in_two_households"]
    assert (first.problems[0].row, second.problems[0].row, third.problems) == (4, 6, ())
    assert second.id in first.problems[0].problem


def test_a_person_whom_the_registry_has_elsewhere_holds_only_the_newcomers():
    households = roster.read(household(1, 2) + household(2, 5), FRAME)
    first, second = roster.hold_known_elsewhere(
        households, {id_number(11): "430426100009-0001", id_number(20): households[1].id}
    )
    assert codes(first) == ["roster.person_in_two_households"]
    assert second.problems == ()


def test_a_row_without_a_number_holds_the_household_above_it():
    rows = [*household(1, 2), row(5, "", name="测试乙", relation="之子"), *household(2, 6)]
    held, other = roster.read(rows, FRAME)
    assert (held.row_numbers, codes(held)) == ([2, 3, 4, 5], ["roster.required"])
    assert other.problems == ()


def test_household_cells_that_differ_within_the_household_hold_it():
    one = read_one(spoil(household(1, 2), 1, wages="999"))
    assert codes(one) == ["roster.household_differs"]
    assert read_one(spoil(household(1, 2), 1, wages="12000")).problems == ()


def test_a_wrong_file_is_known_by_its_missing_columns():
    assert roster.missing_columns(HEADINGS) == []
    assert roster.missing_columns([h for h in HEADINGS if h != "姓名"]) == ["姓名"]


def test_rows_of_a_household_may_lie_apart():
    first, second = household(1, 2), household(2, 5)
    one, _ = roster.read([*first[:2], *second, first[2]], FRAME)
    assert one.row_numbers == [2, 3, 4]
    assert one.problems == ()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from([c.field for c in COLUMNS]), st.text(max_size=12)))
)
def test_every_row_ends_either_in_the_registry_or_held_never_half(spoils):
    rows = household(1, 2) + household(2, 5)
    for index, field, text in spoils:
        rows = spoil(rows, index, **{field: text})
    households = roster.read(rows, FRAME)
    assert sorted(number for one in households for number in one.row_numbers) == [2, 3, 4, 5, 6, 7]
    for one in households:
        assert len(one.state["members"]) == len(one.rows)
        assert all(problem.row in one.row_numbers for problem in one.problems)
