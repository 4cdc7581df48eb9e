"""The green channel (S-07): help first, papers and steps owed with a deadline.

Source: 农2024-内生 8 (对符合条件的农户先落实帮扶措施，后完善补充手续); 湘委乡振组办发〔2021〕1号 三.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from shouwang.procedure.attempt import Attempt
from shouwang.procedure.case import Case
from shouwang.procedure.handed_in import fault, paper_fault
from shouwang.procedure.parts import Debt, Paper

PAPER = "paper"
STEP = "step"


def unsettled(attempt: Attempt) -> list[Debt]:
    """Return the papers that would still be owed after this action."""
    debts = settle(attempt.case, attempt.papers, attempt.on)
    return [debt for debt in open_debts(debts) if debt.kind == PAPER]


def new_debts(attempt: Attempt) -> list[Debt]:
    """Return what this action leaves for later; done anew after a return, the first deadline stays."""
    terms = attempt.step.green_channel
    if terms is None or not attempt.is_green:
        return []
    due = attempt.on + timedelta(days=terms.within.of(attempt.view))
    owed = [(PAPER, name) for name in terms.papers if paper_fault(attempt, name)]
    owed += [(STEP, name) for name in terms.steps]
    return [_debt(attempt, kind, name, due) for kind, name in owed]


def _debt(attempt: Attempt, kind: str, name: str, due: date) -> Debt:
    before = [debt.due_on for debt in attempt.case.debts if (debt.step, debt.name) == (attempt.step.id, name)]
    return Debt(attempt.step.id, kind, name, attempt.on, min([due, *before]))


def settle(case: Case, papers: tuple[Paper, ...], on: date) -> tuple[Debt, ...]:
    """Return the debts of a case, those settled that these papers settle."""
    return tuple(_settled(debt, on) if _pays(case, debt, papers, on) else debt for debt in case.debts)


def _pays(case: Case, debt: Debt, papers: tuple[Paper, ...], on: date) -> bool:
    return debt.kind == PAPER and not fault(case, debt.step, debt.name, papers, on)


def settle_step(debts: tuple[Debt, ...], step: str, on: date) -> tuple[Debt, ...]:
    """Mark the step debt that passing this step settles."""
    return tuple(_settled(debt, on) if (debt.kind, debt.name) == (STEP, step) else debt for debt in debts)


def lapse(debts: tuple[Debt, ...], redone: frozenset[str]) -> tuple[Debt, ...]:
    """Mark the open debts of steps that are done anew: they arise again there, or the paper is handed in."""
    gone = (debt.state == "open" and debt.step in redone for debt in debts)
    return tuple(
        replace(debt, state="lapsed") if lost else debt for debt, lost in zip(debts, gone, strict=True)
    )


def open_debts(debts: tuple[Debt, ...]) -> Iterator[Debt]:
    """Yield what is still owed."""
    return (debt for debt in debts if debt.state == "open")


def _settled(debt: Debt, on: date) -> Debt:
    return replace(debt, state="settled", settled_on=on) if debt.state == "open" else debt
