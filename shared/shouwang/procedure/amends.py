"""What happens outside the order of steps: an owed paper comes in, a decision found wrong is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shouwang.access import Actor
from shouwang.procedure.case import OPEN, Case
from shouwang.procedure.green import PAPER, open_debts, settle
from shouwang.procedure.handed_in import fault
from shouwang.procedure.model import CORRECT, Procedure, Step
from shouwang.procedure.moves import redone, returned
from shouwang.procedure.outcome import Effect, Outcome
from shouwang.procedure.parts import Entry, Paper
from shouwang.procedure.persons import region_reasons, who_reasons
from shouwang.procedure.reasons import (
    BACKDATED,
    CLOSED_CASE,
    MISSING_PAPER,
    MISSING_REASON,
    NO_DEBT,
    STILL_OPEN,
    WRONG_STEP,
    Reason,
    refusal,
)

SETTLE = "settle_debt"
CORRECTED = "corrected"


def settle_debt(procedure: Procedure, case: Case, paper: Paper, actor: Actor, on: date) -> Outcome:
    """An owed paper comes in, from somebody who may act in the step that owes it; late is late, but taken."""
    debts = [debt for debt in open_debts(case.debts) if (debt.kind, debt.name) == (PAPER, paper.name)]
    step = procedure.step(debts[0].step if debts else case.step)
    reasons = list(_against_settling(procedure, case, step, bool(debts), paper, actor, on))
    if reasons:
        raise refusal(reasons, f"案件 {case.id}")
    late = [debt.name for debt in debts if debt.overdue(on)]
    detail = {"settled": paper.name, "overdue": bool(late)}
    entry = Entry(step.id, SETTLE, on, actor.to_dict(), papers=(paper,), detail=detail)
    return Outcome(case.add(entry, debts=settle(case, (paper,), on)))


def _against_settling(
    procedure: Procedure, case: Case, step: Step, owed: bool, paper: Paper, actor: Actor, on: date
) -> Iterator[Reason]:
    source = step.source or procedure.source
    if not case.is_open:
        yield Reason(CLOSED_CASE, f"本案已结（{case.status}）", source)
    if not owed:
        yield Reason(NO_DEBT, f"本案没有后补材料 {paper.name} 的欠项", source, paper.name)
    yield from _common(case, step, actor, on, source, owed)
    if told := fault(case, step.id, paper.name, (paper,), on):
        yield Reason(MISSING_PAPER, f"材料 {paper.name} {told}", source, paper.name)


def _common(
    case: Case, step: Step, actor: Actor, on: date, source: str, with_role: bool = True
) -> Iterator[Reason]:
    if step.by is not None and with_role:
        yield from who_reasons(step.by, actor, source)
    yield from region_reasons(actor, case.region, source)
    if on < case.last_on:
        yield Reason(BACKDATED, f"日期 {on} 早于本案上一记录 {case.last_on}，不能倒填", source)


def correct(
    procedure: Procedure, case: Case, *, id: str, actor: Actor, on: date, reason: str, step: str | None
) -> Outcome:
    """Open a case that names the old one and stands again at the step whose decision was wrong.

    The old entries go along unchanged; version and pinned parameters stay those of the old case, since the
    decision is judged by the rules of its time. The old case stays as it ended, marked as superseded.
    """
    target = step or case.step
    reasons = list(_against_correcting(procedure, case, target, actor, on, reason))
    if reasons:
        raise refusal(reasons, f"案件 {case.id}")
    detail = {"corrects": case.id, "was": case.status, "redone": redone(procedure, target)}
    entry = Entry(target, CORRECT, on, actor.to_dict(), reason=reason, detail=detail)
    renewed = returned(procedure, replace(case, id=id, status=OPEN, supersedes=case.id), target).add(entry)
    marked = Entry(case.step, CORRECTED, on, actor.to_dict(), reason=reason, detail={"by_case": id})
    told = {"case": id, "corrects": case.id, "procedure": case.procedure, "version": case.version}
    effect = Effect("corrected", {**told, "region": case.region, "step": target, "on": on.isoformat()})
    return Outcome(replace(renewed, entered_on=on), (effect,), superseded=case.add(marked, superseded_by=id))


def _against_correcting(
    procedure: Procedure, case: Case, target: str, actor: Actor, on: date, reason: str
) -> Iterator[Reason]:
    if case.is_open:
        yield Reason(STILL_OPEN, "本案尚未办结，请用退回", procedure.source)
    if case.superseded_by:
        yield Reason(CLOSED_CASE, f"本案已由 {case.superseded_by} 更正", procedure.source, case.superseded_by)
    if not reason.strip():
        yield Reason(MISSING_REASON, "更正必须写明理由", procedure.source)
    step = procedure.find(target)
    if step is None or step.is_gate or procedure.position(target) > procedure.position(case.step):
        told = f"不能更正步骤“{target}”：本案没有在该步骤作出决定"
        yield Reason(WRONG_STEP, told, procedure.source, target)
    else:
        judge = replace(step, by=procedure.correct) if procedure.correct else step
        yield from _common(case, judge, actor, on, step.source or procedure.source)
