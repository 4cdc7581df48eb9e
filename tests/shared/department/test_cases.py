"""Cases of a plugin: they hold, or say what came out instead; what is misspelt is refused with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shouwang.department.caserunning import run
from shouwang.department.cases import cases_of
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError
from shouwang.testing.contract_kit import check

from tests.shared.department.water import write_plugin

MEASURE, RULE, FACT = "cases/filter_for.yaml", "cases/unsafe_water.yaml", "cases/supply.yaml"


def outcomes(folder: Path, duck: Duck) -> list[str]:
    plugin = Plugin.load(folder)
    return [problem for case in cases_of(plugin) if (problem := run(plugin, case, duck))]


def test_the_cases_of_the_sample_hold(folder: Path, duck: Duck) -> None:
    assert outcomes(folder, duck) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (MEASURE, "entitled: 300", "entitled: 300.01", "应为 30001 分，却是 30000 分"),
        (MEASURE, "{entitled: 300}", "{not_entitled: 合格}", "应为 not_entitled，却是 entitled"),
        (MEASURE, "entitled: 300", "entitled: 300, receiving: true", "正在享受应为 True，却是 None"),
        (MEASURE, "turbidity: 9", "turbidity: 3", "应为 entitled，却是 not_entitled（水质合格）"),
        (MEASURE, ", turbidity: 9", "", "应为 entitled，却是 unknown（缺少“浑浊度”）"),
        (MEASURE, "turbidity: 9", "water_tests: [{period: 2021-06, turbidity: 3}]", "（水质合格）"),
        (MEASURE, "turbidity: 9", "water_tests: []", "却是 unknown（没有“水质检测”数据"),
        (MEASURE, "2021-06-30", "2023-06-30", "却是 unknown（浑浊度限值"),
        (
            RULE,
            "clue: {turbidity: 9}",
            "clue: {turbidity: 8}",
            "应为 {'turbidity': 8}，却是 {'turbidity': 9}",
        ),
        (RULE, "clue: {turbidity: 9}", "no_clue: true", "应为 no_clue，却是 clue"),
        (RULE, "[{period: 2021-06, turbidity: 9}]", "[]", "应为 clue，却是 no_clue"),
        (FACT, "tests: 2}", "tests: 3}", "应为 {'tests': 3}，却是 {'tests': 2}"),
        (FACT, "{answered: {tests: 2}}", "{unknown: 水质}", "应为 unknown，却是 answered（{'tests': 2}）"),
        (FACT, "tests: 2}", "tests: null}", "应为 {'tests': None}，却是 {'tests': 2}"),
    ],
)
def test_a_case_that_does_not_hold_says_what_came_out(
    file: str, old: str, new: str, problem: str, tmp_path: Path, duck: Duck
) -> None:
    (found,) = outcomes(write_plugin(tmp_path / "water", (file, old, new)), duck)
    assert problem in found


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (MEASURE, "turbidity: 9", "turbidty: 9", "given 的“turbidty”没有意义。 是否为 “turbidity”？"),
        (MEASURE, "as_of:", "asof:", "键“asof”未知。 是否为 “as_of”？"),
        (MEASURE, "  rule: A-07\n", "", "案例缺少 rule"),
        (MEASURE, "entitled:", "entitld:", "expect 应只写一种结果。 是否为 “entitled”？"),
        (MEASURE, "filter_price: 300", 'filter_price: "三百"', "金额“三百”应写成元"),
        (RULE, "turbidity: 9}]", "turbidty: 9}]", "水质检测没有列“turbidty”。 是否为 “turbidity”？"),
        (RULE, "period: 2021-06, ", "", "没有写 period"),
        (FACT, "tests: 2}", "test: 2}", "期望的列“test”不在事实 supply 的 shows 里。 是否为 “tests”？"),
        (FACT, "{tests: 2}", "{}", "事实 supply 的案例没有写 tests"),
        (RULE, "water_tests:", "water_test:", "given 的“water_test”没有意义。 是否为 “water_tests”？"),
    ],
)
def test_a_misspelt_case_is_refused_with_its_line(
    file: str, old: str, new: str, message: str, tmp_path: Path, duck: Duck
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        outcomes(write_plugin(tmp_path / "water", (file, old, new)), duck)
    assert message in str(refused.value)
    assert f"{file}:" in refused.value.where


def test_a_case_about_nothing_is_refused(tmp_path: Path, duck: Duck) -> None:
    folder = write_plugin(tmp_path / "water", ("cases/filter_fore.yaml", "", "- name: x\n"))
    with pytest.raises(ConfigurationError, match="是否为 “filter_for”"):
        outcomes(folder, duck)


def test_the_kit_finds_nothing_wrong_with_the_sample(folder: Path) -> None:
    assert check(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("rules.py", "_.turbidity.max()", "_.turbity.max()", "契约：.*turbity"),
        (MEASURE, "entitled: 300", "entitled: 301", "filter_for：超过限值，补助：.*应为 30100 分"),
        ("department.yaml", "code: water", "code: Water", "载入：.*code “Water”"),
        ("comparison.py", "tests=_.count()", "tests=_.count(), more=_.count()", "契约：.*“more”没有说明"),
    ],
)
def test_the_kit_says_what_is_wrong(file: str, old: str, new: str, problem: str, tmp_path: Path) -> None:
    found = check(write_plugin(tmp_path / "water", (file, old, new)))
    assert any(re.search(problem, one) for one in found), found


def test_the_kit_misses_cases(tmp_path: Path) -> None:
    found = check(write_plugin(tmp_path / "water", without=[RULE]))
    assert any("契约：" in one and "unsafe_water 没有案例" in one for one in found)


def test_a_fact_without_a_row_answers_what_stands_for_none_and_without_a_file_it_is_unknown(
    tmp_path: Path, duck: Duck
) -> None:
    row = "{period: 2021-06, turb"
    nobody = [(FACT, row, row.replace("06,", "06, person: 另一人,")), (FACT, "2}}", "0}}")]
    assert outcomes(write_plugin(tmp_path / "nobody", *nobody), duck) == []
    given = "[{period: 2021-06, turbidity: 9}, {period: 2021-06, turbidity: 3}, {period: 2021-05}]"
    no_file = [(FACT, given, "[]"), (FACT, "{answered: {tests: 2}}", "{unknown: 水质检测}")]
    assert outcomes(write_plugin(tmp_path / "no_file", *no_file), duck) == []
