"""Which deadlines run: of the open steps, of a notice still to be posted, of what the green channel owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shouwang.errors import UnknownValue
from shouwang.policy import View
from shouwang.procedure.case import Case
from shouwang.procedure.gates import open_steps, opened_on, running_notice
from shouwang.procedure.green import PAPER, open_debts
from shouwang.procedure.model import Procedure, Step
from shouwang.procedure.outcome import Due
from shouwang.procedure.parts import Debt
from shouwang.procedure.registry import PaperRegistry


def deadlines(procedure: Procedure, case: Case, on: date, view: View, papers: PaperRegistry) -> list[Due]:
    """Return every deadline that runs, the known ones by day."""
    if not case.is_open:
        return []
    found = [*_posting(procedure, case, on, view), *_steps(procedure, case, on, view)]
    found += [_debt(debt, procedure, on, papers) for debt in open_debts(case.debts)]
    return sorted(found, key=lambda due: due.due_on or date.max)


def _posting(procedure: Procedure, case: Case, on: date, view: View) -> Iterator[Due]:
    step, notice = procedure.step(case.step), running_notice(case)
    if step.due and notice and notice.posted_on is None:
        yield _due(step, "posting", notice.requested_on, on, view)


def _steps(procedure: Procedure, case: Case, on: date, view: View) -> Iterator[Due]:
    since = _since(procedure, case, on)
    for step in open_steps(procedure, case):
        if step.due and since:
            yield _due(step, "step", since, on, view)


def _since(procedure: Procedure, case: Case, on: date) -> date | None:
    """Since when the open steps can be taken; None while a notice holds them."""
    if procedure.step(case.step).notice is None:
        return case.entered_on
    notice = running_notice(case)
    opened = opened_on(notice) if notice else None
    return opened if opened and opened <= on else None


def _due(step: Step, kind: str, since: date, on: date, view: View) -> Due:
    level, roles = (step.by.level, step.by.roles) if step.by else (None, ())
    assert step.due is not None
    try:
        day = since + timedelta(days=step.due.of(view))
    except UnknownValue as error:
        return Due(step.id, step.title, kind, None, False, level, roles, error.message)
    return Due(step.id, step.title, kind, day, on > day, level, roles)


def _debt(debt: Debt, procedure: Procedure, on: date, papers: PaperRegistry) -> Due:
    step = procedure.step(debt.step)
    title = papers[debt.name].label if debt.kind == PAPER else procedure.step(debt.name).title
    level, roles = (step.by.level, step.by.roles) if step.by else (None, ())
    return Due(step.id, title, "debt", debt.due_on, debt.overdue(on), level, roles)
