"""What the engine answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shouwang.procedure.case import Case
from shouwang.procedure.parts import JSON
from shouwang.procedure.reasons import Reason


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome asks of the world. `data` is JSON and holds no personal data: it goes into events.

    Kinds: step_taken, sent_back, ended, notice_requested, publication_requested, debt_owed, corrected.
    """

    kind: str
    data: JSON


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new case and what follows from it; `superseded` is the old case of a correction, now marked."""

    case: Case
    effects: tuple[Effect, ...] = ()
    superseded: Case | None = None


@dataclass(frozen=True, slots=True)
class Possibility:
    """One action that the procedure knows now: `reasons` say why not, the rest by whom and what to bring.

    `owed` are papers that may come later through the green channel.
    """

    step: str
    action: str
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    title: str = ""
    level: str | None = None
    roles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    people: int = 0
    people_from: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    needs_reason: bool = False

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "step": self.step,
            "action": self.action,
            "title": self.title,
            "allowed": self.allowed,
            "reasons": [reason.to_dict() for reason in self.reasons],
            "level": self.level,
            "roles": list(self.roles),
            "papers": list(self.papers),
            "owed": list(self.owed),
            "people": self.people,
            "people_from": list(self.people_from),
            "signatures": list(self.signatures),
            "needs_reason": self.needs_reason,
        }


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that runs: `kind` is step, posting (of a notice) or debt.

    `due_on` is None where the policy does not know the days; `unknown` then says why.
    """

    step: str
    title: str
    kind: str
    due_on: date | None
    overdue: bool
    level: str | None = None
    roles: tuple[str, ...] = ()
    unknown: str = ""

    def to_dict(self) -> JSON:
        """Return the JSON form."""
        return {
            "step": self.step,
            "title": self.title,
            "kind": self.kind,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "overdue": self.overdue,
            "level": self.level,
            "roles": list(self.roles),
            "unknown": self.unknown,
        }
