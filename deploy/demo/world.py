"""What the generator wrote, as the people of the demo meet it: days, households, reactions, projects."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from deploy.synth.visit import visit

Json = dict[str, Any]


class World:
    """A generated county folder. Households stay on disk and are read when somebody goes there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Json = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.opening: str = self.manifest["opening"]
        self._places = _places(folder / "households.jsonl")
        self.reactions = _by_household(folder / "reactions.jsonl")
        self.projects = list(_lines(folder / "projects.jsonl"))

    @property
    def first_day(self) -> date:
        """The first day of the year."""
        return date.fromisoformat(self.manifest["opens_on"])

    @property
    def last_day(self) -> date:
        """The last day of the year."""
        return date.fromisoformat(self.manifest["closes_on"])

    def days(self) -> dict[date, list[Json]]:
        """Return what happens, by day, in the order of the file."""
        found: dict[date, list[Json]] = defaultdict(list)
        for one in _lines(self.folder / "timeline.jsonl"):
            found[date.fromisoformat(one["on"])].append(one)
        return found

    def household(self, household: str) -> Json:
        """Return the line of a household."""
        with (self.folder / "households.jsonl").open("rb") as file:
            file.seek(self._places[household])
            line: Json = json.loads(file.readline())
        return line

    def visit(self, household: str, on: date, anchor: date | None = None) -> Json:
        """Return what people find who go there on that day."""
        return visit(self.household(household), on, self.opening, anchor)

    def is_pretended(self, household: str, risk: str) -> bool:
        """Whether a risk is only claimed: what comes out when somebody looks again, knowing where."""
        spells = self.household(household)["risks"]
        return any(spell["what"] == risk and spell["pretended"] for spell in spells)

    def reaction(self, household: str, kind: str) -> Json | None:
        """Return how a household or its neighbours will react, if they do."""
        return next((one for one in self.reactions.get(household, ()) if one["kind"] == kind), None)

    def truth(self) -> Json:
        """Return what was planted; read only to score, when the year is over."""
        whole: Json = json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))
        return whole


def _lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _places(path: Path) -> dict[str, int]:
    found, place = {}, 0
    with path.open("rb") as file:
        for line in file:
            found[json.loads(line)["household"]] = place
            place += len(line)
    return found


def _by_household(path: Path) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for one in _lines(path):
        found[one["household"]].append(one)
    return found
