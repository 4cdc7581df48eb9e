"""The emergency bureau keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import emergency

test_plugin = plugin_tests(Path(emergency.__file__).parent)
