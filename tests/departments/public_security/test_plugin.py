"""The public security bureau keeps its contract: names, sample tables, sealed comparison, every case."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import public_security

test_plugin = plugin_tests(Path(public_security.__file__).parent)
