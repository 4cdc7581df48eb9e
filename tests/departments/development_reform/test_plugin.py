"""The development and reform bureau keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import development_reform

test_plugin = plugin_tests(Path(development_reform.__file__).parent)
