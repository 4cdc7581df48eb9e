"""What the SDK knows by heart is what the suite keeps: numbers of rules, indicators."""

from __future__ import annotations

from shouwang.cli.register import REGISTER
from shouwang.department.known import INDICATORS, RULE_NUMBERS
from shouwang.department.manifest import CORE
from shouwang.yaml_lines import load_mapping

from services.monitoring.domain.reports.reported import units
from tests.guards.tree import ROOT, SERVICE_NAMES


def test_the_numbers_of_the_register() -> None:
    kept = [rule["number"] for rule in load_mapping(ROOT / REGISTER)["rules"]]
    assert sorted(RULE_NUMBERS) == sorted(kept)


def test_the_indicators_with_their_units() -> None:
    assert units() == INDICATORS


def test_the_names_of_the_core_services() -> None:
    assert sorted(CORE) == SERVICE_NAMES
