"""What may happen next, by whom, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shouwang.procedure.attempt import Attempt
from shouwang.procedure.case import Case
from shouwang.procedure.checks import reasons_against
from shouwang.procedure.gates import open_steps
from shouwang.procedure.model import ABORT, REFUSE, SEND_BACK, WITHDRAW, Procedure, Step
from shouwang.procedure.outcome import Possibility

Asking = Callable[[Step, str], Attempt]


def possibilities(procedure: Procedure, case: Case, asking: Asking) -> list[Possibility]:
    """Return every action that the procedure knows where the case stands; none once it is closed."""
    if not case.is_open:
        return []
    return [_possibility(asking(step, action)) for step, action in _actions(procedure, case)]


def _actions(procedure: Procedure, case: Case) -> Iterator[tuple[Step, str]]:
    for step in open_steps(procedure, case):
        yield from ((step, action) for action in step.may)
    if procedure.withdraw:
        yield procedure.step(case.step), WITHDRAW
    if procedure.abort:
        yield procedure.step(case.step), ABORT


def _possibility(attempt: Attempt) -> Possibility:
    reasons, step, who = tuple(reasons_against(attempt)), attempt.step, attempt.who
    forward, decides = attempt.is_forward, attempt.decides
    green = step.green_channel if attempt.is_green else None
    return Possibility(
        step=step.id,
        action=attempt.action,
        title=f"{step.title}：{attempt.procedure.action_title(attempt.action)}",
        allowed=not reasons,
        reasons=reasons,
        level=who.level if who else None,
        roles=who.roles if who else (),
        papers=step.papers if forward else (),
        owed=green.papers if green else (),
        people=step.by.people if decides and step.by else 0,
        people_from=step.by.people_from if decides and step.by else (),
        signatures=step.signatures if decides else (),
        needs_reason=attempt.action in (SEND_BACK, REFUSE, ABORT),
    )
