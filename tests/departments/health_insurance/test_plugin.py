"""The health insurance bureau keeps its contract: names, sample tables, and every case to the fen."""

from pathlib import Path

from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import health_insurance

test_plugin = plugin_tests(Path(health_insurance.__file__).parent)

TELLING = ("_named",)
