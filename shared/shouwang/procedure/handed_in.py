"""Is a paper really there: handed in, dated no later than the action, and formed anew after a return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shouwang.procedure.attempt import Attempt
from shouwang.procedure.case import Case
from shouwang.procedure.parts import Paper


def paper_fault(attempt: Attempt, name: str) -> str:
    """Return what is wrong with a paper of the attempted step, "" when it is there."""
    return fault(attempt.case, attempt.step.id, name, attempt.papers, attempt.on)


def fault(case: Case, step: str, name: str, papers: Sequence[Paper], on: date) -> str:
    """Return what is wrong with a paper that a step asks for; one without a date counts as of the action."""
    days = [paper.on for paper in papers if paper.name == name]
    if not days:
        return "未提交"
    dated = [day for day in days if day is not None]
    if len(dated) < len(days):
        return ""
    returned = _returned_on(case, step)
    if all(day > on for day in dated):
        return f"的日期晚于办理日 {on}"
    if returned and not any(returned <= day <= on for day in dated):
        return f"在 {returned} 退回之前形成，须重新提交"
    return ""


def _returned_on(case: Case, step: str) -> date | None:
    returns = (entry for entry in case.entries if step in entry.detail.get("redone", ()))
    return max((entry.on for entry in returns), default=None)
