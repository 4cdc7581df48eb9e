"""Fixtures of the department tests: the sample plugin, its table, a lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shouwang.department import service_class
from shouwang.department.expressions import Duck
from shouwang.department.importing import Door, Import, Send, Staged
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.county import JUNE, Assistance, County, Monitoring
from tests.shared.department.water import row, write_plugin

KEY = b"k" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the sample plugin."""
    return write_plugin(tmp_path / "water")


@pytest.fixture
def plugin(folder: Path) -> Plugin:
    """Return the sample plugin, loaded."""
    return Plugin.load(folder)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Return an empty lake."""
    return Lake(tmp_path / "data")


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """Return a DuckDB."""
    made = Duck(tmp_path / "scratch")
    yield made
    made.ibis.disconnect()


@pytest.fixture
def stage(plugin: Plugin, lake: Lake) -> Callable[..., Staged]:
    """Return a function that stages a file of the sample table."""

    def run(path: Path, period: str = "2021-06", send: Send = _ignore, **more: Any) -> Staged:
        table = plugin.tables["water_tests"]
        corrections = more.pop("corrections", None)
        door = Door(lake, KEY, send, **more)
        return Import(table, table.feed.parse(period), door).stage(path, corrections)

    return run


def _ignore(part: dict[str, Any]) -> None:
    """Take what an import sends, and do nothing with it."""
    del part


@pytest.fixture
def bring_in(plugin: Plugin, lake: Lake, stage: Callable[..., Staged]) -> Callable[..., dict[str, Any]]:
    """Return a function that stages a file and puts it in its place; gives the report."""

    def run(path: Path, period: str = "2021-06") -> dict[str, Any]:
        table = plugin.tables["water_tests"]
        staged = stage(path, period)
        lake.publish(table, table.feed.parse(period), staged.path)
        return staged.report

    return run


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, mongo_uri: str) -> Iterator[County]:
    """Return a county with the sample department and two months of tests in it."""
    folder = tmp_path_factory.mktemp("county")
    water = service_class(write_plugin(folder / "plugins" / "water"))
    with EmbeddedSuite(folder / "var", [Monitoring, Assistance, water], day=JUNE) as suite:
        made = County(suite)
        made.bring_in("2021-05", row(1, 检测日期="2021-05-10"))
        made.bring_in("2021-06", *(row(number, 浑浊度="9" if number < 4 else "3") for number in range(1, 7)))
        yield made
