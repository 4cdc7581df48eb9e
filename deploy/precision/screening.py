"""Brings the offices' files in and screens, by the departments' own plugins: as their workers do it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shouwang.department.plugin import Plugin
from shouwang.department.pseudonyms import pseudonym
from shouwang.department.worker import Worker
from shouwang.service.discovery import DEPARTMENTS, named, package_folder

from deploy.synth.offices.writing import FOLDER, TRUTH

COUNTY: Final = "430426"
KEY: Final = b"a key for people who are nobody's"
Found = dict[str, set[str]]


@dataclass(frozen=True)
class Screened:
    """Households found by rule ("department/rule"), rules that knew nothing, rows that were refused."""

    found: Found
    unknown: dict[str, str]
    rejected: int


def screening() -> dict[str, Plugin]:
    """Return the installed plugins that screen."""
    plugins = {code: Plugin.load(package_folder(entry)) for code, entry in named(DEPARTMENTS).items()}
    return {code: plugin for code, plugin in plugins.items() if plugin.rules}


def screened(county: Path, scratch: Path) -> Screened:
    """Import and screen for every department whose files are there."""
    month = json.loads((county / TRUTH).read_text("utf-8"))["month"]
    homes = _homes(county)
    whole = Screened({}, {}, 0)
    for code, plugin in screening().items():
        files = sorted((county / FOLDER / code).glob("*.csv"))
        if files:
            one = _screened(plugin, files, month, homes, scratch / code)
            unknown = whole.unknown | one.unknown
            whole = Screened(whole.found | one.found, unknown, whole.rejected + one.rejected)
    return whole


def _screened(
    plugin: Plugin, files: list[Path], month: str, homes: Mapping[str, str], data: Path
) -> Screened:
    worker = Worker(str(plugin.folder), str(data), COUNTY)
    rejected = sum(_brought_in(worker, file) for file in files)
    found: Found = {f"{plugin.code}/{name}": set() for name in plugin.rules}

    def take(part: dict[str, object]) -> None:
        rule, hits = str(part["rule"]).partition(".")[2], part["hits"]
        assert isinstance(hits, list)
        found[f"{plugin.code}/{rule}"] |= {homes[hit["person"]] for hit in hits}

    answers = worker.screen(take, month)
    worker.duck.ibis.disconnect()
    unknown = {
        f"{plugin.code}/{one['rule'].partition('.')[2]}": one["reason"] for one in answers if one["reason"]
    }
    return Screened(found, unknown, rejected)


def _brought_in(worker: Worker, file: Path) -> int:
    """Import a file named `<table>-<period>.csv`; returns how many of its rows were refused."""
    table, _, period = file.stem.partition("-")
    staged = worker.stage(lambda part: None, table, period, str(file), KEY.hex())
    worker.publish(lambda part: None, table, period, staged["staged"])
    return int(staged["report"]["rejected_rows"])


def _homes(county: Path) -> dict[str, str]:
    """Return the household of every pseudonym."""
    homes: dict[str, str] = {}
    with (county / "households.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            for person in line["persons"]:
                homes[pseudonym(KEY, person["id_number"])] = line["household"]
    return homes
