"""Cases in YAML: read, marked with their rule, compared key by key; a case that cannot fail is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shouwang.errors import ConfigurationError
from shouwang.testing.cases import case_params, load_cases

GOOD = """
- name: 正好五千元，不提示
  rule: M-05
  as_of: 2021-06-30
  given: {income: 5000, persons: [甲]}
  expect: {warned: false, share: 0.50}
- name: 另一条规则
  rule: M-06
  given: {}
  expect: {warned: true}
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_cases_become_parameters_named_and_marked_with_their_rule(tmp_path: Path) -> None:
    both = case_params(folder(tmp_path, GOOD))
    assert [param.id for param in both] == ["正好五千元，不提示", "另一条规则"]
    assert [param.marks[0].args for param in both] == [("M-05",), ("M-06",)]
    assert len(case_params(tmp_path, rule="M-06")) == 1


def test_a_case_carries_its_day_its_facts_and_its_place(tmp_path: Path) -> None:
    case = load_cases(folder(tmp_path, GOOD))[0]
    assert case.as_of == date(2021, 6, 30)
    assert case.given_of("income", "persons") == {"income": 5000, "persons": ["甲"]}
    assert case.where.endswith("a.yaml:2")


def test_check_compares_every_expected_key_and_names_the_case(tmp_path: Path) -> None:
    case = load_cases(folder(tmp_path, GOOD))[1]
    case.check({"warned": True, "more": 1})
    with pytest.raises(AssertionError) as caught:
        case.check({"warned": False})
    assert "另一条规则" in str(caught.value) and "a.yaml:7" in str(caught.value)
    with pytest.raises(ConfigurationError):
        case.check({"other": True})


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- {name: a, rule: M-05, given: {}, expect: {x: 1}, wen: 1}", 1, "wen"),
        ("- {name: a, rule: M-05, expect: {x: 1}}", 1, "given"),
        ("- {name: a, rule: M-05, given: {}, expect: {}}", 1, "期望"),
        (
            "- {name: a, rule: M-05, given: {}, expect: {x: 1}}\n"
            "- {name: a, rule: M-05, given: {}, expect: {x: 2}}",
            2,
            "同名",
        ),
    ],
)
def test_a_wrong_case_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_cases(folder(tmp_path, text))
    assert said in caught.value.message and caught.value.where.endswith(f"a.yaml:{line}")


def test_an_unknown_fact_is_refused_and_the_nearest_named(tmp_path: Path) -> None:
    case = load_cases(folder(tmp_path, GOOD))[0]
    with pytest.raises(ConfigurationError) as caught:
        case.given_of("incom", "persons")
    assert "incom" in caught.value.remedy


def test_no_case_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        load_cases(tmp_path)
    with pytest.raises(ConfigurationError):
        case_params(folder(tmp_path, GOOD), rule="M-09")
