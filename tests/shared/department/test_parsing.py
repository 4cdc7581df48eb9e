"""Cells of a column: every spelling that offices use, every wrong one with its code, no float anywhere."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.department import code, date, money, number, place, text, whole, yes_no
from shouwang.department.mapping import UNITS, ColumnMapping
from shouwang.department.parsing import Surroundings, clean, parse

from tests.shared.department.water import id_number

JUNE = Surroundings(day(2021, 6, 30))


def parsed(column: Any, *cells: str, around: Surroundings = JUNE) -> tuple[list[Any], list[str | None]]:
    """Return the values, and for each cell the code of its first problem."""
    found = parse(column, {label: clean(cells) for label in column.labels}, around)
    codes: list[str | None] = [None] * len(cells)
    for problem in reversed(found.problems):
        for at, hit in enumerate(problem.rows.to_pylist()):
            codes[at] = problem.code if hit else codes[at]
    return found.values.to_pylist(), codes


@pytest.mark.parametrize(
    "cell",
    [
        "2021-06-03",
        "2021/6/3",
        "2021.6.3",
        "20210603",
        "2021年6月3日",
        "２０２１-06-03",
        " 2021-06-03 00:00:00",
    ],
)
def test_a_day_in_every_spelling(cell: str) -> None:
    assert parsed(date("日期"), cell) == ([day(2021, 6, 3)], [None])


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("2021-02-29", "date.form"),
        ("2021-13-01", "date.form"),
        ("2021-06-00", "date.form"),
        ("44348", "date.form"),
        ("明天", "date.form"),
        ("2021-07-01", "date.future"),
        ("1899-12-31", "date.too_early"),
        ("", "cell.missing"),
    ],
)
def test_an_impossible_day_is_named(cell: str, problem: str) -> None:
    assert parsed(date("日期"), cell)[1] == [problem]


def test_leap_days_exist_only_in_leap_years() -> None:
    values, problems = parsed(date("日期"), "2020-02-29", "2000-02-29", "1900-02-29", "2019-02-29")
    assert values[:2] == [day(2020, 2, 29), day(2000, 2, 29)]
    assert problems == [None, None, "date.form", "date.form"]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("6500", 650000),
        ("6,250.50", 625050),
        ("¥12.3", 1230),
        ("￥12", 1200),
        ("12元", 1200),
        ("１２．５", 1250),
        ("0.29", 29),
        ("1.500", 150),
        ("0", 0),
    ],
)
def test_an_amount_in_every_spelling(cell: str, fen: int) -> None:
    assert parsed(money("金额"), cell) == ([fen], [None])


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("一千", "money.form"),
        ("1.234", "money.form"),
        ("1e5", "money.form"),
        ("1,23", "money.form"),
        ("-5.00", "money.negative"),
        ("", "cell.missing"),
    ],
)
def test_a_wrong_amount_is_named(cell: str, problem: str) -> None:
    assert parsed(money("金额"), cell)[1] == [problem]


@given(st.integers(min_value=0, max_value=10**14))
def test_every_amount_keeps_its_fen(fen: int) -> None:
    assert parsed(money("金额"), f"{fen // 100}.{fen % 100:02d}")[0] == [fen]


def test_a_blank_is_zero_only_where_the_department_says_so() -> None:
    assert parsed(money("支付", blank=0), "") == ([0], [None])
    assert parsed(money("支付", optional=True), "") == ([None], [None])


def test_several_headings_are_summed() -> None:
    assert parsed(money("甲", "乙"), "1.01") == ([202], [None])


def test_numbers_labels_and_answers() -> None:
    assert parsed(whole("人数", least=1, most=20), "20", "21", "1.5")[1] == [
        None,
        "whole.range",
        "whole.form",
    ]
    assert parsed(number("面积"), "89.6", "89.666") == ([Decimal("89.60"), None], [None, "number.form"])
    assert parsed(yes_no("合格"), "是", "无", "√", "也许") == (
        [True, False, True, None],
        [None, None, None, "yes_no.form"],
    )
    labels = code("类别", {"门诊（慢）": "chronic", "住院": "inpatient"})
    assert parsed(labels, "门诊(慢)", "住院", "急诊") == (
        ["chronic", "inpatient", None],
        [None, None, "code.unknown"],
    )
    assert parsed(text("单号", longest=3), "ABC", "ABCD")[1] == [None, "text.too_long"]


def test_a_place_is_a_division_of_the_county() -> None:
    around = Surroundings(day(2021, 6, 30), pa.array(["430426106001"]))
    found = parsed(place("村"), "430426106001", "430426106999", "430426", around=around)
    assert found[1] == [None, "place.unknown", "place.form"]


def test_no_problem_repeats_the_cell() -> None:
    secret = "430426199001011234"
    for column in (date("甲"), money("甲"), whole("甲"), yes_no("甲"), place("甲"), number("甲")):
        found = parse(column, {"甲": clean([secret])}, JUNE)
        assert all(secret not in problem.text for problem in found.problems)


@pytest.mark.parametrize("cell", ["0001-01-01", "0900-01-01 00:00:00", "00000101", "1899-12-31"])
def test_a_day_long_ago_refuses_its_row_and_nothing_else(cell: str) -> None:
    values, codes = parsed(date("日期"), cell, "2021-06-01")
    assert (values[1], codes[1]) == (day(2021, 6, 1), None)
    assert codes[0] in {"date.too_early", "date.form"}


@pytest.mark.rule("S-03")
@pytest.mark.parametrize("form", ["{}", "户主{}", "W{}号", "{}42", "{} "])
def test_a_text_takes_no_id_number(form: str) -> None:
    column, number = text("备注", optional=True), id_number(7)
    cells = (form.format(number), form.format(number.lower()), "四三", "202106030000000012", "")
    assert parsed(column, *cells)[1] == ["text.personal", "text.personal", None, None, None]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("1.5", 1_500_000), ("1,500", 1_500_000_000), ("0.000001", 1), ("12", 12_000_000), ("０.５", 500_000)],
)
def test_an_amount_in_another_unit(cell: str, fen: int) -> None:
    cells = ColumnMapping(units={"费": UNITS["万元"]}).applied("费", clean([cell]))
    assert parsed(money("费"), cells[0].as_py())[0] == [fen]


@pytest.mark.parametrize(
    "cell", ["1,5", "1e3", "1_000", "1e999999", "Infinity", "5元", "¥5", "1,0000", "-3", "٣"]
)
def test_what_is_no_amount_is_refused_in_another_unit_too(cell: str) -> None:
    cells = ColumnMapping(units={"费": UNITS["万元"]}).applied("费", clean([cell]))
    assert parsed(money("费"), cells[0].as_py())[1][0] in {"money.form", "money.negative"}
