"""The year: what happens each day, who works on it, and the clock that moves on when all is quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shouwang.cli import importing
from shouwang.cli.roster_file import read_roster
from shouwang.cli.roster_import import import_roster
from shouwang.cli.session import open_session
from shouwang.settings import Settings

from deploy.demo.agenda import Agenda
from deploy.demo.caring import Caring
from deploy.demo.cases import Cases
from deploy.demo.cast import Cast
from deploy.demo.clues import Clues
from deploy.demo.departments import Departments
from deploy.demo.notices import Notices
from deploy.demo.projects import Projects
from deploy.demo.removals import Removals
from deploy.demo.rounds import Rounds
from deploy.demo.world import World

Json = dict[str, Any]
DEPARTMENTS = ["health_insurance", "civil_affairs"]
REPORTS = ("self_report", "hotline_report")
Progress = Callable[[date, str], None]


class Year:
    """One town lives one year."""

    def __init__(self, world: World, settings: Settings, cast: Cast, progress: Progress) -> None:
        self._world, self._settings, self._cast, self._progress = world, settings, cast, progress
        self.town: str = world.manifest["villages"][0]["town"]
        self.agenda = Agenda(world.first_day)
        notices = Notices(cast, world, self.agenda)
        self.caring = Caring(cast, self.agenda)
        self.cases = Cases(cast, world, self.agenda, notices, self.caring)
        self.clues = Clues(cast, world, self.agenda, self.cases)
        self.removals = Removals(cast, world, self.agenda, self.cases, notices, self.caring)
        self.rounds = Rounds(cast, self.town)
        self.departments = Departments(cast, self.agenda, world.folder, self.town)
        self.projects = Projects(cast, world, self.agenda)
        self.rows = {"imported": 0, "rejected": 0}

    def live(self, each_day: Callable[[], None]) -> None:
        """Live through every day; `each_day` runs when a day is over."""
        days = self._world.days()
        day = self._world.first_day
        while day <= self._world.last_day:
            self._move_to(day)
            self._progress(day, self._said())
            self._day(days.get(day, []))
            each_day()
            day += timedelta(days=1)
        self._settle()

    def _move_to(self, day: date) -> None:
        self.agenda.today = day
        self._cast.send(self._cast.platform(), "/clock", {"to": day.isoformat()})

    def _settle(self) -> None:
        """Moving the clock to the same day waits until every event was handled."""
        self._cast.send(self._cast.platform(), "/clock", {"to": self.agenda.today.isoformat()})

    def _day(self, events: list[Json]) -> None:
        self._import([one for one in events if one["kind"] in ("roster", "roster_correction")])
        tables = [one for one in events if one["kind"] == "table"]
        if tables:
            self.departments.bring_in(tables)
        self.rounds.record(events)
        for one in events:
            if one["kind"] in REPORTS:
                self.clues.report(one)
            elif one["kind"] == "removal_proposal":
                self.removals.propose(one)
        self._settle_if(events)
        self.clues.answer_new(self.town)
        self.departments.take_up(DEPARTMENTS)
        self.agenda.do_today()
        self.caring.day()

    def _settle_if(self, events: list[Json]) -> None:
        if events:
            self._settle()

    def _import(self, events: list[Json]) -> None:
        """Import the day's rosters as `shouwang import roster` does."""
        files: list[Path] = [self._world.folder / one["file"] for one in events]
        for file in files:
            read = read_roster(file)
            with open_session(self._settings, f"town_officer@{self.town}", importing.TIMEOUT) as session:
                key = session.call("monitoring", "public_key")["key"]
                report = import_roster(session, key, read, self.agenda.today, _nothing)
            rejected = len({one["row"] for one in report.rejected})
            self.rows["imported"] += report.counts["rows"] - _held_rows(report.held)
            self.rows["rejected"] += rejected

    def _said(self) -> str:
        ended = [case["status"] for case in self.cases.ended.values()]
        return f"纳入 {ended.count('included')} 户，消除 {len(self.removals.removed)} 户"


def _held_rows(held: list[Json]) -> int:
    return sum(len(one["rows"]) for one in held)


def _nothing() -> None:
    return None
