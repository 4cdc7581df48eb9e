"""A plugin that does not hold together does not start: the file, the line and the likely word are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from shouwang.department import contract
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError

from tests.shared.department.water import write_plugin


def problems(folder: Path, duck: Duck) -> list[ConfigurationError]:
    """Return what the contract check says, also when the plugin cannot even be loaded."""
    try:
        return contract.check(Plugin.load(folder), duck)
    except ConfigurationError as error:
        return [error]


def test_the_sample_holds(folder: Path, duck: Duck) -> None:
    assert problems(folder, duck) == []


def test_require_tells_how_many_and_all_of_them(tmp_path: Path, duck: Duck) -> None:
    misspelt = ("rules.py", "_.turbidity.max()", "_.turbity.max()")
    without_papers = ("measures.py", '["验收单"]', "[]")
    plugin = Plugin.load(write_plugin(tmp_path / "water", misspelt, without_papers))
    with pytest.raises(ConfigurationError, match="插件 water 未启动，共 2 处问题") as refused:
        contract.require(plugin, duck)
    assert len(refused.value.details["problems"]) == 2


def test_a_folder_is_found_again_after_it_changed_place(tmp_path: Path) -> None:
    first = Plugin.load(write_plugin(tmp_path / "one"))
    other = Plugin.load(write_plugin(tmp_path / "two", ("rules.py", "version=1", "version=2")))
    assert (first.rules["unsafe_water"].version, other.rules["unsafe_water"].version) == (1, 2)
