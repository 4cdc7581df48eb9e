"""The engine: one for every procedure of the county. Pure: facts, dates and actors in, outcomes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor
from shouwang.errors import BadRequest
from shouwang.policy import PinnedView, Policy, Value, View
from shouwang.procedure import amends, notices
from shouwang.procedure.attempt import Attempt
from shouwang.procedure.case import Case
from shouwang.procedure.checks import reasons_against
from shouwang.procedure.deadlines import deadlines
from shouwang.procedure.facts import Facts
from shouwang.procedure.gates import running_notice
from shouwang.procedure.green import open_debts
from shouwang.procedure.library import Library
from shouwang.procedure.model import Procedure, Step
from shouwang.procedure.moves import move
from shouwang.procedure.outcome import Due, Outcome, Possibility
from shouwang.procedure.parts import Debt, Paper, Signature
from shouwang.procedure.possible import possibilities
from shouwang.procedure.reading import Known
from shouwang.procedure.reasons import WRONG_STEP, Reason, refusal
from shouwang.procedure.registry import GuardRegistry, PaperRegistry
from shouwang.suggestions import did_you_mean


class Engine:
    """Runs every procedure of its library. Holds no case: cases come in and go out."""

    def __init__(self, library: Library, known: Known) -> None:
        self.library = library
        self.known = known

    @classmethod
    def load(
        cls,
        folders: Iterable[Path],
        *,
        policy: Policy | None,
        guards: GuardRegistry | None = None,
        papers: PaperRegistry | None = None,
    ) -> Engine:
        """Read every *.yaml of the folders; ConfigurationError ("file:line") where one does not hold."""
        known = Known(policy or Policy({}), guards or GuardRegistry(), papers or PaperRegistry())
        return cls(Library.read(folders, known), known)

    def procedure_of(self, case: Case) -> Procedure:
        """Return the version that the case keeps."""
        return self.library.version(case.procedure, case.version)

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
        """Open a case under the version valid that day and take its first step (its first forward action).

        Pins the parameters of `pins` that are known; one that is not is asked again when it is needed.
        Refused with every reason when the first step may not be taken; then there is no case.
        """
        found = self.library.valid_on(procedure, on)
        first = found.steps[0]
        case = Case(
            id=id,
            procedure=found.id,
            version=found.version,
            region=region,
            opened_on=on,
            step=first.id,
            entered_on=on,
            pinned=self._pin(found.pins, on, region),
            supersedes=supersedes,
        )
        return self.take(
            case,
            action or first.forward[0],
            step=first.id,
            actor=actor,
            on=on,
            facts=facts,
            papers=papers,
            people=people,
        )

    def possibilities(
        self, case: Case, actor: Actor | None, facts: Mapping[str, Any] | None, on: date
    ) -> list[Possibility]:
        """Return what may happen now, by whom, what is missing and why; without an actor, for anybody.

        Papers, people and signatures come with the action: they are named, not counted as missing.
        """
        found, known = self.procedure_of(case), Facts(facts)
        view = self.view(case, on)

        def asking(step: Step, action: str) -> Attempt:
            return self._attempt(found, case, step, action, on, actor, known, view, asking=True)

        return possibilities(found, case, asking)

    def take(
        self,
        case: Case,
        action: str,
        *,
        step: str | None = None,
        actor: Actor,
        on: date,
        facts: Mapping[str, Any] | None = None,
        papers: Sequence[Paper] = (),
        people: Sequence[Signature] = (),
        reason: str | None = None,
        to: str | None = None,
    ) -> Outcome:
        """Take one action; Refused with every reason when it may not be taken.

        `step` may be left out for a withdrawal or an abort. `to`: where to send back to, if one may choose.
        """
        found = self.procedure_of(case)
        self._check_papers(papers)
        attempt = self._attempt(
            found,
            case,
            self._step(found, case, step or case.step),
            action,
            on,
            actor,
            Facts(facts),
            self.view(case, on),
            papers=tuple(papers),
            people=tuple(people),
            reason=reason,
            to=to,
        )
        if reasons := reasons_against(attempt):
            raise refusal(reasons, f"案件 {case.id} 步骤“{attempt.step.title}”")
        return move(attempt)

    def notice_posted(self, case: Case, notice_id: str, on: date) -> Outcome:
        """The notice hangs since `on`. The same twice changes nothing."""
        return notices.posted(case, notice_id, on)

    def objection_raised(
        self, case: Case, objection_id: str, on: date, *, notice_id: str | None = None
    ) -> Outcome:
        """An objection holds the gate; Refused procedure.notice_closed once the gate stood open."""
        return notices.raised(case, objection_id, on, notice_id)

    def objection_closed(self, case: Case, objection_id: str, on: date, upheld: bool) -> Outcome:
        """An objection is answered; upheld, it sends the case back to `when_upheld`."""
        return notices.closed(self.procedure_of(case), case, objection_id, on, upheld)

    def waits_at(self, case: Case) -> str | None:
        """Return the step of the notice at which the case waits."""
        notice = running_notice(case)
        return notice.step if notice else None

    def notice_known(self, case: Case, state: Mapping[str, Any]) -> Outcome:
        """Take over the notice service's own view of the running notice (see notices.caught_up)."""
        return notices.caught_up(self.procedure_of(case), case, state)

    def due(self, case: Case, on: date) -> list[Due]:
        """Return the deadlines that run, by day."""
        return deadlines(self.procedure_of(case), case, on, self.view(case, on), self.known.papers)

    def debts(self, case: Case, on: date) -> list[Debt]:
        """Return what the green channel still owes, the longest overdue first (see Debt.overdue)."""
        return sorted(open_debts(case.debts), key=lambda debt: (not debt.overdue(on), debt.due_on))

    def settle_debt(self, case: Case, *, paper: Paper, actor: Actor, on: date) -> Outcome:
        """Hand in an owed paper, by somebody who may act in the step that owes it."""
        self._check_papers([paper])
        return amends.settle_debt(self.procedure_of(case), case, paper, actor, on)

    def correct(
        self, case: Case, *, id: str, actor: Actor, on: date, reason: str, step: str | None = None
    ) -> Outcome:
        """Open a new case `id` for a closed one whose decision was found wrong; it stands at `step` again.

        `Outcome.superseded` is the old case, unchanged but for the mark: the caller stores both.
        """
        found = self.procedure_of(case)
        return amends.correct(found, case, id=id, actor=actor, on=on, reason=reason, step=step)

    def view(self, case: Case, on: date) -> View:
        """Return the policy as the case sees it: pinned values first, the day's values for the rest."""
        pinned = {name: Value.from_dict(value) for name, value in case.pinned.items()}
        return PinnedView(pinned, on, case.region, self.known.policy.at(on, case.region))

    def _pin(self, names: Iterable[str], on: date, region: str) -> dict[str, dict[str, Any]]:
        values = (self.known.policy.value(name, on=on, region=region) for name in names)
        return {value.name: value.to_dict() for value in values if isinstance(value, Value)}

    def _attempt(
        self,
        procedure: Procedure,
        case: Case,
        step: Step,
        action: str,
        on: date,
        actor: Actor | None,
        facts: Facts,
        view: View,
        **brought: Any,
    ) -> Attempt:
        known = self.known
        return Attempt(
            procedure, case, step, action, on, actor, facts, view, known.guards, known.papers, **brought
        )

    def _step(self, procedure: Procedure, case: Case, step: str) -> Step:
        if (found := procedure.find(step)) is not None:
            return found
        near = did_you_mean(step, (one.id for one in procedure.steps))
        reason = Reason(
            WRONG_STEP, f"程序“{procedure.title}”没有步骤“{step}”，{near}", procedure.source, step
        )
        raise refusal([reason], f"案件 {case.id}")

    def _check_papers(self, papers: Sequence[Paper]) -> None:
        for paper in papers:
            if paper.name not in self.known.papers:
                raise BadRequest(
                    f"没有名为“{paper.name}”的材料",
                    code="procedure.unknown_paper",
                    remedy=did_you_mean(paper.name, self.known.papers.names()),
                )
