"""A household of the generated world: who lives there, what they earn, what befalls them, what they own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from deploy.synth.economy import Flows
from deploy.synth.geography import Village
from deploy.synth.people import Person
from deploy.synth.stories import Story

EX_POOR, ORDINARY = "脱贫户", "一般农户"


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that is so from a day until before another (None: to the end). `detail`: kind of disaster."""

    what: str
    since: date
    until: date | None = None
    detail: str = ""
    pretended: bool = False

    def holds(self, day: date) -> bool:
        """Whether it is so on the day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on, a field of a person has another value."""

    on: date
    ref: str
    name: str
    value: str | bool | float


@dataclass(frozen=True, slots=True)
class Bill:
    """One settled hospital claim; `own` is what the patient pays in whole yuan, `shift` spreads the day."""

    ref: str
    month: int
    day: int
    kind: str
    own: int
    insured: bool = True


@dataclass(slots=True)
class Belongings:
    """What the registers say: lists of plain rows per table, each with the ref of its person."""

    deposits: list[tuple[str, int]] = field(default_factory=list)
    vehicles: list[tuple[str, str, int, date]] = field(default_factory=list)
    houses: list[tuple[str, str, float, date]] = field(default_factory=list)
    business: list[tuple[str, str, str, str, int, date]] = field(default_factory=list)
    payroll: list[tuple[str, str, int, date]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fate:
    """When a story happens, as months of the calendar.

    `event`: it begins. `found`: somebody could know and the money is short. `recovers`: it is over.
    `proposed`: the village proposes removal. `falls_back`: what was over begins again.
    """

    event: int
    found: int
    recovers: int | None = None
    proposed: int | None = None
    falls_back: int | None = None


@dataclass(slots=True)
class Household:
    """One household. Spells and changes are facts of the world, whether or not anybody knows them.

    `margin`: civil affairs keeps it as a family at the margin of the minimum living scheme. `stopped`: the
    day on which its minimum living allowance ends, and the reason in the register.
    """

    village: Village
    number: str
    index: int
    group: str
    phone: str
    kind: str
    persons: list[Person]
    flows: Flows
    relocated: bool = False
    margin: bool = False
    story: Story | None = None
    fate: Fate | None = None
    event_on: date | None = None
    found_on: date | None = None
    risks: list[Spell] = field(default_factory=list)
    states: list[Spell] = field(default_factory=list)
    unsettled: list[Spell] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    belongings: Belongings = field(default_factory=Belongings)
    deaths: list[tuple[date, str]] = field(default_factory=list)
    stopped: tuple[date, str] | None = None

    @property
    def key(self) -> str:
        """Village code and household number, as the registry names it."""
        return f"{self.village.code}-{self.number}"

    def size(self, day: date) -> int:
        """Return how many belong to it on the day."""
        return sum(person.here(day) for person in self.persons)

    def person(self, ref: str) -> Person:
        """Return the member with this ref."""
        return next(person for person in self.persons if person.ref == ref)
