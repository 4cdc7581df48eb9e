"""The education bureau keeps its contract: names, sample tables, sealed comparison, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import education

test_plugin = plugin_tests(Path(education.__file__).parent)

TELLING = ("_given_so_far",)
