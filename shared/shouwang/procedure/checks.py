"""Every check of an attempt, in the order in which reasons are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from shouwang.procedure.attempt import Attempt
from shouwang.procedure.bringing import (
    check_facts,
    check_guards,
    check_papers,
    check_people,
    check_reason,
    check_signatures,
)
from shouwang.procedure.persons import check_apart, check_who
from shouwang.procedure.reasons import CLOSED_CASE, Reason
from shouwang.procedure.standing import (
    check_action,
    check_day,
    check_debts,
    check_figures,
    check_gate,
    check_step,
    check_target,
)

Check = Callable[[Attempt], Iterator[Reason]]

CHECKS: Final[tuple[Check, ...]] = (
    check_step,
    check_action,
    check_gate,
    check_day,
    check_who,
    check_apart,
    check_target,
    check_reason,
    check_people,
    check_signatures,
    check_papers,
    check_facts,
    check_guards,
    check_figures,
    check_debts,
)


def reasons_against(attempt: Attempt) -> list[Reason]:
    """Return every reason against the attempt; a closed case has that one only."""
    case = attempt.case
    if not case.is_open:
        end = f"，由 {case.superseded_by} 更正" if case.superseded_by else ""
        told = f"本案已结（{case.status}，{case.last_on}{end}），不再办理"
        return [Reason(CLOSED_CASE, told, attempt.source, case.status)]
    return [reason for check in CHECKS for reason in check(attempt)]
