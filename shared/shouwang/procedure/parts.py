"""What a case is made of: papers, people who signed, entries, notice, debts. Immutable, and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

JSON = dict[str, Any]


def iso(day: date | None) -> str | None:
    """Return the ISO form of a date that may be missing."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    """Read an ISO date that may be missing."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper handed in: its `name` as registered, where it is kept, and its date when it bears one."""

    name: str
    reference: str = ""
    on: date | None = None

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {"name": self.name, "reference": self.reference, "on": iso(self.on)}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Paper:
        """Read the JSON form."""
        return Paper(data["name"], data.get("reference", ""), day_of(data.get("on")))


@dataclass(frozen=True, slots=True)
class Signature:
    """A person who took part or signed, in which function (role); the reference is no name."""

    person_ref: str
    role: str

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {"person_ref": self.person_ref, "role": self.role}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Signature:
        """Read the JSON form."""
        return Signature(data["person_ref"], data["role"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One transition that took place. `by`: the actor's JSON form, None where nobody acts."""

    step: str
    action: str
    on: date
    by: Mapping[str, Any] | None = None
    people: tuple[Signature, ...] = ()
    papers: tuple[Paper, ...] = ()
    reason: str | None = None
    decisions: tuple[Mapping[str, Any], ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "step": self.step,
            "action": self.action,
            "on": self.on.isoformat(),
            "by": dict(self.by) if self.by is not None else None,
            "people": [person.to_dict() for person in self.people],
            "papers": [paper.to_dict() for paper in self.papers],
            "reason": self.reason,
            "decisions": [dict(decision) for decision in self.decisions],
            "detail": dict(self.detail),
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Entry:
        """Read the JSON form."""
        return Entry(
            step=data["step"],
            action=data["action"],
            on=date.fromisoformat(data["on"]),
            by=data["by"],
            people=tuple(Signature.from_dict(one) for one in data["people"]),
            papers=tuple(Paper.from_dict(one) for one in data["papers"]),
            reason=data["reason"],
            decisions=tuple(data["decisions"]),
            detail=data["detail"],
        )

    def persons(self) -> frozenset[str]:
        """Return who had a hand in it: the actor (or whom the actor acted for) and everybody who signed."""
        acting = {self.by.get("on_behalf_of") or self.by["id"]} if self.by else set()
        return frozenset(acting | {person.person_ref for person in self.people})


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to a notice; open until it has a closing day."""

    id: str
    raised_on: date
    closed_on: date | None = None
    upheld: bool | None = None

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "id": self.id,
            "raised_on": self.raised_on.isoformat(),
            "closed_on": iso(self.closed_on),
            "upheld": self.upheld,
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Objection:
        """Read the JSON form."""
        raised = date.fromisoformat(data["raised_on"])
        return Objection(data["id"], raised, day_of(data["closed_on"]), data["upheld"])


@dataclass(frozen=True, slots=True)
class Notice:
    """The public notice on which the case waits. `days`: full calendar days; `opens_on`: once posted."""

    step: str
    days: int
    requested_on: date
    id: str | None = None
    posted_on: date | None = None
    opens_on: date | None = None
    objections: tuple[Objection, ...] = ()

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "step": self.step,
            "days": self.days,
            "requested_on": self.requested_on.isoformat(),
            "id": self.id,
            "posted_on": iso(self.posted_on),
            "opens_on": iso(self.opens_on),
            "objections": [objection.to_dict() for objection in self.objections],
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Notice:
        """Read the JSON form."""
        return Notice(
            step=data["step"],
            days=data["days"],
            requested_on=date.fromisoformat(data["requested_on"]),
            id=data["id"],
            posted_on=day_of(data["posted_on"]),
            opens_on=day_of(data["opens_on"]),
            objections=tuple(Objection.from_dict(one) for one in data["objections"]),
        )


@dataclass(frozen=True, slots=True)
class Debt:
    """What the green channel (S-07) lets come later: a paper or a step owed by `due_on`.

    `state`: open, settled, or lapsed (the step that owed it was sent back and is done anew).
    """

    step: str
    kind: str
    name: str
    since: date
    due_on: date
    state: str = "open"
    settled_on: date | None = None

    def overdue(self, on: date) -> bool:
        """Whether it is still owed after its day."""
        return self.state == "open" and on > self.due_on

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "step": self.step,
            "kind": self.kind,
            "name": self.name,
            "since": self.since.isoformat(),
            "due_on": self.due_on.isoformat(),
            "state": self.state,
            "settled_on": iso(self.settled_on),
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Debt:
        """Read the JSON form."""
        since, due = date.fromisoformat(data["since"]), date.fromisoformat(data["due_on"])
        settled = day_of(data["settled_on"])
        return Debt(data["step"], data["kind"], data["name"], since, due, data["state"], settled)
