"""The natural resources bureau keeps its contract: names, sample tables, sealed comparison, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import natural_resources

test_plugin = plugin_tests(Path(natural_resources.__file__).parent)
