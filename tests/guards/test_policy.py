"""Every figure has its document; one that the county set itself says so."""

from __future__ import annotations

import re
from functools import cache

import pytest
from shouwang.policy import Policy

from tests.guards.tree import DEPARTMENT_NAMES, ROOT, SERVICE_NAMES, files, home_of, text

SDK = "department"
"""Figures of the SDK itself, for every department that has none of its own."""
WITH_POLICY = [name for name in [*SERVICE_NAMES, *DEPARTMENT_NAMES] if (home_of(name) / "policy").is_dir()]
WITH_POLICY.append(SDK)
ISSUED = re.compile(r"〔\d{4}〕|\d{4}年|\d{4}-\d{2}|\d{4} |第\d+号|GB|附件")
"""What a document is known by: year and number, or the standard."""


@cache
def policy_of(name: str) -> Policy:
    home = ROOT / "shared" / "shouwang" / SDK if name == SDK else home_of(name)
    return Policy.load([home / "policy"])


def test_there_are_figures() -> None:
    assert sum(len(policy_of(name).references()) for name in WITH_POLICY) > 10


@pytest.mark.parametrize("name", WITH_POLICY)
def test_every_value_names_its_document(name: str) -> None:
    assert not [
        f"{row['where'].removeprefix(f'{ROOT}/')} {row['name']}: {row['source']}"
        for row in policy_of(name).references()
        if not row["source"].strip() or not (row["origin"] == "county" or ISSUED.search(row["source"]))
    ]


@pytest.mark.parametrize("name", WITH_POLICY)
def test_a_figure_of_the_county_says_why_it_is_the_countys(name: str) -> None:
    own = [policy_of(name).parameter(each) for each in policy_of(name).names()]
    silent = [one for one in own if one.origin == "county" and not _explained(one.where)]
    assert not [one.where.removeprefix(f"{ROOT}/") for one in silent]


@pytest.mark.parametrize("name", WITH_POLICY)
def test_every_figure_has_a_chinese_title_and_a_time_by_which_it_is_looked_at_again(name: str) -> None:
    own = [policy_of(name).parameter(each) for each in policy_of(name).names()]
    assert not [one.name for one in own if not re.search(r"[\u4e00-\u9fff]", one.title)]
    rows = [row for one in own if one.unit != "code_table" for row in one.rows]
    assert not [row.where for row in rows if row.review_by is None and row.until is None and not row.unknown]


def test_no_figure_lies_elsewhere() -> None:
    """Only `policy/` holds dated values."""
    found = files("services", "shared/shouwang", "deploy", endings={".yaml"})
    lying = (path for path in found if "policy" not in path.parts and "cases" not in path.parts)
    assert not [
        str(path.relative_to(ROOT)) for path in lying if re.search(r"^\s*review_by:", text(path), re.M)
    ]


def _explained(where: str) -> bool:
    """Whether the parameter at file:line has a note before the next one begins."""
    path, _, line = where.rpartition(":")
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()[int(line) :]
    own = []
    for each in lines:
        if re.match(r"\S", each):
            break
        own.append(each)
    return any(re.match(r"\s+note: \S", each) or "note:" in each for each in own)
