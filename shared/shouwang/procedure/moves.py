"""The transitions themselves: from a case and a checked attempt to the new case and its effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shouwang.procedure.attempt import Attempt
from shouwang.procedure.case import ABORTED, REFUSED, WITHDRAWN, Case
from shouwang.procedure.gates import opened_on, running_notice
from shouwang.procedure.green import lapse, new_debts, settle, settle_step
from shouwang.procedure.model import ABORT, PASS, REFUSE, SEND_BACK, WITHDRAW, Procedure, Step
from shouwang.procedure.outcome import Effect, Outcome
from shouwang.procedure.parts import Debt, Entry, Notice

_CLOSING = {REFUSE: REFUSED, WITHDRAW: WITHDRAWN, ABORT: ABORTED}


def move(attempt: Attempt) -> Outcome:
    """Carry out an attempt that every check has let through."""
    if attempt.action == SEND_BACK:
        return _send_back(attempt)
    if attempt.action in _CLOSING:
        return _close(attempt, _CLOSING[attempt.action])
    return _forward(attempt)


def _forward(attempt: Attempt) -> Outcome:
    owed = new_debts(attempt)
    case = _recorded(attempt, _gate_entry(attempt))
    case = replace(case, debts=(*_paid(attempt), *owed))
    effects = [_taken(attempt), *(_published(attempt)), *(_owed(attempt, debt) for debt in owed)]
    if attempt.end is not None:
        case = replace(case, step=attempt.step.id, status=attempt.end)
        return Outcome(case, (*effects, _ended(attempt, attempt.end)))
    moved, asked = _advance(attempt, case)
    return Outcome(moved, (*effects, *asked))


def _advance(attempt: Attempt, case: Case) -> tuple[Case, list[Effect]]:
    """To the next step of the stage, or to the next stage; a notice there is asked for at once."""
    stage = attempt.procedure.stages[attempt.procedure.position(attempt.step.id)]
    waiting = case.step not in {step.id for step in stage}
    passed = (*(() if waiting else case.passed), attempt.step.id)
    left = [step for step in stage if step.id not in passed]
    if left:
        since = case.notice and opened_on(case.notice) if waiting else case.entered_on
        return replace(case, step=left[0].id, passed=passed, entered_on=since or attempt.on), []
    following = attempt.procedure.stage_after(attempt.step.id)[0]
    case = replace(case, step=following.id, passed=(), entered_on=attempt.on)
    return _with_notice(attempt, case, following)


def _with_notice(attempt: Attempt, case: Case, step: Step) -> tuple[Case, list[Effect]]:
    if step.notice is None:
        return case, []
    days = step.notice.days.of(attempt.view)
    notice = Notice(step.id, days, attempt.on)
    asked = {"step": step.id, "title": step.title, "place": step.notice.place, "days": days}
    return replace(case, notice=notice), [Effect("notice_requested", {**_base(attempt), **asked})]


def _send_back(attempt: Attempt) -> Outcome:
    to = attempt.to or attempt.procedure.back_from(attempt.step)[0]
    case = _recorded(attempt, _gate_entry(attempt), {"to": to, "redone": redone(attempt.procedure, to)})
    case = returned(attempt.procedure, case, to)
    return Outcome(replace(case, entered_on=attempt.on), (_effect("sent_back", attempt, to=to),))


def _close(attempt: Attempt, status: str) -> Outcome:
    gate = _gate_entry(attempt) if attempt.action == REFUSE else ()
    case = replace(_recorded(attempt, gate), step=attempt.step.id, status=status)
    return Outcome(case, (_taken(attempt), _ended(attempt, status)))


def redone(procedure: Procedure, to: str) -> list[str]:
    """Return the steps that are done anew after a return, in order."""
    anew = procedure.redone_from(to)
    return [step.id for step in procedure.steps if step.id in anew]


def returned(procedure: Procedure, case: Case, to: str) -> Case:
    """Return the case at an earlier step: what follows it is void, its notice and its debts too."""
    anew = procedure.redone_from(to)
    stage = procedure.stages[procedure.position(to)]
    notice = None if case.notice and case.notice.step in anew else case.notice
    passed = tuple(step.id for step in stage if step.id != to)
    return replace(case, step=to, passed=passed, notice=notice, debts=lapse(case.debts, anew))


def _recorded(attempt: Attempt, before: tuple[Entry, ...], detail: Mapping[str, Any] | None = None) -> Case:
    entry = Entry(
        step=attempt.step.id,
        action=attempt.action,
        on=attempt.on,
        by=attempt.actor.to_dict() if attempt.actor else None,
        people=attempt.people,
        papers=attempt.papers,
        reason=attempt.reason,
        decisions=tuple(decision.to_dict() for decision in attempt.decisions),
        detail=dict(detail or {}),
    )
    return attempt.case.add(*before, entry)


def _gate_entry(attempt: Attempt) -> tuple[Entry, ...]:
    """The notice in front of the step is over: that is an entry of its own, by nobody."""
    gate, notice = attempt.procedure.step(attempt.case.step), running_notice(attempt.case)
    opened = opened_on(notice) if notice else None
    if not gate.is_gate or opened is None:
        return ()
    return (Entry(gate.id, PASS, attempt.on, detail={"opened_on": opened.isoformat()}),)


def _paid(attempt: Attempt) -> tuple[Debt, ...]:
    debts = settle(attempt.case, attempt.papers, attempt.on)
    return settle_step(debts, attempt.step.id, attempt.on)


def _base(attempt: Attempt) -> dict[str, Any]:
    case = attempt.case
    known = {"case": case.id, "procedure": case.procedure, "version": case.version, "region": case.region}
    return {**known, "on": attempt.on.isoformat()}


def _effect(kind: str, attempt: Attempt, **data: Any) -> Effect:
    step = {"step": attempt.step.id, "title": attempt.step.title, "action": attempt.action}
    return Effect(kind, {**_base(attempt), **step, **data})


def _taken(attempt: Attempt) -> Effect:
    return _effect("step_taken", attempt)


def _ended(attempt: Attempt, status: str) -> Effect:
    return _effect("ended", attempt, status=status)


def _owed(attempt: Attempt, debt: Debt) -> Effect:
    return _effect("debt_owed", attempt, owed=debt.name, owed_kind=debt.kind, due_on=debt.due_on.isoformat())


def _published(attempt: Attempt) -> list[Effect]:
    place = attempt.step.publication
    return [_effect("publication_requested", attempt, place=place)] if place else []
