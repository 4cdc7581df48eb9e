"""The engine: one for every procedure of the county. Pure: facts, dates and actors come in, outcomes go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor
from shouwang.procedure.case import Case
from shouwang.procedure.parts import JSON, Debt, Paper, Signature
from shouwang.procedure.reasons import Reason
from shouwang.procedure.registry import GuardRegistry, PaperRegistry


@dataclass(frozen=True, slots=True)
class Effect:
    """What the outcome asks of the world: notice_requested, step_taken, ended, sent_back, debt_owed, …

    `data` holds no personal data: it goes into events.
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
    """One action that the procedure knows now; `reasons` say why not, the rest says what to bring."""

    step: str
    action: str
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    title: str = ""
    level: str | None = None
    roles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    people: int = 0
    people_from: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of the case: `kind` is step, notice or debt."""

    step: str
    title: str
    kind: str
    due_on: date
    overdue: bool
    level: str | None = None
    roles: tuple[str, ...] = ()


class Engine:
    """Runs every procedure that its folders hold."""

    @classmethod
    def load(
        cls,
        folders: Iterable[Path],
        *,
        policy: Any,
        guards: GuardRegistry,
        papers: PaperRegistry,
    ) -> Engine:
        """Read every procedure; ConfigurationError with file and line when one does not hold together."""
        raise NotImplementedError

    def open(
        self,
        procedure: str,
        *,
        id: str,
        region: str,
        on: date,
        actor: Actor,
        facts: Mapping[str, Any] | None = None,
        papers: Sequence[Paper] = (),
        people: Sequence[Signature] = (),
        action: str | None = None,
        supersedes: str | None = None,
    ) -> Outcome:
        """Open a case under the version valid on that day and take its first step."""
        raise NotImplementedError

    def possibilities(
        self, case: Case, actor: Actor | None, facts: Mapping[str, Any], on: date
    ) -> list[Possibility]:
        """Say what may happen now, by whom, and what is missing."""
        raise NotImplementedError

    def take(
        self,
        case: Case,
        action: str,
        *,
        step: str,
        actor: Actor,
        on: date,
        facts: Mapping[str, Any] | None = None,
        papers: Sequence[Paper] = (),
        people: Sequence[Signature] = (),
        reason: str | None = None,
        to: str | None = None,
    ) -> Outcome:
        """Take one action; Refused with every reason when it may not be taken."""
        raise NotImplementedError

    def notice_posted(self, case: Case, notice_id: str, on: date) -> Outcome:
        """The notice hangs since that day."""
        raise NotImplementedError

    def objection_raised(self, case: Case, objection_id: str, on: date, *, notice_id: str | None = None) -> Outcome:
        """An objection holds the gate."""
        raise NotImplementedError

    def objection_closed(
        self, case: Case, objection_id: str, on: date, upheld: bool, *, notice_id: str | None = None
    ) -> Outcome:
        """An objection is answered; upheld, it sends the case back."""
        raise NotImplementedError

    def due(self, case: Case, on: date) -> list[Due]:
        """Return the deadlines that run."""
        raise NotImplementedError

    def debts(self, case: Case, on: date) -> list[Debt]:
        """Return what the green channel still owes."""
        raise NotImplementedError

    def settle_debt(self, case: Case, *, paper: Paper, actor: Actor, on: date) -> Outcome:
        """Hand in an owed paper."""
        raise NotImplementedError

    def correct(
        self, case: Case, *, id: str, actor: Actor, on: date, reason: str, step: str | None = None
    ) -> Outcome:
        """Open a new case that names a closed one whose decision was found wrong."""
        raise NotImplementedError
