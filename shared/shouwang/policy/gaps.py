"""Figures that answer unknown on a day in a place: why, since when, and the row that held before (K-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from shouwang.policy.parameter import Parameter, Row
from shouwang.policy.policy import Policy
from shouwang.policy.values import Unknown

Kind = Literal["past", "absent", "open", "early"]
KINDS: Final[dict[Kind, str]] = {
    "past": "已过期",
    "absent": "对本县没有规定",
    "open": "文件未定",
    "early": "当日尚无规定",
}
LAPSED: Final = ("past", "absent")
"""What somebody has to look at; that the documents leave something open was written down by somebody."""


@dataclass(frozen=True)
class Gap:
    """One figure that is unknown; `row`: the one that answered last, None where none ever held here."""

    parameter: Parameter
    kind: Kind
    reason: str
    row: Row | None

    @property
    def last(self) -> Row | None:
        """The last row with a value that has held where `row` holds."""
        rows = self.parameter.rows if self.row is not None else ()
        return _newest(row for row in rows if row.value is not None and self._holds(row))

    @property
    def example(self) -> Row | None:
        """The newest row with a value of any place: what another county has set."""
        return _newest(row for row in self.parameter.rows if row.value is not None)

    def _holds(self, row: Row) -> bool:
        return self.row is not None and row.region == self.row.region and row.start <= self.row.start

    @property
    def where(self) -> str:
        """File and line: of the row, else of the parameter."""
        return self.row.where if self.row is not None else self.parameter.where


def gaps(policy: Policy, on: date, region: str) -> list[Gap]:
    """Return every parameter and code table that is unknown on a day in a region, by name."""
    every = [policy.parameter(name) for name in policy.names()]
    return [gap for parameter in every if (gap := gap_of(parameter, on, region)) is not None]


def lapsed(policy: Policy, on: date, region: str) -> int:
    """Return how many figures are past their review, ended, or were never set for a region."""
    return sum(gap.kind in LAPSED for gap in gaps(policy, on, region))


def gap_of(parameter: Parameter, on: date, region: str) -> Gap | None:
    """Return why a parameter is unknown; None: it is known."""
    found = parameter.on(on, region)
    if not isinstance(found, Unknown):
        return None
    begun = [row for row in parameter.rows if region.startswith(row.region) and row.start <= on]
    last = max(begun, key=lambda row: (len(row.region), row.start), default=None)
    return Gap(
        parameter, _kind(last, on) if last is not None else _none(parameter, region), found.reason, last
    )


def _none(parameter: Parameter, region: str) -> Kind:
    return "early" if any(region.startswith(row.region) for row in parameter.rows) else "absent"


def _newest(rows: Iterable[Row]) -> Row | None:
    return max(rows, key=lambda row: row.start, default=None)


def _kind(last: Row, on: date) -> Kind:
    return "open" if last.unknown and last.in_force(on) else "past"
