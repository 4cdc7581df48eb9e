"""What a table may hold: the kinds of columns, declared by their Chinese headings.

Only declarations live here (no pandas, no Arrow): a table can be read in any process. How cells are read
stands in `parsing`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar


@dataclass(frozen=True)
class Column:
    """One column. `labels`: its headings in the file; `aliases`: other headings for the first label.

    kind: what parses it. stored: its type in the Parquet files. unit: of `policy.units`, for people.
    optional: a blank cell is unknown (NULL) instead of a refused row.
    """

    labels: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    optional: bool = False
    name: str = ""
    defined: str = ""
    kind: ClassVar[str] = ""
    stored: ClassVar[str] = ""

    @property
    def label(self) -> str:
        """The first heading, by which errors name the column."""
        return self.labels[0]

    @property
    def unit(self) -> str:
        """Unit of the values, as `policy.units` names it; "text" unless the kind says otherwise."""
        return "text"

    def headings(self, label: str) -> tuple[str, ...]:
        """Return every heading under which `label` may stand in a file."""
        return (label, *self.aliases) if label == self.label else (label,)

    def named(self, name: str) -> Column:
        """Return the same column with its attribute name."""
        return replace(self, name=name)

    def describe(self) -> dict[str, Any]:
        """Return the JSON form for `describe()` and the announcement."""
        return {
            "name": self.name,
            "kind": self.kind,
            "headings": list(self.labels),
            "aliases": list(self.aliases),
            "optional": self.optional,
        }


@dataclass(frozen=True)
class IdNumberColumn(Column):
    """An ID number (GB 11643): a pseudonym under the department's key from the door on."""

    kind: ClassVar[str] = "id_number"
    stored: ClassVar[str] = "uuid"


@dataclass(frozen=True)
class DateColumn(Column):
    """A day; later than the end of the period is refused, since no export knows the future."""

    kind: ClassVar[str] = "date"
    stored: ClassVar[str] = "date"


@dataclass(frozen=True)
class MoneyColumn(Column):
    """An amount in yuan, kept as whole fen; several headings are summed.

    blank: fen that a blank cell means by declared habit of the department (None: it is missing).
    sum_at_most: name of the column that it may not exceed.
    """

    blank: int | None = None
    sum_at_most: str = ""
    kind: ClassVar[str] = "money"
    stored: ClassVar[str] = "int64"

    @property
    def unit(self) -> str:
        """Fen."""
        return "fen"


@dataclass(frozen=True)
class TextColumn(Column):
    """A short text without personal data (a claim number), at most `longest` characters."""

    longest: int = 64
    kind: ClassVar[str] = "text"
    stored: ClassVar[str] = "string"


@dataclass(frozen=True)
class WholeColumn(Column):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 1_000_000_000
    kind: ClassVar[str] = "whole"
    stored: ClassVar[str] = "int64"

    @property
    def unit(self) -> str:
        """Nothing in particular."""
        return ""


@dataclass(frozen=True)
class NumberColumn(Column):
    """A number with at most `places` decimals, exact."""

    places: int = 2
    measured_in: str = ""
    kind: ClassVar[str] = "number"
    stored: ClassVar[str] = "decimal"

    @property
    def unit(self) -> str:
        """What the author named."""
        return self.measured_in


@dataclass(frozen=True)
class YesNoColumn(Column):
    """是 or 否, in the usual spellings."""

    kind: ClassVar[str] = "yes_no"
    stored: ClassVar[str] = "bool"

    @property
    def unit(self) -> str:
        """Yes or no."""
        return "yes_no"


@dataclass(frozen=True)
class CodeColumn(Column):
    """One of a list: the label on paper becomes the value used in rules."""

    values: Mapping[str, str] = field(default_factory=dict)
    kind: ClassVar[str] = "code"
    stored: ClassVar[str] = "string"

    def describe(self) -> dict[str, Any]:
        """Return the JSON form with its labels and values."""
        return {**super().describe(), "values": dict(self.values)}


@dataclass(frozen=True)
class PlaceColumn(Column):
    """A division code of town (9 digits) or village (12 digits)."""

    kind: ClassVar[str] = "place"
    stored: ClassVar[str] = "string"


def _several(given: Any) -> tuple[Any, ...]:
    """Return a list as it is, and a single heading as one: a text is not a list of its letters."""
    return (given,) if isinstance(given, str) else tuple(given)


def _here() -> str:
    caller = sys._getframe(2)
    return f"{caller.f_code.co_filename}:{caller.f_lineno}"


def id_number(label: str, *, aliases: Sequence[str] = ()) -> Any:
    """Declare an ID number column. Every row must have one."""
    return IdNumberColumn((label,), _several(aliases), defined=_here())


def date(label: str, *, aliases: Sequence[str] = (), optional: bool = False) -> Any:
    """Declare a day: 2021-06-01, 2021/6/1, 2021.6.1, 20210601, 2021年6月1日 or a date cell."""
    return DateColumn((label,), _several(aliases), optional, defined=_here())


def money(
    *labels: str,
    aliases: Sequence[str] = (),
    optional: bool = False,
    blank: int | None = None,
    sum_at_most: str = "",
) -> Any:
    """Declare an amount in yuan with at most two decimals; several headings are summed. Kept in fen."""
    where = _here()
    return MoneyColumn(labels, _several(aliases), optional, "", where, blank=blank, sum_at_most=sum_at_most)


def text(label: str, *, aliases: Sequence[str] = (), optional: bool = False, longest: int = 64) -> Any:
    """Declare a short text. Never a name, an address, a diagnosis or an account number."""
    return TextColumn((label,), _several(aliases), optional, defined=_here(), longest=longest)


def whole(
    label: str,
    *,
    aliases: Sequence[str] = (),
    optional: bool = False,
    least: int = 0,
    most: int = 1_000_000_000,
) -> Any:
    """Declare a whole number between `least` and `most`."""
    return WholeColumn((label,), _several(aliases), optional, defined=_here(), least=least, most=most)


def number(
    label: str, *, aliases: Sequence[str] = (), optional: bool = False, places: int = 2, unit: str = ""
) -> Any:
    """Declare an exact number with at most `places` decimals."""
    where = _here()
    return NumberColumn((label,), _several(aliases), optional, "", where, places=places, measured_in=unit)


def yes_no(label: str, *, aliases: Sequence[str] = (), optional: bool = False) -> Any:
    """Declare a yes or no: 是/否, 有/无, 1/0, Y/N."""
    return YesNoColumn((label,), _several(aliases), optional, defined=_here())


def code(
    label: str, values: Mapping[str, str], *, aliases: Sequence[str] = (), optional: bool = False
) -> Any:
    """Declare a choice: `{"住院": "inpatient"}`, label on paper to value in rules."""
    return CodeColumn((label,), _several(aliases), optional, defined=_here(), values=dict(values))


def place(label: str, *, aliases: Sequence[str] = (), optional: bool = False) -> Any:
    """Declare a division code of a town or village."""
    return PlaceColumn((label,), _several(aliases), optional, defined=_here())
