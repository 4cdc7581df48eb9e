"""The installed departments that screen, and which periods of which tables their rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from shouwang.department.expressions import Duck, SampleSource
from shouwang.department.feeds import Period
from shouwang.department.plugin import Plugin
from shouwang.department.running import Run, rule_id
from shouwang.department.table import Table
from shouwang.periods import Month
from shouwang.service.discovery import DEPARTMENTS, named, package_folder

COUNTY: Final = "430426"
MONTH: Final = Month(2021, 11)
BULK: Final = Path(__file__).parent


@dataclass(frozen=True)
class Department:
    """A plugin with screening rules; `windows`: how many months of each table its rules read."""

    plugin: Plugin
    windows: Mapping[str, int]

    @property
    def code(self) -> str:
        """Code of the department."""
        return self.plugin.code

    def rules(self) -> dict[str, Path]:
        """Return the file with the SQL of each rule that has one, by the rule's number and name."""
        files = {rule_id(rule): self._file("rules", name) for name, rule in self.plugin.rules.items()}
        return {rule: file for rule, file in files.items() if file.exists()}

    def tables(self) -> dict[str, Path]:
        """Return the file with the rows of each table that a rule reads and that has one."""
        files = {name: self._file("tables", name) for name in self.windows}
        return {name: file for name, file in files.items() if file.exists()}

    def not_covered(self) -> list[str]:
        """Return what lacks: "code: rule …" without SQL, "code: table …" without rows."""
        rules = [rule_id(rule) for rule in self.plugin.rules.values()]
        lacking = [f"rule {rule} (SQL)" for rule in rules if rule not in self.rules()]
        lacking += [f"table {table} (rows)" for table in self.windows if table not in self.tables()]
        return [f"{self.code}: {one}" for one in lacking]

    def periods(self, table: type[Table]) -> list[Period]:
        """Return the periods of a table that are read, the newest first."""
        days = [MONTH.shift(-back).last for back in range(self.windows[table.name])]
        texts = {"monthly": "{0:%Y-%m}", "quarterly": "{0:%Y}Q{1}", "yearly": "{0:%Y}"}[table.feed.every]
        named = [texts.format(day, (day.month + 2) // 3) for day in days]
        return [table.feed.parse(text) for text in dict.fromkeys(named)]

    def _file(self, kind: str, name: str) -> Path:
        return BULK / self.code / kind / f"{name}.sql"


def departments() -> tuple[list[Department], list[str]]:
    """Return the departments of which every rule and table is covered, and what lacks of the others."""
    screening = [one for one in map(_department, named(DEPARTMENTS).values()) if one.plugin.rules]
    lacking = [line for one in screening for line in one.not_covered()]
    return [one for one in screening if not one.not_covered()], lacking


def _department(entry: Any) -> Department:
    plugin = Plugin.load(package_folder(entry))
    with TemporaryDirectory() as scratch:
        duck = Duck(Path(scratch))
        asking = Asking(duck)
        view = plugin.policy.at(MONTH.last, COUNTY)
        for rule in plugin.rules.values():
            Run(plugin, rule, asking, view).expression()
        duck.ibis.disconnect()
    return Department(plugin, asking.windows)


class Asking(SampleSource):
    """Empty tables that note what is asked of them."""

    def __init__(self, duck: Duck) -> None:
        super().__init__(duck)
        self.windows: dict[str, int] = {}

    def within(self, table: type[Table], months: int, partial: bool) -> Any:
        """Note the months."""
        self._note(table, months)
        return super().within(table, months, partial)

    def latest(self, table: type[Table]) -> Any:
        """Note the newest period."""
        self._note(table, 1)
        return super().latest(table)

    def previous(self, table: type[Table]) -> Any:
        """Note the period before, of a table of any feed."""
        self._note(table, {"monthly": 2, "quarterly": 4, "yearly": 13}[table.feed.every])
        return super().previous(table)

    def _note(self, table: type[Table], months: int) -> None:
        self.windows[table.name] = max(months, self.windows.get(table.name, 0))
