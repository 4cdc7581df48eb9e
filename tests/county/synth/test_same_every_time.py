"""Same seed, same bytes; a village is the same whatever the size of the county around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.synth.calendar import Calendar

from .conftest import SEED, Town, generate, jsonl

SOME = 200


def _digests(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {one["path"]: one["sha256"] for one in manifest["files"]}


def test_second_run_is_identical(town: Town, tmp_path: Path) -> None:
    """Every file of the town, the workbooks and the manifest included."""
    again = generate(tmp_path / "again")
    assert _digests(again) == _digests(town.folder)
    assert (again / "manifest.json").read_bytes() == (town.folder / "manifest.json").read_bytes()


def test_another_seed_is_another_county(tmp_path: Path) -> None:
    """Nothing may hang on anything but the seed, so a new seed must change every roster."""
    one = generate(tmp_path / "one", size="village", households=60)
    other = generate(tmp_path / "other", size="village", households=60, seed=SEED + 1)
    same = _digests(one).items() & _digests(other).items()
    assert not [path for path, _ in same if path.startswith(("roster/", "households"))]


def test_village_alone_is_the_village_in_the_town(town: Town, tmp_path: Path) -> None:
    """The same workbook, the same truth, byte for byte."""
    code = town.manifest["villages"][4]["code"]
    alone = generate(tmp_path / "alone", size="village", households=SOME, place=code)
    name = f"roster/{code}.xlsx"
    assert (alone / name).read_bytes() == (town.folder / name).read_bytes()
    assert _events(json.loads((alone / "truth.json").read_text("utf-8"))) == [
        event for event in _events(town.truth) if event["village"] == code
    ]


def test_larger_village_begins_with_the_smaller_one(town: Town, tmp_path: Path) -> None:
    """Three times the households: the first of them have not changed."""
    code = town.manifest["villages"][4]["code"]
    larger = generate(tmp_path / "larger", size="village", households=SOME * 3, place=code)
    lines = jsonl(larger / "households.jsonl")
    small = [line for line in town.households.values() if line["village"] == code]
    assert len(lines) == SOME * 3
    assert lines[:SOME] == small


def _events(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [*truth["events"], *truth["false_friends"]]


@pytest.mark.parametrize("months", [5, 7, 12, 24])
def test_other_times_work_too(tmp_path: Path, months: int) -> None:
    """Short or long: every window of the world file is full, every day lies within the time."""
    calendar = Calendar.parse("2022-11", months)
    folder = generate(tmp_path / "out", size="village", households=300, calendar=calendar)
    for line in jsonl(folder / "households.jsonl"):
        assert {len(values) for values in line["flows"].values()} == {12 + months}
    days = [line["on"] for line in jsonl(folder / "timeline.jsonl")]
    assert min(days) == "2022-11-01"
    assert max(days) <= calendar.closes_on.isoformat()
