"""The water bureau keeps its contract: names, sample tables, every case of an official."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import water_resources

test_plugin = plugin_tests(Path(water_resources.__file__).parent)
