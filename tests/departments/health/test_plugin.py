"""The health bureau keeps its contract: names, sample tables, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import health

test_plugin = plugin_tests(Path(health.__file__).parent)
