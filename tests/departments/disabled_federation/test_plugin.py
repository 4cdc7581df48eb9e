"""The disabled persons' federation keeps its contract: sealed comparison, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import disabled_federation

test_plugin = plugin_tests(Path(disabled_federation.__file__).parent)
