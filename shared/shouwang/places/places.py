"""The divisions that were vendored, read once from CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shouwang.errors import BadRequest, ConfigurationError, NotFound
from shouwang.places.codes import Level, level_of, not_found_hint, parent_of

DATA = Path(__file__).parent / "data"
COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_until")


@dataclass(frozen=True)
class Place:
    """A division. `since` None: the source does not say when it began; `until` None: it still stands."""

    code: str
    name: str
    level: Level
    parent: str | None
    since: date | None = None
    until: date | None = None

    def valid_on(self, day: date) -> bool:
        """Say whether the code is valid on a day (both ends counted)."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Places:
    """All divisions by code; a code that changed hands has a row for each time."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_code: dict[str, list[Place]] = {}
        self._children: dict[str, list[Place]] = {}
        for place in places:
            self._by_code.setdefault(place.code, []).append(place)
            self._children.setdefault(place.parent or "", []).append(place)

    @classmethod
    def load(cls, folder: Path = DATA) -> Places:
        """Read every CSV of a folder; ConfigurationError names file and line of a wrong row."""
        files = sorted(folder.glob("*.csv"))
        if not files:
            raise ConfigurationError(
                "没有区划数据（*.csv）。",
                code="places.load",
                where=str(folder),
                remedy="请把区划数据文件放进这个文件夹，格式见 docs/sdk/places.md。",
            )
        rows = {
            place: None for file in files for place in _rows(file)
        }  # counties of a city share their parents
        found = cls(rows)
        found._check_parents(files)
        return found

    def get(self, code: str, *, on: date | None = None) -> Place:
        """Return a place, as of a day when given, else the newest.

        NotFound `places.unknown` (with what was probably meant) or `places.not_valid`.
        """
        level_of(code)
        known = self._by_code.get(code)
        if not known:
            remedy = not_found_hint(code, list(self._by_code))
            raise NotFound(f"没有区划代码 {code}。", code="places.unknown", remedy=remedy)
        valid = [place for place in known if on is None or place.valid_on(on)]
        if not valid:
            raise NotFound(
                f"区划代码 {code}（{known[-1].name}）在 {on} 无效。",
                code="places.not_valid",
                remedy="区划有过调整：请改用当天有效的代码。",
            )
        return max(valid, key=lambda place: place.since or date.min)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def children(self, code: str, *, on: date | None = None) -> list[Place]:
        """Return the places one level down, by code; as of a day when given."""
        self.get(code, on=on)
        below = self._children.get(code, [])
        return sorted((place for place in below if on is None or place.valid_on(on)), key=lambda p: p.code)

    def within(self, code: str, level: Level, *, on: date | None = None) -> list[Place]:
        """Return every place of a level in a region: all villages of a county."""
        place = self.get(code, on=on)
        if place.level == level:
            return [place]
        return [found for child in self.children(code, on=on) for found in self._below(child, level, on)]

    def _below(self, place: Place, level: Level, on: date | None) -> list[Place]:
        if place.level == level:
            return [place]
        return [
            found for child in self.children(place.code, on=on) for found in self._below(child, level, on)
        ]

    def path(self, code: str, *, on: date | None = None) -> list[Place]:
        """Return the place with everything above it, province first."""
        found = [self.get(code, on=on)]
        while found[0].parent is not None:
            found.insert(0, self.get(found[0].parent, on=on))
        return found

    def name_of(self, code: str, *, on: date | None = None) -> str:
        """Return the full Chinese path: "湖南省衡阳市祁东县金桥镇…"."""
        return "".join(place.name for place in self.path(code, on=on))

    def _check_parents(self, files: list[Path]) -> None:
        for code, places in self._by_code.items():
            if any(place.parent is not None and place.parent not in self._by_code for place in places):
                where = "、".join(file.name for file in files)
                raise ConfigurationError(
                    f"{code} 的上级不在数据中。",
                    code="places.load",
                    where=where,
                    remedy="请补上缺少的上级区划那一行。",
                )


def _rows(file: Path) -> Iterator[Place]:
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ConfigurationError(
                f"表头应为 {','.join(COLUMNS)}。",
                code="places.load",
                where=f"{file}:1",
                remedy="请照此改正第一行，文件存成 UTF-8。",
            )
        for row in reader:
            yield _place(row, f"{file}:{reader.line_num}")


def _place(row: Mapping[str, str], where: str) -> Place:
    try:
        place = _read(row)
    except (BadRequest, ValueError) as error:
        raise ConfigurationError(
            f"这一行读不懂：{error}",
            code="places.load",
            where=where,
            remedy="请核对这一行的代码、级别和日期。",
        ) from error
    if not place.name or place.level != row["level"] or place.parent != parent_of(place.code):
        raise ConfigurationError(
            f"{place.code} 的名称、级别或上级与代码不符。",
            code="places.load",
            where=where,
            remedy="请按 docs/sdk/places.md 核对这一行：级别看代码位数，上级是代码的前几位。",
        )
    return place


def _read(row: Mapping[str, str]) -> Place:
    code, parent = row["code"], row["parent"] or None
    return Place(code, row["name"], level_of(code), parent, _day(row["valid_from"]), _day(row["valid_until"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
