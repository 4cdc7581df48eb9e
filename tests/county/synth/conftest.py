"""A town of 3,000 households, generated once for the tests of this folder, and readers of its files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from deploy.synth.calendar import Calendar
from deploy.synth.command import write
from deploy.synth.plan import Plan

SEED = 7


def generate(folder: Path, *, size: str = "town", households: int = 3_000, **more: Any) -> Path:
    """Write a county into the folder and return it."""
    plan = {"seed": SEED, "calendar": Calendar.parse("2021-06", 12), **more}
    write(Plan(size=size, households=households, **plan), folder)  # type: ignore[arg-type]
    return folder


def jsonl(path: Path) -> list[dict[str, Any]]:
    """Return every line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows(path: Path) -> list[list[Any]]:
    """Return every row of a csv or xlsx file, as a person sees it."""
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
    return list(csv.reader(text.splitlines()))


def headed(path: Path, first_heading: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row number, cells by heading) below the row of headings."""
    lines = rows(path)
    top = next(at for at, row in enumerate(lines) if first_heading in row)
    for number, row in enumerate(lines[top + 1 :], top + 2):
        yield number, dict(zip(lines[top], row, strict=True))


@dataclass(frozen=True)
class Town:
    """What was written of a town."""

    folder: Path

    @cached_property
    def truth(self) -> dict[str, Any]:
        """truth.json"""
        return dict(json.loads((self.folder / "truth.json").read_text("utf-8")))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """manifest.json"""
        return dict(json.loads((self.folder / "manifest.json").read_text("utf-8")))

    @cached_property
    def households(self) -> dict[str, dict[str, Any]]:
        """households.jsonl by household."""
        return {line["household"]: line for line in jsonl(self.folder / "households.jsonl")}

    @cached_property
    def timeline(self) -> list[dict[str, Any]]:
        """timeline.jsonl"""
        return jsonl(self.folder / "timeline.jsonl")

    @cached_property
    def reactions(self) -> list[dict[str, Any]]:
        """reactions.jsonl"""
        return jsonl(self.folder / "reactions.jsonl")

    @cached_property
    def projects(self) -> list[dict[str, Any]]:
        """projects.jsonl"""
        return jsonl(self.folder / "projects.jsonl")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The town that the demo takes."""
    return Town(generate(tmp_path_factory.mktemp("town") / "out"))
