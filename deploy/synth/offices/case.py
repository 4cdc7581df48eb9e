"""One household as an office knows it: what is so, what the office's tables say of it, and where they fail.

A kind of trouble is a function that writes the rows of a case. It marks the row that tells of the trouble, or
the row that clears it away; which of them is spoilt or left out decides whether the office sees the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from deploy.synth.calendar import Calendar

SO, BELOW, FINE = "so", "below", "fine"
HIDDEN, UNKNOWN, FEIGNED = "hidden", "unknown", "feigned"
TELLS, CLEARS = "tells", "clears"
PERSON, OWNER, PLACE = "身份证号", "户主身份证号", "村居代码"
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Fate:
    """What becomes of a case: whether it is so, whether the tables show it so, and why these may differ."""

    so: bool
    seen: bool
    reason: str | None = None


FATES: Final[Mapping[str, Fate]] = {
    SO: Fate(True, True),
    BELOW: Fate(False, False, "not_enough"),
    HIDDEN: Fate(True, False, "row_spoilt"),
    UNKNOWN: Fate(True, False, "never_registered"),
    FEIGNED: Fate(False, True, "register_wrong"),
    FINE: Fate(False, False),
}


@dataclass(frozen=True)
class Row:
    """A row of a table, by heading; `back`: periods before the newest; `mark`: what it does for the case."""

    table: str
    cells: dict[str, Any]
    back: int = 0
    mark: str = ""


@dataclass
class Case:
    """A household with one kind of trouble, or without it; `person` is whom the rows are about."""

    household: Line
    person: Line
    month: date
    how: str
    rows: list[Row] = field(default_factory=list)

    @property
    def so(self) -> bool:
        """Whether the tables are to show the trouble."""
        return self.how in (SO, HIDDEN, FEIGNED)

    @property
    def below(self) -> bool:
        """Whether they show some of it, too little or too young to speak of."""
        return self.how == BELOW

    @property
    def village(self) -> str:
        """Code of the village."""
        return str(self.household["village"])

    @property
    def key(self) -> str:
        """The household's number, for the numbers of houses, loans and sources of water."""
        return str(self.household["household"])

    @property
    def head(self) -> Line:
        """The head of the household."""
        found: Line = self.household["persons"][0]
        return found

    def day(self, before: int) -> date:
        """Return the day so many days before the end of the month."""
        return self.month - timedelta(days=before)

    def put(
        self,
        table: str,
        *,
        back: int = 0,
        mark: str = "",
        whose: str = PERSON,
        place: str = PLACE,
        **cells: Any,
    ) -> None:
        """Write a row about the person: name and village stand in it as the office keeps them."""
        named = {"姓名": self.person["name"], whose: self.person["id_number"], place: self.village}
        self.rows.append(Row(table, {**named, **cells}, back, mark))

    def put_place(self, table: str, *, mark: str = "", **cells: Any) -> None:
        """Write a row about a place or a thing: no person stands in it."""
        self.rows.append(Row(table, {PLACE: self.village, **cells}, 0, mark))


@dataclass(frozen=True)
class Kind:
    """A kind of trouble: its name, how an office writes it down, and whose in a household it can be."""

    name: str
    write: Callable[[Case], None]
    whose: Callable[[Line, date], Line | None]
    feigned_by: str = ""
    """CLEARS: it seems so when the clearing row is spoilt; else the office's register itself is wrong."""


def months_before(last: date, back: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    months = last.year * 12 + last.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def head(household: Line, month: date) -> Line | None:
    """Return the head, of age."""
    return aged(household, month, 18, 200)


def aged(household: Line, month: date, least: int, most: int) -> Line | None:
    """Return the first member of this age who is there at the end of the month."""
    fit = (one for one in household["persons"] if least <= age(one, month) <= most and _here(one, month))
    return next(fit, None)


def between(least: int, most: int) -> Callable[[Line, date], Line | None]:
    """Return a chooser of the first member of an age."""
    return lambda household, month: aged(household, month, least, most)


def age(person: Line, day: date) -> int:
    """Return completed years."""
    born = date.fromisoformat(person["birth"])
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def last_of(month: str) -> date:
    """Return the last day of a month; SynthError when it is none."""
    return Calendar.parse(month, 12).last(12)


def _here(person: Line, day: date) -> bool:
    return person["until"] is None or day < date.fromisoformat(person["until"])
