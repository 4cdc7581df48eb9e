"""An office's worker in this process, with files as the office exports them: for tests with known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shouwang.department.pseudonyms import pseudonym
from shouwang.department.worker import Worker

from tests.shared.department.water import id_number, write_csv

KEY = b"o" * 32
VILLAGE = "430426106001"


class Office:
    """Brings tables in and screens; persons are numbers that the tests choose."""

    def __init__(self, plugin: Path, folder: Path) -> None:
        self.folder = folder
        self.worker = Worker(str(plugin), str(folder / "data"), "430426")

    def bring_in(self, table: str, period: str, *rows: dict[str, Any]) -> dict[str, Any]:
        """Import one file in GBK; returns the report."""
        file = write_csv(self.folder / f"{table}.csv", rows, "gbk", title="祁东县导出")
        staged = self.worker.stage(lambda part: None, table, period, str(file), KEY.hex())
        self.worker.publish(lambda part: None, table, period, staged["staged"])
        report: dict[str, Any] = staged["report"]
        return report

    def screen(self, period: str) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """Return the answer of each rule, and what each rule found: pseudonym → hit."""
        parts: list[dict[str, Any]] = []
        told = {answer["rule"]: answer for answer in self.worker.screen(parts.append, period)}
        found: dict[str, dict[str, Any]] = {rule: {} for rule in told}
        for part in parts:
            found[part["rule"]].update({hit["person"]: hit for hit in part["hits"]})
        return told, found

    def close(self) -> None:
        """End the database."""
        self.worker.duck.ibis.disconnect()


def person(number: int) -> str:
    """Return the pseudonym of a person."""
    return pseudonym(KEY, id_number(number))


def shown(hit: dict[str, Any]) -> dict[str, Any]:
    """Return what a hit shows: name → value of its inputs."""
    return {one["name"]: one["value"] for one in hit["decision"]["grounds"] if one["kind"] == "input"}
