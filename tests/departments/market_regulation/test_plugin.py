"""The market regulation bureau keeps its contract: names, sample tables, sealed comparison, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import market_regulation

test_plugin = plugin_tests(Path(market_regulation.__file__).parent)
