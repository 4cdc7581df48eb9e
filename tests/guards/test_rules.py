"""The register of rules against the tree: no number that it does not know, none built without a test."""

from __future__ import annotations

import pytest
from shouwang.cli.register import locate, read_register

from tests.guards.tree import ROOT

LINES = read_register(ROOT)
STRANGE = locate(ROOT, LINES)
BUILT = sorted(number for number, line in LINES.items() if line.built != "later")


def test_no_number_is_used_that_the_register_does_not_have() -> None:
    assert not STRANGE


@pytest.mark.parametrize("number", BUILT)
def test_a_rule_that_is_built_has_code_and_a_test_or_a_case_with_its_number(number: str) -> None:
    line = LINES[number]
    assert line.code, f"{number} stands in no code"
    assert line.tests or line.cases, f"{number}: no test marked @pytest.mark.rule, no case"


def test_a_rule_that_is_built_in_part_says_what_is_left() -> None:
    assert not [number for number, line in LINES.items() if (line.built == "part") != bool(line.left)]


def test_every_rule_has_its_source_and_its_service() -> None:
    owners = {"monitoring", "assistance", "projects", "assets", "notify", "shared"}
    assert not [number for number, line in LINES.items() if not line.source or line.service not in owners]
