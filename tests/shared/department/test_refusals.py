"""Every way in which a plugin can fail to match: `refusals/*.yaml`, one line a way, readable by officials.

Each spoils the example plugin of the SDK page (with signals) in one place. It must be refused before the
service is there, by code, file and line, with the name in question and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from shouwang.department import contract
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError
from shouwang.yaml_lines import load

from tests.shared.department.test_reporting import CHANGES
from tests.shared.department.water import write_plugin

TABLES = sorted((Path(__file__).parent / "refusals").glob("*.yaml"))
WAYS = [(table.stem, way) for table in TABLES for way in load(table)]


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    made = Duck(tmp_path_factory.mktemp("scratch"))
    yield made
    made.ibis.disconnect()


def spoil(folder: Path, change: Mapping[str, Any]) -> None:
    """Spoil one file: remove, rename, write it whole or in another encoding, or replace a text in it."""
    path = folder / change["file"]
    if "remove" in change:
        path.unlink()
    elif "rename" in change:
        path.rename(folder / change["rename"])
    elif "encoding" in change:
        path.write_bytes(path.read_text(encoding="utf-8").encode(change["encoding"]))
    elif "whole" in change:
        path.parent.mkdir(exist_ok=True)
        path.write_text(change["whole"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert change["from"] in text, f"{change['from']!r} is not in {change['file']}"
        path.write_text(text.replace(change["from"], change["to"]), encoding="utf-8")


def refused(folder: Path, duck: Duck) -> list[dict[str, Any]]:
    """Start the plugin as its worker does, and return the problems that it was refused for."""
    with pytest.raises(ConfigurationError) as refusal:
        contract.require(Plugin.load(folder), duck)
    return refusal.value.details.get("problems") or [refusal.value.to_dict()]


@pytest.mark.parametrize(("table", "way"), WAYS, ids=[f"{table}: {way['way']}" for table, way in WAYS])
def test_every_way_is_refused_by_file_line_and_name(
    table: str, way: Mapping[str, Any], tmp_path: Path, duck: Duck
) -> None:
    folder = write_plugin(tmp_path / "water", *CHANGES)
    for change in (way, *way.get("also", ())):
        spoil(folder, change)
    found = [one for one in refused(folder, duck) if _is(way, one)]
    assert found, [f"{one['where']} {one['message']} {one['remedy']}" for one in refused(folder, duck)]
    assert all(one["remedy"] for one in found if one["code"].startswith("department.")), found


def _is(way: Mapping[str, Any], problem: Mapping[str, Any]) -> bool:
    said = f"{problem['message']} {problem['remedy']}"
    named = all(word in said for word in way["says"])
    return problem["code"] == way["code"] and way["at"] in problem["where"] and named


def test_no_way_stands_twice() -> None:
    names = [f"{table}: {way['way']}" for table, way in WAYS]
    assert len(names) == len(set(names))
