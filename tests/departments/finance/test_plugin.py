"""The finance bureau keeps its contract: names, sample tables, sealed comparison, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import finance

test_plugin = plugin_tests(Path(finance.__file__).parent)
