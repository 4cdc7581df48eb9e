"""The financial affairs office keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import finance

test_plugin = plugin_tests(Path(finance.__file__).parent)
