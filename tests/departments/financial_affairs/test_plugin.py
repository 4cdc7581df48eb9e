"""The financial affairs office keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import financial_affairs

test_plugin = plugin_tests(Path(financial_affairs.__file__).parent)
