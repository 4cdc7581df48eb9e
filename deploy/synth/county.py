"""Writes a county, village by village: nothing but counts and the truth stays in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from deploy.synth import outsiders
from deploy.synth.builder import Builder
from deploy.synth.deck import Dealer
from deploy.synth.exports import Exports
from deploy.synth.geography import Village, chosen
from deploy.synth.manifest import MADE_BY, digests, write_json
from deploy.synth.plan import Plan
from deploy.synth.projects import projects
from deploy.synth.reactions import reactions
from deploy.synth.roster import CORRECTED, Roster
from deploy.synth.timeline import Timeline
from deploy.synth.truth import Truth
from deploy.synth.world import household_line

VERSION = 1
Progress = Callable[[Village, int], None]


@dataclass
class County:
    """A county being written into a folder."""

    plan: Plan
    folder: Path
    truth: Truth = field(init=False)
    timeline: Timeline = field(init=False)
    households: int = 0
    persons: int = 0

    def __post_init__(self) -> None:
        self.truth = Truth(self.plan.calendar)
        self.timeline = Timeline(self.plan.seed, self.plan.calendar, self.plan.rates.away)

    def write(self, progress: Progress = lambda village, households: None) -> dict[str, Any]:
        """Write everything and return the manifest."""
        villages = chosen(self.plan)
        (self.folder / "roster" / CORRECTED).mkdir(parents=True, exist_ok=True)
        exports = Exports(self.folder, self.plan.seed, self.plan.calendar, self.plan.households, self.truth)
        self._villages(villages, exports, progress)
        for household in outsiders.households(self.plan):
            exports.add(household, None)
        exports.close()
        self._deliver(exports)
        self._stories(villages)
        return self._manifest(villages)

    def _villages(self, villages: Mapping[Village, int], exports: Exports, progress: Progress) -> None:
        with (
            (self.folder / "households.jsonl").open("w", encoding="utf-8") as world,
            (self.folder / "reactions.jsonl").open("w", encoding="utf-8") as answers,
        ):
            for village, households in villages.items():
                self._village(village, households, exports, world.write, answers.write)
                progress(village, households)

    def _village(
        self,
        village: Village,
        households: int,
        exports: Exports,
        world: Callable[[str], Any],
        answers: Callable[[str], Any],
    ) -> None:
        plan = self.plan
        builder, dealer = Builder(plan, village), Dealer(plan, village)
        roster = Roster(self.folder, village, plan.seed, plan.calendar, self.truth)
        for index in range(households):
            hand = dealer.hand(index)
            household = builder.household(index, hand)
            roster.add(household, hand)
            exports.add(household, hand.table_dirt)
            self.truth.household(household)
            self.timeline.household(household)
            world(_line(household_line(household)))
            for answer in reactions(household):
                answers(_line(answer))
        self.timeline.roster(village, roster.name, roster.close())
        self.households += households
        self.persons += roster.persons

    def _deliver(self, exports: Exports) -> None:
        for one in exports.deliveries:
            self.timeline.table(one.on, one.form.department, one.form.table, one.period, exports.name(one))

    def _stories(self, villages: Mapping[Village, int]) -> None:
        _lines(self.folder / "timeline.jsonl", self.timeline.lines())
        plan = self.plan
        found = (projects(plan.seed, village, size, plan.calendar) for village, size in villages.items())
        _lines(self.folder / "projects.jsonl", (project for some in found for project in some))
        write_json(self.folder / "truth.json", self.truth.whole(self._head()))

    def _head(self) -> dict[str, Any]:
        calendar = self.plan.calendar
        return {
            "version": VERSION,
            "seed": self.plan.seed,
            "size": self.plan.size,
            "opening": calendar.opens_on.isoformat()[:7],
            "opens_on": calendar.opens_on.isoformat(),
            "closes_on": calendar.closes_on.isoformat(),
            "months": calendar.months,
            "households": self.households,
            "persons": self.persons,
        }

    def _manifest(self, villages: Mapping[Village, int]) -> dict[str, Any]:
        places = [
            {"code": village.code, "name": village.name, "town": village.town, "households": households}
            for village, households in villages.items()
        ]
        manifest = {
            "made_by": MADE_BY,
            "finished": True,
            **self._head(),
            "money_unit": "whole yuan in households.jsonl, fen in projects.jsonl",
            "first_month_of_flows": self.plan.calendar.label(0),
            "inspection_rounds": [self.plan.calendar.label(month) for month in self.plan.calendar.rounds],
            "villages": places,
            "files": digests(self.folder),
        }
        write_json(self.folder / "manifest.json", manifest)
        return manifest


def _lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(_line(line))


def _line(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be written as JSON: {type(value).__name__}")
