"""The housing bureau keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import housing

test_plugin = plugin_tests(Path(housing.__file__).parent)
