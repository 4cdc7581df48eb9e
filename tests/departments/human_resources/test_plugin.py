"""The human resources bureau keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import human_resources

test_plugin = plugin_tests(Path(human_resources.__file__).parent)

TELLING = ("_turn",)
