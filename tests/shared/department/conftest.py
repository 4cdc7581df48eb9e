"""Fixtures of the department tests: the sample plugin, its table, a lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.importing import Door, Import, Send, Staged
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin

from tests.shared.department.water import write_plugin

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
