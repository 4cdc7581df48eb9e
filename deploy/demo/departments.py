"""Department officers at work: tables in, screening, measures delivered (S-03, A-09)."""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import roles as r
from shouwang.cli import table_import
from shouwang.errors import ShouwangError

from deploy.demo.agenda import Agenda
from deploy.demo.cast import Cast

Json = dict[str, Any]
DAYS_TO_DELIVER = 12
DAYS_TO_CONFIRM = 3
A_MONTH = 7


class Departments:
    """What the departments of the county do in a year."""

    def __init__(self, cast: Cast, agenda: Agenda, folder: Path, town: str) -> None:
        self._cast, self._agenda, self._folder, self._town = cast, agenda, folder, town
        self._taken: set[str] = set()
        self.rows = Counter[str]()
        self.delivered = Counter[str]()

    def bring_in(self, events: list[Json]) -> None:
        """Import the day's tables by the public command, then screen the newest month of each department."""
        newest: dict[str, str] = {}
        for one in events:
            self._import(one)
            if len(one["period"]) == A_MONTH:
                newest[one["department"]] = max(newest.get(one["department"], ""), one["period"])
        for department, period in sorted(newest.items()):
            officer = self._cast.department(department)
            self._cast.call(officer, department, "screen", period=period)

    def _import(self, event: Json) -> None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):  # no bar a table
            code = table_import.table(
                event["department"],
                event["table"],
                self._folder / event["file"],
                event["period"],
                acting_as=f"department_officer@{self._town[:6]}",
            )
        if code:
            raise ShouwangError(f"部门表 {event['file']} 没有导入", code="demo.table")
        report = json.loads(said.getvalue())
        self.rows["imported"] += report["accepted"]
        self.rows["rejected"] += report["rejected_rows"]

    def take_up(self, codes: list[str]) -> None:
        """Each department takes up the tasks that are assigned to it since the last time."""
        for code in codes:
            officer = self._cast.department(code)
            args = {"region": self._town, "department": code}
            for task in self._cast.call(officer, "assistance", "open_tasks", **args):
                if task["id"] not in self._taken:
                    self._taken.add(task["id"])
                    self._plan(task)

    def _plan(self, task: Json) -> None:
        left = (date.fromisoformat(task["due_on"]) - self._agenda.today).days
        self._agenda.after(min(DAYS_TO_DELIVER, left), lambda: self._deliver(task))

    def _deliver(self, planned: Json) -> None:
        """Deliver a task as it stands on the day: it may be worth more since, or not be owed any more."""
        officer = self._cast.department(planned["department"])
        task = self._owed(officer, planned)
        if task is None:
            return
        kept = {name: task[name] for name in ("measure", "household", "amount_fen", "persons", "evidence")}
        self._cast.call(officer, task["department"], "deliver_measure", task=task["id"], **kept)
        self.delivered[task["department"]] += 1
        self._agenda.after(DAYS_TO_CONFIRM, lambda: self._confirm(task))

    def _confirm(self, task: Json) -> None:
        cadre = self._cast.village(task["household"][:12], r.VILLAGE_CADRE)
        self._cast.call(cadre, "assistance", "confirm_measure", task=task["id"])

    def _owed(self, officer: Any, planned: Json) -> Json | None:
        asked = {"region": self._town, "department": planned["department"]}
        found = self._cast.call(officer, "assistance", "open_tasks", **asked)
        return next((one for one in found if one["id"] == planned["id"]), None)
