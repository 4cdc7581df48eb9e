"""The traffic police keeps its contract: names, sample tables, sealed comparison, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import vehicles

test_plugin = plugin_tests(Path(vehicles.__file__).parent)
