"""One attempt at one action, with everything that the checks look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shouwang.access import Actor
from shouwang.decision import Decision
from shouwang.policy import View
from shouwang.procedure.case import Case
from shouwang.procedure.facts import Facts
from shouwang.procedure.judging import judge
from shouwang.procedure.model import ABORT, REFUSE, WITHDRAW, Procedure, Step, Who
from shouwang.procedure.parts import Paper, Signature
from shouwang.procedure.registry import Guard, GuardRegistry, PaperRegistry


@dataclass(frozen=True)
class Attempt:
    """An action that somebody wants to take. `asking`: only asked whether, nothing is brought along yet."""

    procedure: Procedure
    case: Case
    step: Step
    action: str
    on: date
    actor: Actor | None
    facts: Facts
    view: View
    guards: GuardRegistry
    paper_kinds: PaperRegistry
    papers: tuple[Paper, ...] = ()
    people: tuple[Signature, ...] = ()
    reason: str | None = None
    to: str | None = None
    asking: bool = False

    @property
    def source(self) -> str:
        """The article behind the step."""
        return self.step.source or self.procedure.source

    @property
    def is_forward(self) -> bool:
        """Whether it moves the case on."""
        return self.action in self.step.forward

    @property
    def decides(self) -> bool:
        """Whether it is a decision on the merits: forward or refusal. Both need the people and signatures."""
        return self.is_forward or self.action == REFUSE

    @property
    def end(self) -> str | None:
        """The end that the action leads to, if it does."""
        return self.step.ends.get(self.action)

    @property
    def who(self) -> Who | None:
        """Who may take it."""
        if self.action == WITHDRAW:
            return self.procedure.withdraw
        if self.action == ABORT:
            return self.procedure.abort.by if self.procedure.abort else None
        return self.step.by

    @cached_property
    def judged(self) -> list[tuple[Guard, Decision]]:
        """The guards of this action with their decisions, asked once."""
        return [self._ask(name) for name in self.step.guards.get(self.action, ())]

    @cached_property
    def green(self) -> tuple[Guard, Decision] | None:
        """The guard of the green channel with its decision; None where there is none or the case ends."""
        terms = self.step.green_channel
        return self._ask(terms.guard) if terms and self.is_forward and self.end is None else None

    @property
    def is_green(self) -> bool:
        """Whether the green channel is open for this case."""
        return self.green is not None and self.green[1].is_yes

    @property
    def decisions(self) -> list[Decision]:
        """Every decision made on the way."""
        asked = [*self.judged, *([self.green] if self.green else [])]
        return [decision for _, decision in asked]

    def _ask(self, name: str) -> tuple[Guard, Decision]:
        guard = self.guards[name]
        return guard, judge(guard, self.facts, self.view, self.on)
