"""What a measure answers, and the persons and households it is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

from shouwang.decision import Verdict
from shouwang.errors import UnknownValue
from shouwang.money import Fen
from shouwang.vocabulary import Category, Group

PER: Final = ("once", "month", "year")


@dataclass(frozen=True)
class Entitlement:
    """Answer of a measure: entitled (with fen, or None where it is no money), not entitled, or unknown.

    receiving: whether it is given already (None: nobody says), so that nothing is given twice.
    """

    verdict: Verdict
    amount_fen: Fen | None = None
    reason: str = ""
    per: Literal["once", "month", "year"] = "once"
    receiving: bool | None = None

    def __post_init__(self) -> None:
        if self.amount_fen is not None and type(self.amount_fen) is not int:
            raise TypeError("fen are whole: use shouwang.money.share")
        if self.amount_fen is not None and self.amount_fen < 0:
            raise ValueError("nobody is entitled to less than nothing")
        if self.per not in PER:
            raise ValueError("per: once, month or year")


def entitled(
    amount: Fen | None = None,
    *,
    capped_at: Fen | None = None,
    per: Literal["once", "month", "year"] = "once",
    reason: str = "",
    receiving: bool | None = None,
) -> Entitlement:
    """Grant `amount` fen (None: not money), at most `capped_at`.

    receiving: False where a register shows that it is not given yet; None where none can tell.
    """
    if amount is not None and capped_at is not None and amount > capped_at:
        return Entitlement(Verdict.YES, capped_at, reason or "已达封顶线", per, receiving)
    return Entitlement(Verdict.YES, amount, reason, per, receiving)


def not_entitled(reason: str, *, receiving: bool | None = None) -> Entitlement:
    """Refuse, saying why in Chinese; `receiving=True` when the reason is that it is given already."""
    return Entitlement(Verdict.NO, None, reason, receiving=receiving)


def unknown(reason: str) -> Entitlement:
    """Leave it open, saying what is missing in Chinese."""
    return Entitlement(Verdict.UNKNOWN, None, reason)


Note = Callable[[str, Any], None]
"""Told of everything a measure reads: the name and the value. It becomes a ground."""


def _unheard(name: str, value: Any) -> None:
    del name, value


@dataclass(frozen=True)
class Person:
    """A person as a measure sees them: no name, no number. `groups` None: nobody said which apply.

    `attributes`: what the asker sent besides (birth, able_to_work …). `untold`: groups of which nobody said
    yes or no (0256).
    """

    ref: str
    groups: frozenset[Group] | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    note: Note = field(default=_unheard, compare=False, repr=False)
    untold: frozenset[Group] = frozenset()

    def is_any(self, *groups: Group) -> bool:
        """Say whether the person belongs to any of these groups; UnknownValue when nobody said.

        A word that is no group is a ValueError, not a no.
        """
        if self.groups is None:
            raise missing("人员类别（特困、低保等）")
        open_ones = [group.label for group in Group if group in self.untold & set(groups)]
        if open_ones and not self.groups & set(groups):
            raise missing(f"人员类别（是否{'、'.join(open_ones)}）")
        self.note("groups", [group.label for group in Group if group in self.groups])
        return bool(self.groups & {Group(group) for group in groups})

    def if_also(self, group: Group) -> Person:
        """Return the person as if the group applied too: for what an untold group would change."""
        return replace(self, groups=(self.groups or frozenset()) | {group}, untold=self.untold - {group})

    def get(self, name: str, label: str) -> Any:
        """Return an attribute; UnknownValue naming `label` when it was not sent."""
        return _given(self.attributes, name, label, self.note)

    def age_on(self, day: date) -> int:
        """Return the completed years of age; UnknownValue without a birth date."""
        born = date.fromisoformat(self.get("birth", "出生日期"))
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True)
class Household:
    """The household of a case: its category, whether somebody is able to work, and its persons."""

    persons: tuple[Person, ...]
    category: Category | None = None
    able_to_work: bool | None = None
    risks: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    note: Note = field(default=_unheard, compare=False, repr=False)

    @property
    def size(self) -> int:
        """How many persons: as the asker counts them, who may know some without a number to send."""
        return int(self.attributes.get("size") or len(self.persons))

    def get(self, name: str, label: str) -> Any:
        """Return an attribute; UnknownValue naming `label` when it was not sent."""
        return _given(self.attributes, name, label, self.note)


class Figures:
    """The row of a view for one person: `year.in_scope`. A figure that is not known raises UnknownValue.

    labels: Chinese name of each column. reason: why there is no row (values None).
    """

    def __init__(
        self,
        name: str,
        values: Mapping[str, Any] | None,
        labels: Mapping[str, str],
        reason: str = "",
        note: Note = _unheard,
    ) -> None:
        self._name, self._values, self._labels = name, values, labels
        self._reason, self._note = reason, note

    def __getattr__(self, column: str) -> Any:
        if column.startswith("_") or column not in self._labels:
            raise AttributeError(column)
        value = None if self._values is None else self._values[column]
        if value is None:
            raise missing(f"“{self._labels[column]}”", self._reason)
        self._note(f"{self._name}.{column}", value)
        return value


def missing(label: str, reason: str = "") -> UnknownValue:
    """Return the refusal that a measure meets when it needs what nobody gave: becomes unknown, never no."""
    return UnknownValue(reason or f"缺少{label}", remedy="请补充后重新测算。")


def _given(attributes: Mapping[str, Any], name: str, label: str, note: Note) -> Any:
    if attributes.get(name) is None:
        raise missing(label)
    note(label, attributes[name])
    return attributes[name]
