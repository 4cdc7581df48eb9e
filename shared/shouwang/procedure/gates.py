"""Where a case stands: which steps are open, and whether the notice in front of them lets through (N-01).

Full calendar days; the day of posting is not counted; the gate opens when they are over and every objection
is closed. Source: 湘委乡振组发〔2021〕1号 二(二)2 第三步.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shouwang.procedure.case import Case
from shouwang.procedure.model import Procedure, Step
from shouwang.procedure.parts import Notice
from shouwang.procedure.reasons import GATE_SHUT, OPEN_OBJECTION, Reason


def open_steps(procedure: Procedure, case: Case) -> tuple[Step, ...]:
    """Return the steps that may be taken now; behind a notice that nobody passes, those of the next stage."""
    stage = procedure.stages[procedure.position(case.step)]
    if stage[0].is_gate:
        return procedure.stage_after(case.step)
    return tuple(step for step in stage if step.id not in case.passed)


def gate_before(procedure: Procedure, case: Case, step: Step) -> Step | None:
    """Return the notice at which the case waits, if this step is that notice or lies behind it."""
    waiting = procedure.step(case.step)
    if waiting.notice is None:
        return None
    reaches = procedure.position(step.id) >= procedure.position(waiting.id)
    return waiting if reaches else None


def running_notice(case: Case) -> Notice | None:
    """Return the notice at which the case waits now."""
    return case.notice if case.is_open and case.notice and case.notice.step == case.step else None


def open_objections(case: Case) -> list[str]:
    """Return the ids of the objections that hold the gate."""
    notice = running_notice(case)
    return [one.id for one in notice.objections if one.closed_on is None] if notice else []


def opened_on(notice: Notice) -> date | None:
    """Return since when the gate has stood open; None while an objection is open or nothing is posted."""
    if notice.opens_on is None or any(one.closed_on is None for one in notice.objections):
        return None
    return max([notice.opens_on, *(one.closed_on for one in notice.objections if one.closed_on)])


def takes_no_more(notice: Notice, on: date) -> bool:
    """Whether an objection of that day comes too late.

    The days are over and nothing was left to answer; where an answer kept the notice up beyond its days, an
    objection of the day of that answer still counts, since days do not tell which came first.
    """
    if notice.opens_on is None or any(one.closed_on is None for one in notice.objections):
        return False
    answered = max((one.closed_on for one in notice.objections if one.closed_on), default=date.min)
    return on > answered if answered >= notice.opens_on else on >= notice.opens_on


def gate_reasons(gate: Step, case: Case, on: date, source: str) -> Iterator[Reason]:
    """Yield why the gate is shut: not posted, days not over, objections open."""
    yield from day_reasons(gate, running_notice(case), on, source)
    yield from objection_reasons(case, source)


def day_reasons(gate: Step, notice: Notice | None, on: date, source: str) -> Iterator[Reason]:
    """Yield why the days do not let through."""
    if notice is None or notice.opens_on is None:
        yield Reason(GATE_SHUT, f"“{gate.title}”尚未张贴公示", source, gate.id)
    elif on < notice.opens_on:
        told = f"“{gate.title}”自 {notice.posted_on} 起须满 {notice.days} 天，{notice.opens_on} 起方可办理"
        yield Reason(GATE_SHUT, told, source, gate.id)


def objection_reasons(case: Case, source: str) -> Iterator[Reason]:
    """Yield each objection that is still open."""
    for objection in open_objections(case):
        yield Reason(OPEN_OBJECTION, f"公示异议 {objection} 尚未调查办结", source, objection)
