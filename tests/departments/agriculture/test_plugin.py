"""The agriculture bureau keeps its contract: names, sample tables, every case to the fen."""

from pathlib import Path

import pytest
from shouwang.department.plugin import Plugin
from shouwang.testing.contract_kit import plugin_tests

from services.assistance.departments import agriculture

FOLDER = Path(agriculture.__file__).parent

test_plugin = plugin_tests(FOLDER)


@pytest.mark.rule("A-08")
def test_nothing_is_given_without_something_done() -> None:
    measures = Plugin.load(FOLDER).measures.values()
    assert measures and all(one.condition for one in measures)
